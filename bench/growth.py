"""What depends on the size of the catalogue: start-up, memory, a cached page, search, and publishing a change."""

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from support.servers.server_process import free_port

from bench.large_catalogue import write_catalogue
from bench.load import Peer, cpu_seconds, get, resident_megabytes, running, wrk

SIZES = (100, 1127, 10_000, 100_000)
SECOND_START, LIVE = 5, 2
"""Seconds, at every size."""
WORDS = ("council", "rubbish7", "help", "rep", "parking", "scool", "grant", "how", "free school meals", "bins")
DIGITS = ("737", "24", "2665", "7277464", "435", "3", "46", "782", "3733", "2467")


def measure(content: Path, sizes: tuple[int, ...] = SIZES) -> None:
    """One row a size; the last column compares a ready page's CPU with the smallest catalogue's."""
    print("\nGrowth with the catalogue")
    base = 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            write_catalogue(folder / "content", size, content)
            base = _row(folder, size, base)


def _row(folder: Path, size: int, base: float) -> float:
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    command = [sys.executable, "server.py", "serve", "--speech-ahead", "no", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--content", str(folder / "content"), "--database", f"sqlite:///{folder}/bench.db"]
    first, first_cpu = _start(command, origin)
    began = time.perf_counter()
    with running(command, f"{origin}/healthz", seconds=600) as process:
        second = time.perf_counter() - began
        second_cpu = cpu_seconds(process.pid)
        peer = Peer("onestop", process.pid, f"{origin}/section-1/service-1")
        wrk(peer, 1)
        cpu = statistics.median(wrk(peer, 2).cpu for _ in range(3))
        search = _slowest(lambda word: f"{origin}/search?q={word.replace(' ', '+')}", WORDS)
        digits = _slowest(lambda word: f"{origin}/tv/search/{word}", DIGITS)
        before = cpu_seconds(process.pid)
        live = publish_change(folder / "content", origin)
        live_cpu = cpu_seconds(process.pid) - before
        memory = resident_megabytes(process.pid)
    print(
        f"  {size:7,} services  first start {first:6.2f} s ({first_cpu:.2f} s CPU)  second {second:5.2f} s ({second_cpu:.2f} s CPU, at most"
        f" {SECOND_START})  memory {memory:6.0f} MB  ready page {cpu:5.1f} us CPU ({cpu / (base or cpu):.2f})  search p99 {search:5.1f} ms"
        f"  digits p99 {digits:5.1f} ms  a change live in {live:.2f} s ({live_cpu:.2f} s CPU, at most {LIVE})",
        flush=True,
    )
    return base or cpu


def _start(command: list[str], origin: str) -> tuple[float, float]:
    """Start the server once and stop it; return the seconds until it was ready, and its processor time."""
    began = time.perf_counter()
    with running(command, f"{origin}/healthz", seconds=600) as process:
        return time.perf_counter() - began, cpu_seconds(process.pid)


def _slowest(address: Callable[[str], str], asked: tuple[str, ...]) -> float:
    """Return the 99th percentile of response times in ms, over ten requests for each search word."""
    taken = []
    for _ in range(10):
        for word in asked:
            began = time.perf_counter()
            get(address(word))
            taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)[int(len(taken) * 0.99) - 1]


def publish_change(content: Path, origin: str) -> float:
    """Change one service of a generated catalogue; return the seconds until the server shows it."""
    file = content / "services" / "section-1" / "service-1.md"
    text, stamp = file.read_text(encoding="utf-8"), f"How to ask {time.time_ns()}"
    file.write_text(re.sub("How to ask.*", stamp, text), encoding="utf-8")
    began = time.perf_counter()
    while stamp.encode() not in get(f"{origin}/section-1/service-1")[0]:
        if time.perf_counter() - began > 60:
            return float("inf")
        time.sleep(0.02)
    return time.perf_counter() - began
