"""Thousands of television sets whose red key is pressed within seconds, at the usual soft limit of 1,024 descriptors."""

import argparse
import asyncio
import resource
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from support.servers.server_process import free_port, running_server

from bench.load import cpu_seconds
from bench.trials.attacks.raw_exchange import request
from bench.trials.verdict import TrialBound, judge, percentile

SETS, SECONDS = 11_000, 10.0
SOFT = 1024
ENTRY, NEXT = "/tv/", "/tv/bins/missed-bin"
TELEVISION = b"User-Agent: Mozilla/5.0 (Linux; Tizen 2.3) HbbTV/1.2.1 (;Samsung;SmartTV2015;T-HKM6DEUC;;)"
PATIENCE = 20
LOG_LINES = 3


@dataclass(slots=True)
class Rush:
    """The results of the sets: `outcomes` are served, refused politely, or how a set failed; `waits` are seconds until the first page."""

    outcomes: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)


def run(content: Path, arguments: Sequence[str]) -> int:
    """Run the trial with the hard limit of this machine, and with 1,024 as the hard limit too; return 1 if a set failed."""
    options = argparse.ArgumentParser(prog="python -m bench red")
    options.add_argument("--sets", type=int, default=SETS)
    options.add_argument("--seconds", type=float, default=SECONDS)
    read = options.parse_args(arguments)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    room = hard - SOFT * 2
    if 0 < room < read.sets:
        print(f"only {room:,} sets: this machine allows a process {hard:,} descriptors")
    sets = min(read.sets, room) if room > 0 else read.sets
    status = 0
    for limit, all_served in ((hard, True), (SOFT, False)):
        print(f"\n{sets:,} sets in {read.seconds:g} s; soft limit {SOFT:,} descriptors, hard limit {limit:,}")
        status |= _trial(content, sets, read.seconds, f"{SOFT}:{limit}", all_served)
    return status


def _trial(content: Path, sets: int, seconds: float, limits: str, all_served: bool) -> int:
    port = free_port()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        prefix = ("prlimit", f"--nofile={limits}")
        database = f"sqlite:///{folder}/onestop.db"
        with running_server(database, None, folder, port, content, prefix=prefix, speech="off") as process:
            lines, spent = _log_lines(folder), cpu_seconds(process.pid)
            rush = asyncio.run(_rush(port, sets, seconds))
            spent, lines = cpu_seconds(process.pid) - spent, _log_lines(folder) - lines
    return _report(rush, sets, spent, lines, all_served)


async def _rush(port: int, sets: int, seconds: float) -> Rush:
    """Send the requests of every set at its time; each keeps its connection open until all have been answered."""
    rush, over = Rush(), asyncio.Event()
    answered = asyncio.Semaphore(0)
    pressed = [asyncio.create_task(_press(port, at * seconds / sets, rush, answered, over)) for at in range(sets)]
    for _ in pressed:
        await answered.acquire()
    over.set()
    await asyncio.gather(*pressed)
    return rush


async def _press(port: int, after: float, rush: Rush, answered: asyncio.Semaphore, over: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    await asyncio.sleep(after)
    began, writer = loop.time(), None
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            outcome = await _get(reader, writer, ENTRY)
            rush.waits.append(loop.time() - began)
            if outcome == "served":
                outcome = await _get(reader, writer, NEXT)
    except (OSError, EOFError, TimeoutError) as why:
        outcome = f"failed: {type(why).__name__}"
    rush.outcomes[outcome] += 1
    answered.release()
    await over.wait()
    if writer is not None:
        writer.close()


async def _get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> str:
    writer.write(request("GET", path, b"", TELEVISION, b"Accept-Encoding: gzip"))
    head = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(body_length(head))
    return outcome_of(head)


def body_length(head: bytes) -> int:
    """Return the Content-Length of a response head, 0 if there is none."""
    lines = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return int(lines[0].split(b":")[1]) if lines else 0


def outcome_of(head: bytes) -> str:
    """Return the outcome for a set, from the head of a response: a 503 is polite only with Retry-After."""
    status = head[9:12].decode("latin-1")
    if status == "200":
        return "served"
    return "refused politely" if status == "503" and b"\r\nretry-after:" in head.lower() else f"failed: {status}"


def _log_lines(folder: Path) -> int:
    return (folder / "log").read_text().count("\n")


def _report(rush: Rush, sets: int, spent: float, lines: int, all_served: bool) -> int:
    served, refused = rush.outcomes["served"], rush.outcomes["refused politely"]
    failed = sets - served - refused
    print("  served  refused politely  failed  log lines  processor time s  first page p50 ms   p99 ms")
    waits = [percentile(rush.waits, share) * 1000 for share in (0.5, 0.99)]
    print(f"  {served:6,}{refused:18,}{failed:8,}{lines:11,}{spent:18.1f}{waits[0]:19.0f}{waits[1]:9.0f}")
    for outcome, times in rush.outcomes.items():
        if outcome.startswith("failed"):
            print(f"  {outcome}: {times:,}")
    bounds = [TrialBound("sets that failed", 0, failed), TrialBound("lines in the log", LOG_LINES, lines)]
    return judge([*bounds, TrialBound("sets refused", 0, refused)] if all_served else bounds)
