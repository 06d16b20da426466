"""Prepared responses as aiohttp sends them."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from onestop.http.final_headers import mark_single_packet
from onestop.http.prepared import KEPT_UNCHANGED, UNCHANGED, PreparedResponse, choose, matches, matches_strongly
from onestop.http.response_counter import ResponseCounter

PRECONDITION_FAILED = 412


@dataclass(frozen=True, slots=True)
class Responder:
    """Counts every response in `counter`; `clock` gives seconds since 1970."""

    counter: ResponseCounter
    clock: Callable[[], float]

    def __call__(self, request: web.BaseRequest, ready: PreparedResponse) -> web.Response:
        """Return a prepared response with the bytes the fast path would send: 200 or another status, or 304 if the ETag matches."""
        wire = choose(ready, request.headers)
        etags = request.headers.get("If-None-Match")
        headers = dict(wire.headers)
        now = self.clock()
        if now >= ready.fresh and "max-age" in headers.get("Cache-Control", ""):
            headers["Cache-Control"] = f"max-age={max(0, int(ready.until - now))}"
        required = request.headers.get("If-Match")
        if required is not None and ready.status == 200 and not matches_strongly(required, wire.tag):
            # RFC 9110 13.2.2: If-Match is evaluated before If-None-Match.
            self.counter.count(ready.label, PRECONDITION_FAILED)
            return web.Response(status=PRECONDITION_FAILED, headers={"ETag": wire.tag, "Cache-Control": "no-cache"})
        unchanged = bool(etags) and ready.status == 200 and matches(etags or "", wire.tag)
        self.counter.count(ready.label, UNCHANGED if unchanged else ready.status)
        if unchanged:
            return web.Response(status=UNCHANGED, headers={n: headers[n] for n in headers if n in KEPT_UNCHANGED})
        return mark_single_packet(web.Response(status=ready.status, headers=headers, body=wire.body), ready.packet)
