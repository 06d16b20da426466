"""One TCP connection: answer its bytes on the fast path, pass them to aiohttp, and close it when it is idle or too slow."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import hdrs, web

from onestop.http.background import background_task
from onestop.http.error_log import describe_error
from onestop.http.request.paced_handler import PacedHandler
from onestop.server.connection_limit import ConnectionLimit
from onestop.server.direct_response import write_and_close
from onestop.server.fast_path import HIGH_WATER, FastPath
from onestop.server.transfer_rate import SECONDS, RateWindow, outgoing, reset

Malformed = Callable[[web.BaseRequest, int], web.Response]
READS = ("GET", "HEAD")
END = b"\r\n\r\n"
VERSION = b" HTTP/1.1"
IDLE, SWEEP, BATCH = 75.0, 5.0, 100
"""Seconds a connection may be idle, seconds between sweeps, and connections looked at in one turn of the event loop. aiohttp's own
timer does not see requests answered on the fast path."""
# Longer than any of our addresses: a request for a longer one is still parsed, and gets the error page of its channel.
MAX_LINE = 16384
MAX_BUFFERED = 1 << 14
"""Bytes of a body buffered before reading pauses. aiohttp allows one chunk for each 16 of them: the fewer, the shorter one read."""
LINGERING = 1.0
"""Seconds for which the rest of an unwanted body is read before the connection is closed."""
log = logging.getLogger("onestop")


class Connection(PacedHandler):
    """`request_bytes` are the bytes of the request that aiohttp handles, if nothing else has arrived.

    The fast path is used only while aiohttp has no request (`pending` is 0) and cannot be inside one (`clean`). `last_activity` is when
    bytes last arrived or a response ended; `handling` whether a handler is running; `began` when the first byte of the present
    request arrived, or None between requests; `received` counts the bytes of all requests but those of the fast path.
    """

    __slots__ = (
        "_fast_path", "_malformed", "_reading", "_writing", "began", "clean", "half_closed", "handling", "last_activity", "pending",
        "received", "refused", "request_bytes",
    )  # fmt: skip

    def __init__(self, server: "Server", fast_path: FastPath, malformed: Malformed) -> None:
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            access_log=None,
            max_line_size=MAX_LINE,
            max_field_size=MAX_LINE,
            lingering_time=LINGERING,
            read_bufsize=MAX_BUFFERED,
            # Never decompress a body: browsers compress no form, and a small body may become a large one.
            auto_decompress=False,
        )
        self._fast_path = fast_path
        self._malformed = malformed
        self.request_bytes: bytes | None = None
        self.clean = True
        self.pending = 0
        self.last_activity = fast_path.clock()
        self.handling = False
        self.refused = False
        self.half_closed = False
        self.began: float | None = None
        self.received = 0
        self._reading = RateWindow(self.last_activity)
        self._writing = RateWindow(self.last_activity)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop."""
        super().connection_made(transport)
        server = self._manager
        self.refused = isinstance(server, Server) and self.transport is not None and server.refuses(self.transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Called by the event loop."""
        if isinstance(self._manager, Server):
            self._manager.limit.forget(self.transport)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        if self.refused:
            self._refuse()
            return
        line = data.find(b"\r\n")
        idle = self.clean and not self.pending
        if idle and self._answered(data, line):
            return
        whole = idle and data.endswith(END) and data.count(END) == 1
        self.request_bytes = data if whole else None
        self.clean = whole
        self.pending += 1
        self.last_activity = self._fast_path.clock()
        if self.began is None:
            self.began = self.last_activity
            self._reading.restart(self.last_activity, self.received)
        self.received += len(data)
        super().data_received(data)

    def eof_received(self) -> bool:  # type: ignore[override]
        """Called by the event loop when the client sends no more; return whether the connection stays open for responses.

        It does if requests wait for them (RFC 9112 9.6), and is closed after the last.
        """
        waiting = self.pending > 0 or self.handling or bool(self._messages)
        self.half_closed = waiting and not self.refused
        if self.half_closed:
            self._loop.call_later(LINGERING, self._close_unless_arrived)
        return self.half_closed

    def _close_unless_arrived(self) -> None:
        """Close a half-closed connection whose last request will never be whole."""
        if self.transport is not None and not self._messages and not self._arrived():
            self.force_close()

    def _answered(self, data: bytes, line: int) -> bool:
        """Answer a GET of a prepared page whose header bytes have been parsed before; return whether it was one."""
        parsed = self._fast_path.parsed.get(data[line:])
        transport = self.transport
        if parsed is None or transport is None or data[:4] != b"GET " or data[line - 9 : line] != VERSION:
            return False
        if transport.get_write_buffer_size() > HIGH_WATER:
            return False
        image = self._fast_path.image(data[4 : line - 9].decode("latin-1"), parsed)
        if image is None:
            return False
        transport.write(image)
        self.last_activity = self._fast_path.clock()
        return True

    def _refuse(self) -> None:
        manager, transport = self._manager, self.transport
        if transport is not None and isinstance(manager, Server):
            manager.limit.answer(transport)

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Called by aiohttp to send a response; the last one on this connection if the server is draining."""
        if self._fast_path.readiness.draining or (self.half_closed and not self._messages):
            resp.force_close()
        try:
            return await super().finish_response(request, resp, start_time)
        finally:
            self.pending -= 1
            self.handling = False
            self.began = None
            self.last_activity = self._fast_path.clock()
            # The rest of a body, or of another protocol, may follow the response; it must not be taken for a request.
            if request.method not in READS or request.body_exists or hdrs.UPGRADE in request.headers:
                self.clean = False

    def close_if_bad(self, now: float) -> None:
        """Close the connection if it is idle, or if the client sends or reads more slowly than we wait for."""
        patience = SWEEP if self.refused else IDLE
        if (
            self._sends_slowly(now)
            or self._reads_slowly(now)
            or (not self.handling and self.last_activity < now - patience)
        ):
            self._cut()

    def _sends_slowly(self, now: float) -> bool:
        if self.began is None or self._arrived():
            return False
        if not self.handling:
            return now - self.began > SECONDS
        if self._reading_paused:
            # Our handler is not reading the body yet: the client is not to blame.
            self._reading.restart(now, self.received)
        return self._reading.too_slow(now, self.received)

    def _reads_slowly(self, now: float) -> bool:
        if self.transport is None:
            return False
        # Also between requests: a whole response may wait in the kernel's buffer alone.
        state = outgoing(self.transport)
        if not state.waiting:
            self._writing.restart(now, state.delivered)
        return self._writing.too_slow(now, state.delivered)

    def _arrived(self) -> bool:
        """Return whether all of the present request has arrived."""
        request = self._current_request
        return self.handling and (request is None or request.content.is_eof())

    def _cut(self) -> None:
        """Close the connection now and discard what the client has not received."""
        transport = self.transport
        if transport is not None and outgoing(transport).waiting:
            reset(transport)
        self.force_close()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Called by aiohttp, also for bytes that are not HTTP; the connection is closed after the response."""
        # A client that went away or was too slow is not an error of ours.
        if status >= 500 and not isinstance(exc, ConnectionError):
            log.error("a request failed: %s", describe_error(exc) if exc else message)
        if request.writer.output_size > 0 or self.transport is None:
            raise ConnectionError("part of a response has been sent")
        response = self._malformed(request, status)
        return write_and_close(self.transport, response, request.method, self._fast_path.clock())


class Server(web.Server):
    """`request_factory` is the application's own."""

    def __init__(self, fast_path: FastPath, malformed: Malformed, request_factory: Any, limit: ConnectionLimit) -> None:
        super().__init__(fast_path, request_factory=request_factory)
        self.fast_path = fast_path
        self.limit = limit
        self._malformed = malformed

    def __call__(self) -> Connection:
        return Connection(self, self.fast_path, self._malformed)

    def refuses(self, transport: asyncio.Transport) -> bool:
        """Return whether a new connection is beyond the limit."""
        return self.limit.refuses(transport, len(self._connections))

    @asynccontextmanager
    async def sweeping(self) -> AsyncIterator[None]:
        """Close idle and slow connections until the context ends."""
        async with background_task(self._sweep()):
            yield

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            await self.close_bad(self.fast_path.clock())

    async def close_bad(self, now: float) -> None:
        """Close connections that are idle or too slow at `now`, a batch in each turn of the event loop."""
        for number, connection in enumerate(self.connections):
            if isinstance(connection, Connection):
                connection.close_if_bad(now)
            if number % BATCH == BATCH - 1:
                await asyncio.sleep(0)
