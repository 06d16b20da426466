"""Cases accepted a second from many concurrent residents: by the server itself, with one commit each, and without a store.

And the effect of a million stored cases.
"""

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.servers.server_process import free_port

from bench.load import cpu_seconds, running
from bench.submissions import full_store
from bench.submissions.clients import send_all
from bench.submissions.drafts import DraftDatabase, prepare

CLIENTS, EACH, ROUNDS = 64, 30, 5
PEERS = {"durable": "the server", "single": "one commit each", "none": "no store"}
DELIVERED_CPU, DELIVERED_RATE = 1200, 900
"""Goals of one Send with its delivery: processor time in microseconds, and cases delivered a second."""
GOALS = {"single": 2.5, "none": 0.45}


@dataclass(frozen=True, slots=True)
class SubmissionRate:
    """Submissions acknowledged a second, the 99th percentile of the response time in ms, and submissions delivered a second.

    `cpu` is the server's processor time in microseconds for each, counted until the last case is in its desk's folder.
    """

    rate: float
    p99: float
    delivered: float
    cpu: float


def measure(content: Path) -> None:
    """Print the rates, the ratios within rounds, and the effect of a full store."""
    with tempfile.TemporaryDirectory() as scratch, other_core():
        folder = Path(scratch)
        ready = prepare(content, folder / "ready.db", CLIENTS * EACH)
        _submissions(content, folder, ready)
        full_store.measure(folder)


@contextmanager
def other_core() -> Iterator[None]:
    """Pin this process, which runs the clients, to the core that the server does not use."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def _submissions(content: Path, folder: Path, ready: DraftDatabase) -> None:
    taken: dict[str, list[SubmissionRate]] = {kind: [] for kind in PEERS}
    for number in range(ROUNDS):
        for kind in PEERS if number % 2 else reversed(PEERS):
            mine = ready.copied(folder / f"{kind}.db")
            with serving(kind, mine.file, content) as (port, pid):
                outbox = None if kind == "none" else folder / f"outbox-{port}"
                taken[kind].append(_pressed(port, pid, mine, outbox))
            if kind != "none":
                assert _stored(mine.file) == len(ready.held), "an acknowledged case is not there"
    print(f"\nCases acknowledged, {CLIENTS} residents who press Send: the whole request, from the socket to the answer")
    for kind, rounds in taken.items():
        ratio = statistics.median(ours.rate / other.rate for ours, other in zip(taken["durable"], rounds, strict=True))
        goal = f"  goal {GOALS[kind]:g}: {'met' if ratio >= GOALS[kind] else 'MISSED'}" if kind in GOALS else ""
        rate, p99, delivered, cpu = (
            statistics.median(getattr(one, what) for one in rounds) for what in ("rate", "p99", "delivered", "cpu")
        )
        print(
            f"  {PEERS[kind]:16} {rate:8,.0f} a second  p99 {p99:6.1f} ms  {delivered:8,.0f} delivered a second  {cpu:6,.0f} us CPU"
            f"  the server is {ratio:5.2f} times{goal}",
            flush=True,
        )
        if kind == "durable":
            met = cpu <= DELIVERED_CPU and delivered >= DELIVERED_RATE
            print(
                f"  {'':16} Send with its delivery: goal {DELIVERED_CPU:,} us, {DELIVERED_RATE} a second: {'met' if met else 'MISSED'}"
            )


@contextmanager
def serving(kind: str, file: Path, content: Path, **more: str) -> Iterator[tuple[int, int]]:
    """Start one of the peers, with other settings if given; yield its port and its process id."""
    port = free_port()
    command = [sys.executable, "-m", "bench.submissions.peer_stores", kind, str(file), str(port), str(content)]
    command += [f"{name}={value}" for name, value in more.items()]
    with running(command, f"http://127.0.0.1:{port}/healthz") as process:
        yield port, process.pid


def _pressed(port: int, pid: int, ready: DraftDatabase, outbox: Path | None) -> SubmissionRate:
    before, began = cpu_seconds(pid), time.perf_counter()
    pressed = send_all(
        port, ready.sending(), CLIENTS, lambda head: head.startswith(b"HTTP/1.1 303") and b"/ask/done\r" in head
    )
    if outbox is not None:
        _wait_for_files(outbox, len(ready.held))
    cpu = (cpu_seconds(pid) - before) / len(ready.held) * 1e6
    return SubmissionRate(pressed.rate, pressed.p99, len(ready.held) / (time.perf_counter() - began), cpu)


def _wait_for_files(outbox: Path, count: int) -> None:
    """Wait until so many cases are in the desks' folders. Raises `AssertionError` after a minute."""
    until = time.perf_counter() + 60
    while sum(file.suffix == ".json" for file in outbox.glob("[a-z]*/*")) < count:
        assert time.perf_counter() < until, "not every acknowledged case was delivered"
        time.sleep(0.02)


def _stored(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM cases").fetchone()[0])
