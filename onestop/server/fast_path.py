"""How a ready page is answered at once: looked up and written in one go, everything else left to the application.

There are two lanes. The handler lane stands in front of the application: aiohttp has parsed the request, nothing else is done.
The bytes lane (`protocol.py`) does without the parser as well: when the very same header bytes have been through the parser
before, what they mean is known. Both send what the application would have sent, but for the date.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from aiohttp import HttpVersion11, hdrs, web

from onestop.http.final_headers import HSTS
from onestop.http.page_cache import PageCache
from onestop.http.prepared import UNCHANGED, date_line, matches, takes_gzip
from onestop.http.readiness import Readiness
from onestop.server.access_log import AccessLog

Handler = Callable[[Any], Awaitable[web.StreamResponse]]
HIGH_WATER = 1 << 16
BLOCKS = 4096
LONGEST_BLOCK = 2048
SECURED = f"{HSTS[0]}: {HSTS[1]}\r\n".encode()


class AlreadySent(web.StreamResponse):
    """An answer that is on the wire already, so that aiohttp has nothing left to do."""

    @property
    def keep_alive(self) -> bool:
        return True

    async def prepare(self, request: web.BaseRequest) -> None:
        """Nothing: the headers are out."""

    async def write_eof(self, data: bytes = b"") -> None:
        """Nothing: so is the body."""


@dataclass(frozen=True, slots=True)
class ParsedHeaders:
    """What the headers of a request mean for a ready page."""

    headers: Mapping[str, str]
    packed: bool
    asked: str | None
    secure: bool = False


class ConnectionState(Protocol):
    """What the front needs of a connection: the header bytes of the only request that has come, and to say it is at work."""

    block: bytes | None
    in_hand: bool


class FastPath:
    """A request handler for aiohttp's low-level server; what is not ready goes to `ordinary`. `secure` tells a sealed line."""

    def __init__(
        self,
        pages: PageCache,
        ordinary: Handler,
        clock: Callable[[], float],
        log: AccessLog | None = None,
        secure: Callable[[web.BaseRequest], bool] = lambda request: False,
    ) -> None:
        self.pages = pages
        self.ordinary = ordinary
        self.clock = clock
        self.log = log
        self.secure = secure
        self.told: dict[bytes, ParsedHeaders] = {}
        self.readiness = Readiness()
        self._sent = AlreadySent()
        self._second = 0
        self._last: Mapping[bool, bytes] = {}

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        connection: ConnectionState = request.protocol  # type: ignore[assignment]
        connection.in_hand = True
        told = self._tell(request, connection.block)
        image = self.image(request.raw_path, told) if told else None
        transport = request.transport
        if image is None or transport is None:
            return await self._ordinary(request)
        transport.write(image)
        if transport.get_write_buffer_size() > HIGH_WATER:
            await request.writer.drain()
        return self._sent

    def image(self, path: str, told: ParsedHeaders) -> bytes | None:
        """The whole answer to a GET of `path`, if a page is ready whose `max-age` is still true."""
        shelves = self.pages.shelves
        shelf = shelves.get(path)
        ready = shelf.page(told.headers) if shelf else None
        now = self.clock()
        if ready is None or now >= ready.fresh or self.readiness.draining:
            return None
        if int(now) != self._second:
            self._second = int(now)
            date = date_line(self._second)
            self._last = {False: date, True: SECURED + date}
        shelves.move_to_end(path)
        wire = ready.packed if told.packed else ready.plain
        unchanged = told.asked is not None and ready.status == 200 and matches(told.asked, wire.tag)
        if self.log:
            self.log.write("GET", path, UNCHANGED if unchanged else ready.status, now, 0.0)
        if unchanged:
            ready.unchanged += 1
            return wire.unchanged + self._last[told.secure and not ready.packet]
        ready.sent += 1
        return b"".join((wire.head, self._last[told.secure and not ready.packet], wire.body))

    def _tell(self, request: web.BaseRequest, block: bytes | None) -> ParsedHeaders | None:
        """What a plain GET tells; None for anything that aiohttp should see to. Remembered by its bytes."""
        headers = request.headers
        if request.method != "GET" or request.version != HttpVersion11 or not request.keep_alive:
            return None
        if request.body_exists or hdrs.EXPECT in headers or hdrs.UPGRADE in headers:
            return None
        packed = takes_gzip(headers.get(hdrs.ACCEPT_ENCODING, ""))
        told = ParsedHeaders(headers, packed, headers.get(hdrs.IF_NONE_MATCH), self.secure(request))
        # What may be personal is not kept a moment longer than the request.
        private = hdrs.COOKIE in headers or hdrs.AUTHORIZATION in headers
        if block is not None and len(block) <= LONGEST_BLOCK and not private:
            if len(self.told) >= BLOCKS:
                self.told.clear()
            self.told[block] = told
        return told

    async def _ordinary(self, request: web.BaseRequest) -> web.StreamResponse:
        if self.log is None:
            return await self.ordinary(request)
        began = self.clock()
        status = 500
        try:
            response = await self.ordinary(request)
            status = response.status
            return response
        except web.HTTPException as moved:
            status = moved.status
            raise
        finally:
            self.log.write(request.method, request.raw_path, status, began, self.clock() - began)
