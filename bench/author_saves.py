"""Readers of ready pages while an author saves one file again and again, in a catalogue of 10,000 services."""

import sys
import tempfile
import threading
import time
from pathlib import Path

from support.servers.server_process import free_port

from bench.growth import publish_change
from bench.large_catalogue import write_catalogue
from bench.load import cpu_seconds, running
from bench.trials.sample import PageProbe
from bench.trials.verdict import TrialBound, percentile

SERVICES, READERS, SAVES, PAUSE = 10_000, 2, 20, 0.5
"""Few readers: more threads of this process would wait for each other and not for the server."""
P99, MAX = 10, 25
"""Milliseconds."""


def measure(content: Path) -> None:
    """Print the response times without and with an author, and the limits of the second."""
    print(f"\n{READERS} readers while an author saves, {SERVICES:,} services")
    with tempfile.TemporaryDirectory() as scratch:
        folder, port = Path(scratch), free_port()
        write_catalogue(folder / "content", SERVICES, content)
        command = [sys.executable, "server.py", "serve", "--speech-ahead", "no", "--host", "127.0.0.1"]
        command += ["--port", str(port), "--content", str(folder / "content"), "--database", f"sqlite:///{folder}/a.db"]
        with running(command, f"http://127.0.0.1:{port}/healthz", seconds=600) as process:
            probes = [PageProbe(port, 0.005, page="/section-2/service-2") for _ in range(READERS)]
            threads = [threading.Thread(target=probe.run) for probe in probes]
            for thread in threads:
                thread.start()
            time.sleep(5)
            _show("nobody saves", _waits(probes))
            before = cpu_seconds(process.pid)
            live = [_save(folder / "content", port) for _ in range(SAVES)]
            waits, spent = _waits(probes), cpu_seconds(process.pid) - before
            for probe in probes:
                probe.stop.set()
            for thread in threads:
                thread.join()
    _show(f"{SAVES} files saved", waits)
    print(
        f"  a change was live in {percentile(live, 0.5):.2f} s (median), {spent / SAVES:.2f} s CPU each with its readers"
    )
    print(TrialBound("99th percentile while an author saves", P99, percentile(waits, 0.99), "ms"))
    print(TrialBound("longest while an author saves", MAX, max(waits), "ms"))
    failed = [why for probe in probes for why in probe.failed]
    print(TrialBound("failed requests", 0, len(failed)))


def _save(content: Path, port: int) -> float:
    live = publish_change(content, f"http://127.0.0.1:{port}")
    time.sleep(PAUSE)
    return live


def _waits(probes: list[PageProbe]) -> list[float]:
    return [wait for probe in probes for wait in probe.take()]


def _show(what: str, waits: list[float]) -> None:
    shown = "  ".join(f"{name} {percentile(waits, share):.1f} ms" for name, share in (("p50", 0.5), ("p99", 0.99)))
    print(f"  {what}: {len(waits):,} requests  {shown}  max {max(waits):.1f} ms", flush=True)
