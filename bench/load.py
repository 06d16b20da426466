"""Load one server with wrk: requests a second, and the server's processor time a request."""

import os
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.servers.server_process import wait_until_ready

BROWSER = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "en-GB,en;q=0.9",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "none",
}
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class LoadRound:
    """Requests a second, and microseconds of the server's CPU a request."""

    rate: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Peer:
    """A server under test: its name, its process, and the URL requested."""

    name: str
    pid: int
    address: str


@contextmanager
def running(
    command: list[str], ready: str, core: str = "0", seconds: float = 120
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a server process on one core, and yield it once the URL `ready` answers 200."""
    with subprocess.Popen(
        ["taskset", "-c", core, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_until_ready(ready, process, seconds)
            yield process
        finally:
            process.terminate()
            process.wait(timeout=20)


def get(address: str, headers: dict[str, str] | None = None) -> tuple[bytes, dict[str, str]]:
    """Return body and headers of one response, not decoded."""
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers or {}), timeout=20) as answer:
        return answer.read(), {k.lower(): v for k, v in answer.headers.items()}


def cpu_seconds(pid: int) -> float:
    """Return the processor time a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def precise_cpu_seconds(pid: int) -> float:
    """Return the same to the nanosecond, without what threads used that have ended: for a single request."""
    return sum(int(task.read_text().split()[0]) for task in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


def resident_megabytes(pid: int) -> float:
    """Return the resident memory of a process."""
    said = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", said)
    return int(found.group(1)) / 1024 if found else 0.0


def wrk(peer: Peer, seconds: int, headers: dict[str, str] | None = None, connections: int = 64) -> LoadRound:
    """Run one round of load from core 1."""
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    for name, value in (headers or BROWSER).items():
        command += ["-H", f"{name}: {value}"]
    before = cpu_seconds(peer.pid)
    said = subprocess.run([*command, peer.address], capture_output=True, text=True, check=True).stdout
    used = cpu_seconds(peer.pid) - before
    found = re.search(r"(\d+) requests in", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found and rate, said
    assert "Non-2xx" not in said, said
    return LoadRound(float(rate.group(1)), used / int(found.group(1)) * 1e6)
