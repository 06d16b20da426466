"""What happens to the bytes of a connection: answered at once if they say nothing new, else given to aiohttp."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import hdrs, web

from onestop.http.background import background_task
from onestop.http.error_log import describe_error
from onestop.server.fast_path import HIGH_WATER, FastPath

Malformed = Callable[[web.BaseRequest, int], web.Response]
READS = ("GET", "HEAD")
END = b"\r\n\r\n"
VERSION = b" HTTP/1.1"
IDLE, SWEEP = 75.0, 5.0
"""Seconds a connection may be silent, and how often that is looked at: aiohttp's own timer does not see the bytes lane."""
PATIENCE, RATE = 20.0, 1000.0
"""Seconds in which the head of a request must have come, and bytes a second that its body must bring after as many: a telephone at
the edge of its network does twice that.
"""
# Lines longer than any address of ours, so that one which is too long is still parsed and answered by the channel it asks for.
LONGEST_LINE = 16384
LINGERING = 1.0
"""Seconds the rest of a body that nobody wants is read before the connection is closed."""
log = logging.getLogger("onestop")


class Connection(web.RequestHandler):
    """One connection. `block` are the header bytes of the request that aiohttp has in hand, if they are all that has come.

    The bytes lane is open only while aiohttp has nothing to answer (`pending`) and cannot be in the middle of anything (`clean`).
    `heard` is when bytes last came, `in_hand` whether a handler is at work. `began` is when the first bytes of the present request
    came that the bytes lane did not take, or None between requests, and `brought` how many have come since.
    """

    __slots__ = ("_front", "_malformed", "began", "block", "brought", "clean", "heard", "in_hand", "pending")

    def __init__(self, server: "Server", front: FastPath, malformed: Malformed) -> None:
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]  # None is how aiohttp is told not to, whatever its annotation says
            max_line_size=LONGEST_LINE,
            max_field_size=LONGEST_LINE,
            lingering_time=LINGERING,
            # Nobody packs a form, what was packed may be a lot, and what is not packed as it says would fill the log.
            auto_decompress=False,
        )
        self._front = front
        self._malformed = malformed
        self.block: bytes | None = None
        self.clean = True
        self.pending = 0
        self.heard = front.clock()
        self.in_hand = False
        self.began: float | None = None
        self.brought = 0

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        line = data.find(b"\r\n")
        idle = self.clean and not self.pending
        if idle and self._answered(data, line):
            return
        whole = idle and data.endswith(END) and data.count(END) == 1
        self.block = data[line:] if whole else None
        self.clean = whole
        self.pending += 1
        self.heard = self._front.clock()
        self.began = self.heard if self.began is None else self.began
        self.brought += len(data)
        super().data_received(data)

    def _answered(self, data: bytes, line: int) -> bool:
        """Answer a GET of a ready page whose header bytes have been through the parser before."""
        told = self._front.told.get(data[line:])
        transport = self.transport
        if told is None or transport is None or data[:4] != b"GET " or data[line - 9 : line] != VERSION:
            return False
        if transport.get_write_buffer_size() > HIGH_WATER:
            return False
        image = self._front.image(data[4 : line - 9].decode("latin-1"), told)
        if image is None:
            return False
        transport.write(image)
        self.heard = self._front.clock()
        return True

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Called by aiohttp to send a response; the last one on this connection if the server is leaving."""
        if self._front.readiness.draining:
            resp.force_close()
        try:
            return await super().finish_response(request, resp, start_time)
        finally:
            self.pending -= 1
            self.in_hand = False
            self.began, self.brought = None, 0
            # The rest of a body, or of another protocol, may come after the answer; it must not be taken for a request.
            if request.method not in READS or request.body_exists or hdrs.UPGRADE in request.headers:
                self.clean = False

    def dawdles(self, now: float) -> bool:
        """Whether the request that has begun comes so slowly that nobody in earnest sends it."""
        if self.began is None or self._arrived():
            return False
        late = now - self.began - PATIENCE
        return late > 0 and (not self.in_hand or self.brought < late * RATE)

    def _arrived(self) -> bool:
        """Whether all of the request in hand has come."""
        request = self._current_request
        return self.in_hand and (request is None or request.content.is_eof())

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Called by aiohttp, also for what is malformed as HTTP; the connection is closed after the answer."""
        # Whoever has gone, or was too slow, is not a failure of ours.
        if status >= 500 and not isinstance(exc, ConnectionError):
            log.error("a request failed: %s", describe_error(exc) if exc else message)
        if request.writer.output_size > 0:
            raise ConnectionError("part of an answer is out already")
        response = self._malformed(request, status)
        response.force_close()
        return response


class Server(web.Server):
    """`front` is asked first; `request_factory` is the application's own."""

    def __init__(self, front: FastPath, malformed: Malformed, request_factory: Any) -> None:
        super().__init__(front, request_factory=request_factory)
        self.front = front
        self._malformed = malformed

    def __call__(self) -> Connection:
        return Connection(self, self.front, self._malformed)

    @asynccontextmanager
    async def sweeping(self) -> AsyncIterator[None]:
        """Close connections that have been silent for long, until the end."""
        async with background_task(self._sweep()):
            yield

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            now = self.front.clock()
            self.close_silent(now - IDLE)
            self.close_slow(now)

    def close_silent(self, since: float) -> None:
        """Close connections that wait for nothing of ours and have said nothing since then."""
        for connection in self.connections:
            if isinstance(connection, Connection) and not connection.in_hand and connection.heard < since:
                connection.force_close()

    def close_slow(self, now: float) -> None:
        """Close connections on which a request does not come to an end."""
        for connection in self.connections:
            if isinstance(connection, Connection) and connection.dawdles(now):
                connection.force_close()
