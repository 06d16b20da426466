"""Ready pages with two workers against one, each worker on the same share of a core, so that the load generator has room on this machine.

Two workers on two whole cores leave none for wrk. Each worker is therefore held to a share of a core by a control group (version 1 or
2; root is needed): if workers hindered each other, two would not serve twice the pages.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from support.servers.server_process import free_port

from bench.load import Peer, get, running, wrk

GROUPS = Path("/sys/fs/cgroup")
PERIOD, SHARE = 100_000, 10_000
"""Microseconds: each worker may run this long of each period."""
GOAL = 1.8


def measure(content: Path, address: str, rounds: int = 5, seconds: int = 3) -> None:
    """Print the requests a second of one and of two workers, rounds interleaved, and their ratio."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        try:
            peers = [stack.enter_context(_workers(content, folder, count, address)) for count in (1, 2)]
        except OSError as why:
            print(f"\nWORKERS NOT MEASURED: no control group can be made here ({why})")
            return
        for peer in peers:
            get(peer.address)
        taken = [[wrk(peer, seconds).rate for peer in peers] for _ in range(rounds)]
        one, two = (statistics.median(rates) for rates in zip(*taken, strict=True))
        ratio = statistics.median(second / first for first, second in taken)
        share = 100 * SHARE / PERIOD
        print(f"\nWorkers on one port, {address}, each held to {share:g} % of a core")
        print(f"  one {one:9,.0f} req/s  two {two:9,.0f} req/s  ratio {ratio:.2f}  goal {GOAL}: {_verdict(ratio)}")


def _verdict(ratio: float) -> str:
    return "met" if ratio >= GOAL else "MISSED"


@contextmanager
def _workers(content: Path, folder: Path, count: int, address: str) -> Iterator[Peer]:
    port = free_port()
    command = [sys.executable, "server.py", "serve", "--workers", str(count), "--port", str(port), "--speech", "off"]
    command += ["--content", str(content), "--database", f"sqlite:///{folder}/bench-{count}.db", "--watch", "no"]
    with running(command, f"http://127.0.0.1:{port}/readyz", core="0,1") as process, ExitStack() as stack:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        workers = children if count > 1 else [str(process.pid)]
        time.sleep(2)  # until the second worker listens too
        for worker in workers:
            stack.enter_context(_held(worker))
        yield Peer(f"{count} workers", process.pid, f"http://127.0.0.1:{port}{address}")


@contextmanager
def _held(process: str) -> Iterator[None]:
    """Limit a process to its share of a core."""
    first = (GROUPS / "cpu" / "cpu.cfs_quota_us").exists()
    group = (GROUPS / "cpu" if first else GROUPS) / f"onestop-bench-{process}"
    group.mkdir()
    try:
        if first:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD))
            (group / "cpu.cfs_quota_us").write_text(str(SHARE))
        else:
            (group / "cpu.max").write_text(f"{SHARE} {PERIOD}")
        (group / "cgroup.procs").write_text(process)
        yield
    finally:
        (group.parent / "cgroup.procs").write_text(process)
        group.rmdir()
