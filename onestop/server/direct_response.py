"""Write a response directly to the transport, bypassing aiohttp: no Server header, and HTTP/1.1 whatever version was requested."""

import asyncio

from aiohttp import web

from onestop.http.prepared import date_line, head


class AlreadySent(web.StreamResponse):
    """Tells aiohttp that the response is on the wire, and whether the connection stays open."""

    def __init__(self, *, closes: bool = False) -> None:
        super().__init__()
        self._closes = closes

    @property
    def keep_alive(self) -> bool:
        return not self._closes

    def force_close(self) -> None:
        """Called for the last response of a connection."""
        self._closes = True

    async def prepare(self, request: web.BaseRequest) -> None:
        """Do nothing: the headers have been written."""

    async def write_eof(self, data: bytes = b"") -> None:
        """Do nothing: the body has been written."""


def write_and_close(transport: asyncio.Transport, response: web.Response, method: str, now: float) -> AlreadySent:
    """Write a response after which the connection is closed."""
    body = response.body if isinstance(response.body, bytes) else b""
    headers = {**response.headers, "Content-Length": str(len(body)), "Connection": "close"}
    sent = b"" if method == "HEAD" else body
    transport.write(head(response.status, tuple(headers.items())) + date_line(now) + sent)
    return AlreadySent(closes=True)
