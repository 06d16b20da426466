"""How the server starts, says where it is, and stops."""

import asyncio
import gc
import io
import logging
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from errno import EACCES, EADDRINUSE
from typing import TextIO

from aiohttp import web

from channels.contract import Channel
from onestop.http.background import run_in_daemon_thread
from onestop.server.access_log import AccessLog
from onestop.server.app import Parts, join, make_app
from onestop.server.connection import Server
from onestop.server.fast_path import FastPath
from onestop.settings import Settings
from onestop.store.errors import StoreUnusable

BACKLOG = 1024
EVERYWHERE = ("0.0.0.0", "::", "127.0.0.1", "")  # noqa: S104
MOST_FAULTS = 20
Routes = Callable[[Parts], Iterable[web.AbstractRouteDef]]
"""What somebody adds to the web: addresses that are not screens of the catalogue."""
log = logging.getLogger("onestop")


class CannotStart(Exception):
    """Why the server cannot start: one line for the operator."""


class ServerRunner(web.ServerRunner):
    """Runs the low-level server in front of an application; tells the application to let go before it waits for requests."""

    def __init__(self, server: Server, app: web.Application, shutdown_timeout: float) -> None:
        super().__init__(server, shutdown_timeout=shutdown_timeout)
        self.app = app

    async def shutdown(self) -> None:
        await self.app.shutdown()


@asynccontextmanager
async def started(parts: Parts, added: Sequence[Routes] = ()) -> AsyncIterator[ServerRunner]:
    """The server with everything behind it, not yet listening."""
    app = make_app(parts)
    # Of two routes aiohttp takes the one with the longer fixed beginning, so these come before "anything".
    app.add_routes([route for routes in added for route in routes(parts)])
    inner = web.AppRunner(app, access_log=None)
    try:
        await inner.setup()
        assert inner.server is not None
        log_to = AccessLog(line_by_line()) if parts.settings.access_log else None
        secure = parts.personal.secure
        front = FastPath(parts.pages, inner.server.request_handler, parts.clock, log_to, secure)
        server = Server(front, parts.answering.malformed, inner.server.request_factory)
        runner = ServerRunner(server, inner.app, parts.settings.shutdown_seconds)
        await runner.setup()
        try:
            async with server.sweeping():
                yield runner
        finally:
            await runner.cleanup()
    finally:
        await inner.cleanup()


def serve(settings: Settings, channels: Sequence[Channel], added: Sequence[Routes] = ()) -> None:
    """Serve until told to stop. Raises `CannotStart`."""
    if not settings.content.is_dir():
        raise CannotStart(f"there is no folder {settings.content} to read the catalogue from")
    parts = join(settings, channels, time.time)
    try:
        with asyncio.Runner(loop_factory=_fast_loop()) as runner:
            runner.run(_serve(parts, added))
    except StoreUnusable as why:
        raise CannotStart(f"the database cannot be used: {why}") from None
    except KeyboardInterrupt:
        pass


async def _serve(parts: Parts, added: Sequence[Routes]) -> None:
    began = time.perf_counter()
    stop = asyncio.Event()
    _listen_to_signals(parts, stop)
    async with started(parts, added) as runner:
        await _listen(runner, parts.settings)
        reading = asyncio.ensure_future(_read_first(parts))
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait((reading, stopping), return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            reading.cancel()
            return
        stopping.cancel()
        await reading
        _announce(parts, time.perf_counter() - began)
        gc.freeze()
        await stop.wait()


def line_by_line() -> TextIO:
    """Standard output, each line written when it is whole, also into a pipe."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    return sys.stdout


def _listen_to_signals(parts: Parts, stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    kept: set[asyncio.Task[None]] = set()

    def read_again() -> None:
        task = asyncio.ensure_future(parts.watching.read_again())
        kept.add(task)
        task.add_done_callback(kept.discard)

    loop.add_signal_handler(signal.SIGINT, stop.set)
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_signal_handler(signal.SIGHUP, read_again)


async def _listen(runner: ServerRunner, settings: Settings) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port, backlog=BACKLOG).start()
    except OSError as why:
        reasons = {EADDRINUSE: "is taken by another program", EACCES: "needs more rights than this program has"}
        where = f"port {settings.port}" if why.errno in reasons else f"{settings.host}:{settings.port}"
        raise CannotStart(
            f"{where} {reasons.get(why.errno or 0, f'cannot be listened on: {why.strerror or why}')}"
        ) from None


async def _read_first(parts: Parts) -> None:
    async with parts.watching.lock:
        site = await run_in_daemon_thread(lambda: parts.sites.read(Progress(time.monotonic)))
        if site is None:
            wrong = parts.sites.errors
            said = "\n".join(f"  {fault}" for fault in wrong[:MOST_FAULTS])
            how = f"onestop check {parts.settings.content}"
            raise CannotStart(f"the catalogue has {len(wrong)} faults ({how}):\n{said}")
        parts.sites.take(site)


class Progress:
    """Says how far the reading has come, once a second, if it takes more than one."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.said = clock()

    def __call__(self, done: int, total: int) -> None:
        now = self.clock()
        if now - self.said >= 1:
            self.said = now
            print(f"reading the catalogue: {done:,} of {total:,} files", file=sys.stderr, flush=True)


def _announce(parts: Parts, seconds: float) -> None:
    site, settings = parts.sites.current, parts.settings
    assert site is not None
    host = "localhost" if settings.host in EVERYWHERE else settings.host
    origin = f"http://{host}:{settings.port}"
    named = [
        (channel.name, f"{channel.prefix}/") for channel in sorted(parts.answering.channels, key=lambda c: c.prefix)
    ]
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
