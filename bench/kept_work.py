"""Work that is done once and kept: the first page of each channel after a start, further pages of a screen, a recorded page."""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from support.servers.server_process import free_port

from bench.first_render import load_parts, render
from bench.load import get, precise_cpu_seconds, running
from bench.submissions.clients import send_all
from channels.registry import find_channels
from onestop.capability import Parts
from onestop.pages.present import NoSuchPage

SPOKEN = "/speech/at/bins/missed-bin"
FIRST_MS = 20
"""What may hold the event loop: templates must be compiled before the server says that it is ready."""
FURTHER_MS: Mapping[str, float] = {"tv": 0.6, "kiosk": 1.5, "mobile": 2.0, "text": 2.0}
RECORDED_US = 1225
MANY, CLIENTS, ROUNDS = 300, 8, 5
RECORD_SECONDS = 60


def measure(content: Path) -> None:
    """Print each row beside its limit."""
    print("\nWork done once and kept: processor time")
    parts = load_parts(content)
    _further_pages(parts)
    page = _without_picture(parts)
    with tempfile.TemporaryDirectory() as scratch:
        port = free_port()
        origin = f"http://127.0.0.1:{port}"
        command = [sys.executable, "server.py", "serve", "--speech-ahead", "no", "--host", "127.0.0.1"]
        command += ["--port", str(port), "--content", str(content), "--database", f"sqlite:///{scratch}/bench.db"]
        command += ["--speech-cache", f"{scratch}/speech"]
        with running(command, f"{origin}/readyz") as process:
            for channel in find_channels():
                before = precise_cpu_seconds(process.pid)
                get(f"{origin}{channel.prefix}{page}")
                _row(
                    f"first page after a start, {channel.name}",
                    (precise_cpu_seconds(process.pid) - before) * 1000,
                    FIRST_MS,
                    "ms",
                )
            _recorded(origin, port, process.pid)


def _without_picture(parts: Parts) -> str:
    """Return the address of a service without a picture: those are resized in a thread, once for each device."""
    site = parts.sites.current
    assert site is not None
    for service in site.catalogue.services:
        if not any(_resizes(parts, f"{channel.prefix}{service.address}") for channel in parts.channels):
            return service.address
    raise AssertionError("every service has a picture")


def _resizes(parts: Parts, raw: str) -> bool:
    site = parts.sites.current
    address = site.addresses.parse(raw) if site else None
    if site is None or address is None:
        return False
    context = parts.audio.default_context(site, address)
    screen = parts.screens.find(context)
    return screen is not None and parts.sites.pictures.must_resize(screen, context.device, site.catalogue.pictures)


def _further_pages(parts: Parts) -> None:
    """Every second page of a screen whose first page has been rendered."""
    site = parts.sites.current
    assert site is not None
    for channel in parts.channels:
        taken = []
        for service in site.catalogue.services:
            address = channel.prefix + service.address
            try:
                render(parts, address)
                taken.append(render(parts, f"{address}/2")[1])
            except NoSuchPage:
                continue
        if taken:
            _row(f"second page of a screen, {channel.name}", statistics.median(taken), FURTHER_MS[channel.name], "ms")
            print(f"  {'':44} worst {max(taken):.2f} ms of {len(taken)}")


def _recorded(origin: str, port: int, pid: int) -> None:
    """A recording that has been made already."""
    for suffix in (".mp3", ".wav"):
        until = time.monotonic() + RECORD_SECONDS
        while time.monotonic() < until:
            status = asyncio.run(_status(port, f"{SPOKEN}{suffix}"))
            if status == 200:
                _recorded_row(port, pid, f"{SPOKEN}{suffix}")
                return
            if status == 404:
                break
            time.sleep(1)
    print("  a recorded page: NOT MEASURED, no speech engine is installed")


def _recorded_row(port: int, pid: int, path: str) -> None:
    requests = [f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()] * MANY
    rounds = []
    for _ in range(ROUNDS):
        before = precise_cpu_seconds(pid)
        send_all(port, requests, CLIENTS, lambda head: head.startswith(b"HTTP/1.1 200"))
        rounds.append((precise_cpu_seconds(pid) - before) / MANY * 1e6)
    _row("a recorded page", statistics.median(rounds), RECORDED_US, "us")


async def _status(port: int, path: str) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with closing(writer):
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return int((await reader.readline()).split()[1])


def _row(name: str, cost: float, limit: float, unit: str) -> None:
    print(f"  {name:44} {cost:8,.2f} {unit}  limit {limit:g}: {'met' if cost <= limit else 'MISSED'}", flush=True)
