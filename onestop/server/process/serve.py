"""Start the server, print its addresses, and shut it down gracefully."""

import asyncio
import logging
import signal
import sys
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import web

from onestop.capability import Parts
from onestop.http.background import run_in_daemon_thread
from onestop.http.readiness import Readiness
from onestop.server.process.descriptors import capacity, raise_limit
from onestop.server.process.garbage import ShortCollections
from onestop.server.process.large_buffers import release_large_buffers
from onestop.server.process.listener import CannotStart, bind, close, listen, listen_locally, notify_systemd
from onestop.server.process.workers import run_workers
from onestop.settings import Settings
from onestop.site.worker_peers import WorkerPeers
from onestop.store.connect import open_database
from onestop.store.errors import StoreUnusable

EVERYWHERE = ("0.0.0.0", "::", "127.0.0.1", "")  # noqa: S104
MOST_FAULTS = 20
Started = Callable[[Parts], AbstractAsyncContextManager[web.ServerRunner]]
"""Starts a server that does not listen yet."""
log = logging.getLogger("onestop")


def serve(settings: Settings, join: Callable[[], Parts], started: Started) -> int:
    """Serve until SIGTERM or SIGINT; return the exit status. Raises CannotStart. `join` is called once in each worker process."""
    if not settings.content.is_dir():
        raise CannotStart(f"there is no folder {settings.content} to read the catalogue from")
    if settings.workers == 1:
        _serve_alone(settings, join, started)
        return 0
    if settings.port == 0:
        raise CannotStart("--workers needs a --port: with 0 each worker would listen on another one")
    # Check the port and create keys and tables once, before there are several workers to do it at the same time.
    close(bind(settings))
    asyncio.run(_open_once(settings))

    # Only this account may enter the folder.
    with TemporaryDirectory(prefix="onestop-") as folder:

        def work(number: int) -> int:
            try:
                _serve_alone(settings, join, started, WorkerPeers(Path(folder), number, settings.workers))
            except CannotStart as why:
                print(f"onestop: {why}", file=sys.stderr)
                return 1
            return 0

        return run_workers(settings.workers, work)


async def _open_once(settings: Settings) -> None:
    try:
        async with open_database(settings.database, settings.keys):
            pass
    except StoreUnusable as why:
        raise CannotStart(f"the database cannot be used: {why}") from None


def _serve_alone(
    settings: Settings, join: Callable[[], Parts], started: Started, workers: WorkerPeers | None = None
) -> None:
    release_large_buffers()
    parts = join()
    if workers:
        parts = replace(parts, workers=workers)
    try:
        with asyncio.Runner(loop_factory=_fast_loop()) as runner:
            runner.run(_serve(parts, started))
    except StoreUnusable as why:
        raise CannotStart(f"the database cannot be used: {why}") from None
    except KeyboardInterrupt:
        pass


async def _serve(parts: Parts, started: Started) -> None:
    began = time.perf_counter()
    settings = parts.settings
    stop, stop_now = asyncio.Event(), asyncio.Event()
    _handle_signals(parts, stop, stop_now)
    bound = bind(settings, shared=settings.workers > 1)
    try:
        async with started(parts) as runner:
            if await _read_unless_stopped(parts, stop):
                # Listen only now: before the catalogue is read every request would fail, and a submitted form would be lost.
                ShortCollections().begin(asyncio.get_running_loop().call_later)
                await listen(runner, bound, settings, capacity(raise_limit()).backlog)
                if parts.workers.folder:
                    await listen_locally(runner, parts.workers.socket(parts.workers.number))
                if parts.workers.number == 0:
                    _announce(parts, time.perf_counter() - began)
                    notify_systemd("READY=1")
                await stop.wait()
                await _drain(parts.readiness, settings.drain_seconds, stop_now)
    finally:
        close(bound)


async def _read_unless_stopped(parts: Parts, stop: asyncio.Event) -> bool:
    """Read the catalogue; return False if a signal stopped the server meanwhile. Raises CannotStart."""
    reading = asyncio.ensure_future(_read_first(parts))
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait((reading, stopping), return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        reading.cancel()
        return False
    stopping.cancel()
    await reading
    return True


async def _drain(readiness: Readiness, seconds: float, stop_now: asyncio.Event) -> None:
    """Keep answering for `seconds`, so that load balancers notice that this server is not ready any more."""
    readiness.draining = True
    notify_systemd("STOPPING=1")
    with suppress(TimeoutError):
        await asyncio.wait_for(stop_now.wait(), seconds)


def _handle_signals(parts: Parts, stop: asyncio.Event, stop_now: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    reloads: set[asyncio.Task[None]] = set()

    def reload() -> None:
        task = asyncio.ensure_future(parts.reloader.read_again())
        reloads.add(task)
        task.add_done_callback(reloads.discard)

    def interrupt() -> None:
        stop.set()
        stop_now.set()

    def terminate() -> None:
        # A second SIGTERM ends the draining.
        (stop_now if stop.is_set() else stop).set()

    loop.add_signal_handler(signal.SIGINT, interrupt)
    loop.add_signal_handler(signal.SIGTERM, terminate)
    loop.add_signal_handler(signal.SIGHUP, reload)


async def _read_first(parts: Parts) -> None:
    async with parts.reloader.lock:
        await run_in_daemon_thread(lambda: _compile_templates(parts))
        site = await run_in_daemon_thread(lambda: parts.sites.read(Progress(time.monotonic)))
        if site is None:
            wrong = parts.sites.errors
            listed = "\n".join(f"  {fault}" for fault in wrong[:MOST_FAULTS])
            how = f"onestop check {parts.settings.content}"
            raise CannotStart(f"the catalogue has {len(wrong)} faults ({how}):\n{listed}")
        parts.sites.take(site)


def _compile_templates(parts: Parts) -> None:
    for renderer in parts.renderers.values():
        renderer.compile()


class Progress:
    """Prints the progress of reading the catalogue, once a second."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.reported = clock()

    def __call__(self, done: int, total: int) -> None:
        now = self.clock()
        if now - self.reported >= 1:
            self.reported = now
            print(f"reading the catalogue: {done:,} of {total:,} files", file=sys.stderr, flush=True)


def _announce(parts: Parts, seconds: float) -> None:
    site, settings = parts.sites.current, parts.settings
    assert site is not None
    host = "localhost" if settings.host in EVERYWHERE else settings.host
    origin = f"http://{host}:{settings.port}"
    named = [(channel.name, f"{channel.prefix}/") for channel in sorted(parts.channels, key=lambda c: c.prefix)]
    council = site.catalogue.council.name(site.catalogue.languages[0])
    print(f"{council}: {len(site.catalogue.services):,} services, ready after {seconds:.1f} s")
    for name, path in [*named, ("preview", "/preview/")]:
        print(f"  {name:10} {origin}{path}")
    sys.stdout.flush()


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop]:
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop
    return uvloop.new_event_loop
