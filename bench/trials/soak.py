"""All attacks at once against one real server with legitimate clients: memory, response times and results must stay in bounds."""

import argparse
import multiprocessing
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing.pool import AsyncResult
from pathlib import Path
from typing import Any

from support.servers.server_process import free_port, running_server

from bench.trials.attacks.all_attacks import Attackers, show
from bench.trials.attacks.slow_connections import OPEN
from bench.trials.honest import HonestClients
from bench.trials.ledger import Ledger, delivered_cases, stored_cases, wait_until_delivered
from bench.trials.loop_steps import LoopStep
from bench.trials.sample import PageProbe, Watched
from bench.trials.verdict import TrialBound, judge, percentile

READERS, RESIDENTS = 32, 8
EVERY = 10.0
UPLOADS, CACHED_PAGES, ONE_PHOTO = 256, 64, 250
"""MB: all uploads in memory (onestop/http/request/upload.py), --cache-bytes, and one photo being re-encoded."""
STEP_MS = 20
DELIVERY = 60
HEAD = "\n   seconds   RSS MB  descriptors  page p50    p99    worst ms  longest loop step ms  acknowledged  delivered"


def run(content: Path, arguments: Sequence[str]) -> int:
    """Run the trial; return 1 if a bound is broken."""
    options = argparse.ArgumentParser(prog="python -m bench soak-attack")
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=1)
    read = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        return _run(Path(scratch), content, read.minutes * 60, read.seed)


def _run(folder: Path, content: Path, seconds: float, seed: int) -> int:
    port, steps, url = free_port(), folder / "steps", f"sqlite:///{folder}/onestop.db"
    steps.touch()
    program = ("-m", "bench.trials.watched_server", str(steps))
    probe = PageProbe(port)
    with ExitStack() as stack:
        process = stack.enter_context(running_server(url, None, folder, port, content, program=program))
        _warm_up(port)
        watched = Watched(process.pid, steps)
        pool = stack.enter_context(multiprocessing.get_context("spawn").Pool(2))
        pool.map(abs, range(2))  # until both processes have started
        print(f"{READERS} readers, {RESIDENTS} residents and every attack for {seconds:.0f} s; seed {seed}\n{HEAD}")
        attack = pool.apply_async(_attack, (port, seed, seconds))
        honest = pool.apply_async(_honest, (port, seconds, folder / "told"))
        with _probing(probe):
            longest = _watch(watched, probe, honest, folder)
        answers, ledger = attack.get(60), honest.get(60)
        ledger.failed += probe.failed
        delivered = wait_until_delivered(folder / "outbox", ledger.acknowledged, DELIVERY)
        time.sleep(5)
        print(f"  after it: {watched.memory():.0f} MB, {watched.descriptors()} descriptors")
        alive = process.poll() is None
    ledger.show(stored := stored_cases(url, None, ledger.acknowledged), delivered)
    show(answers)
    _show_steps(longest)
    log = (folder / "log").read_text()
    return judge([*_bounds(watched, longest, answers, log, alive), *ledger.bounds(stored, delivered)])


def _attack(port: int, seed: int, seconds: float) -> Mapping[tuple[str, str], int]:
    return Attackers(port, seed).run(seconds)


def _honest(port: int, seconds: float, told: Path) -> Ledger:
    """Run in a process of its own; the references so far are in the file `told`."""
    clients = HonestClients(port, READERS, RESIDENTS)
    with clients.running() as ledger:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            told.write_text("\n".join(ledger.acknowledged))
            time.sleep(min(1, left))
    return ledger


def _warm_up(port: int) -> None:
    """Serve every kind of client and page once, so that later growth of memory is not just warm-up."""
    clients = HonestClients(port, 4, 2, pause=0.02)
    with clients.running():
        time.sleep(3)


@contextmanager
def _probing(probe: PageProbe) -> Any:
    thread = threading.Thread(target=probe.run)
    thread.start()
    try:
        yield
    finally:
        probe.stop.set()
        thread.join()


def _watch(watched: Watched, probe: PageProbe, honest: AsyncResult[Ledger], folder: Path) -> list[LoopStep]:
    """Print a line every ten seconds until the honest clients have finished; return all long steps."""
    began, long = time.monotonic(), list[LoopStep]()
    while not honest.ready():
        end = time.monotonic() + EVERY
        while time.monotonic() < end and not honest.ready():
            watched.memory()
            time.sleep(0.1)
        new, waits = watched.new_steps(), probe.take()
        long += new
        told = folder / "told"
        acknowledged = set(told.read_text().split()) if told.exists() else set()
        delivered = acknowledged & set(delivered_cases(folder / "outbox"))
        step = max((one.spent for one in new), default=0)
        print(
            f"  {time.monotonic() - began:8.0f} {watched.memory():8.0f} {watched.descriptors():12}"
            f" {percentile(waits, 0.5):9.1f} {percentile(waits, 0.99):6.0f} {max(waits, default=0):11.0f} {step:21.1f}"
            f" {len(acknowledged):13,} {len(delivered):10,}",
            flush=True,
        )
    return long


def _show_steps(steps: Sequence[LoopStep]) -> None:
    print("\n  longest steps of the event loop: processor time, of it garbage collection, time on the clock (ms)")
    for step in sorted(steps, key=lambda one: -one.spent)[:6]:
        print(f"  {step.spent:8.1f} {step.collecting:8.1f} {step.wall:8.1f}  {step.label}")


def _bounds(
    watched: Watched, steps: Sequence[LoopStep], answers: Mapping[tuple[str, str], int], log: str, alive: bool
) -> list[TrialBound]:
    stuck = sum(times for (_, answer), times in answers.items() if answer == OPEN)
    errors = sum(times for (_, answer), times in answers.items() if answer == "500")
    return [
        TrialBound("growth of memory", UPLOADS + CACHED_PAGES + ONE_PHOTO, watched.peak - watched.base, "MB"),
        TrialBound(
            "longest step of the event loop, processor time", STEP_MS, max((s.spent for s in steps), default=0), "ms"
        ),
        TrialBound("rounds of slow connections still open after a minute", 0, stuck),
        TrialBound(
            "answers 500, tracebacks in the log, or a dead server", 0, errors + log.count("  File ") + (not alive)
        ),
    ]
