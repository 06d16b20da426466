"""How a ready page is answered at once: looked up and written in one go, everything else left to the application."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import HttpVersion11, hdrs, web

from onestop.web.access_log import AccessLog
from onestop.web.pages import Pages
from onestop.web.wire import date_line, matches, takes_gzip

Handler = Callable[[Any], Awaitable[web.StreamResponse]]
HIGH_WATER = 1 << 16


class Sent(web.StreamResponse):
    """An answer that is on the wire already, so that aiohttp has nothing left to do."""

    @property
    def keep_alive(self) -> bool:
        return True

    async def prepare(self, request: web.BaseRequest) -> None:
        """Nothing: the headers are out."""

    async def write_eof(self, data: bytes = b"") -> None:
        """Nothing: so is the body."""


class Front:
    """A request handler for aiohttp's low-level server. What it writes is, but for the date, what `ordinary` would have written."""

    def __init__(
        self, pages: Pages, ordinary: Handler, clock: Callable[[], float], log: AccessLog | None = None
    ) -> None:
        self.pages = pages
        self.ordinary = ordinary
        self.clock = clock
        self.log = log
        self.sent = Sent()
        self.second = 0
        self.date = b""

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        headers = request.headers
        shelf = self.pages.shelves.get(request.raw_path)
        if shelf is None or request.method != "GET":
            return await self.ordinary(request)
        if request.version != HttpVersion11 or not request.keep_alive or request.body_exists or hdrs.EXPECT in headers:
            return await self.ordinary(request)
        ready = shelf.page(headers)
        now = self.clock()
        transport = request.transport
        if ready is None or now >= ready.fresh or transport is None:
            return await self.ordinary(request)
        if int(now) != self.second:
            self.second = int(now)
            self.date = date_line(self.second)
        wire = ready.packed if takes_gzip(headers.get(hdrs.ACCEPT_ENCODING, "")) else ready.plain
        asked = headers.get(hdrs.IF_NONE_MATCH)
        if asked and ready.status == 200 and matches(asked, wire.tag):
            ready.unchanged += 1
            transport.write(wire.unchanged + self.date)
        else:
            ready.sent += 1
            transport.write(b"".join((wire.head, self.date, wire.body)))
        self.pages.shelves.move_to_end(request.raw_path)
        if self.log:
            self.log.ready(request, ready, now)
        if transport.get_write_buffer_size() > HIGH_WATER:
            await request.writer.drain()
        return self.sent
