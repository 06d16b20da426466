"""The fast path: write a prepared response in one call, and leave every other request to the application.

There are two ways in. `FastPath.__call__` is the request handler of aiohttp's low-level server: the request has been parsed.
`Connection` (`connection.py`) calls `image` without parsing, if the very same header bytes have been parsed before. Both send
what the application would have sent, but for the date.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from time import perf_counter
from typing import Any, Protocol

from aiohttp import HttpVersion11, hdrs, web

from onestop.http.final_headers import HSTS
from onestop.http.page_cache import PageCache
from onestop.http.prepared import UNCHANGED, date_line, matches, takes_gzip
from onestop.http.readiness import Readiness
from onestop.http.request.form_body import release_upload
from onestop.http.request.limits import refusal
from onestop.server.access_log import AccessLog
from onestop.server.direct_response import AlreadySent, write_and_close

Handler = Callable[[Any], Awaitable[web.StreamResponse]]
Problem = Callable[[web.BaseRequest, int], Awaitable[web.Response]]
HIGH_WATER = 1 << 16
MAX_BLOCKS, MAX_BLOCK = 4096, 2048
"""How many header blocks are remembered, and the bytes of the longest."""
HSTS_LINE = f"{HSTS[0]}: {HSTS[1]}\r\n".encode()


@dataclass(frozen=True, slots=True)
class ParsedHeaders:
    """What the headers of a GET request mean for a prepared response: its encoding, If-None-Match, and whether it came by HTTPS."""

    headers: Mapping[str, str]
    gzip: bool
    if_none_match: str | None
    secure: bool = False


class ConnectionState(Protocol):
    """What the fast path uses of a connection: the bytes of the only request that has arrived, and a mark that it is being handled."""

    request_bytes: bytes | None
    handling: bool


class FastPath:
    """`ordinary` is the application's handler, `problem` draws an error page, `secure` tells whether a request came by HTTPS.

    `observe` is called with the seconds that each answer of the application took; prepared pages are only counted.
    """

    def __init__(
        self,
        pages: PageCache,
        ordinary: Handler,
        problem: Problem,
        clock: Callable[[], float],
        log: AccessLog | None = None,
        secure: Callable[[web.BaseRequest], bool] = lambda request: False,
        observe: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        self.pages = pages
        self.ordinary = ordinary
        self.problem = problem
        self.clock = clock
        self.log = log
        self.secure = secure
        self.observe = observe
        self.parsed: dict[bytes, ParsedHeaders] = {}
        self.readiness = Readiness()
        self._sent = AlreadySent()
        self._second = 0
        self._dates: Mapping[bool, bytes] = {}

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        connection: ConnectionState = request.protocol  # type: ignore[assignment]
        connection.handling = True
        refused = refusal(request)
        parsed = None if refused else self._parse(request, connection.request_bytes)
        image = self.image(request.raw_path, parsed) if parsed else None
        transport = request.transport
        if image is None or transport is None:
            return await self._logged(request, refused)
        transport.write(image)
        if transport.get_write_buffer_size() > HIGH_WATER:
            await request.writer.drain()
        return self._sent

    def image(self, path: str, parsed: ParsedHeaders) -> bytes | None:
        """Return the bytes of the whole response to a GET of `path`, or None unless one is prepared whose `max-age` is still true."""
        shelves = self.pages.shelves
        shelf = shelves.get(path)
        ready = shelf.page(parsed.headers) if shelf else None
        now = self.clock()
        if ready is None or now >= ready.fresh or self.readiness.draining:
            return None
        if int(now) != self._second:
            self._second = int(now)
            date = date_line(self._second)
            self._dates = {False: date, True: HSTS_LINE + date}
        shelves.move_to_end(path)
        wire = ready.packed if parsed.gzip else ready.plain
        unchanged = parsed.if_none_match is not None and ready.status == 200 and matches(parsed.if_none_match, wire.tag)
        if self.log:
            self.log.write("GET", path, UNCHANGED if unchanged else ready.status, now, 0.0)
        if unchanged:
            ready.unchanged += 1
            return wire.unchanged + self._dates[parsed.secure and not ready.packet]
        ready.sent += 1
        return b"".join((wire.head, self._dates[parsed.secure and not ready.packet], wire.body))

    def _parse(self, request: web.BaseRequest, sent: bytes | None) -> ParsedHeaders | None:
        """Return what the headers of a plain GET mean, remembered by their bytes; None if the application must handle the request."""
        headers = request.headers
        if request.method != "GET" or request.version != HttpVersion11 or not request.keep_alive:
            return None
        if request.body_exists or hdrs.EXPECT in headers or hdrs.UPGRADE in headers or hdrs.IF_MATCH in headers:
            return None
        gzip = takes_gzip(headers.get(hdrs.ACCEPT_ENCODING, ""))
        parsed = ParsedHeaders(headers, gzip, headers.get(hdrs.IF_NONE_MATCH), self.secure(request))
        # Do not remember headers that may be personal.
        private = hdrs.COOKIE in headers or hdrs.AUTHORIZATION in headers
        block = None if private else _header_block(request, sent)
        if block is not None:
            if len(self.parsed) >= MAX_BLOCKS:
                self.parsed.clear()
            self.parsed[block] = parsed
        return parsed

    async def _logged(self, request: web.BaseRequest, refused: int | None) -> web.StreamResponse:
        began, started = self.clock(), perf_counter()
        status = 500
        try:
            response = await (self._refuse(request, refused) if refused else self.ordinary(request))
            status = refused or response.status
            return response
        except web.HTTPException as redirect:
            status = redirect.status
            raise
        finally:
            release_upload(request)
            elapsed = perf_counter() - started
            self.observe(elapsed)
            if self.log:
                self.log.write(request.method, request.raw_path, status, began, elapsed)

    async def _refuse(self, request: web.BaseRequest, status: int) -> web.StreamResponse:
        response = await self.problem(request, status)
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = "GET,HEAD"
        transport = request.transport
        return write_and_close(transport, response, request.method, self.clock()) if transport else response


def _header_block(request: web.BaseRequest, sent: bytes | None) -> bytes | None:
    """Return the bytes after the request line, if they are short and the request line is exactly the one that was parsed.

    The parser accepts more before the headers than one request line, such as empty lines: a block that began elsewhere would mean
    something else after another request line.
    """
    if sent is None:
        return None
    line = f"GET {request.raw_path} HTTP/1.1\r\n".encode("utf-8", "surrogateescape")
    return sent[len(line) - 2 :] if sent.startswith(line) and len(sent) - len(line) <= MAX_BLOCK else None
