"""What every answer of the application gets last, and the front's with it."""

from collections.abc import Awaitable, Callable

from aiohttp import web

HSTS = ("Strict-Transport-Security", "max-age=31536000")
"""Sent over a sealed line only: whoever has come by one does so for a year. Old sets, which know no certificate of today, never do."""

SINGLE_PACKET = web.ResponseKey("fitted", bool)
"""Marks an answer that fits one packet as it is; its redirects say the above."""


def mark_single_packet(response: web.Response, packet: int) -> web.Response:
    """The answer, marked if it fits one packet."""
    if packet:
        response[SINGLE_PACKET] = True
    return response


def final_headers(
    secure: Callable[[web.BaseRequest], bool],
) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """To be called before the headers of an answer go out; `secure` tells a sealed line."""

    async def finish(request: web.Request, response: web.StreamResponse) -> None:
        # Which software this is helps nobody who reads it; the date comes last, as in answers sent at once.
        response.headers.pop("Server", None)
        if secure(request) and SINGLE_PACKET not in response:
            response.headers[HSTS[0]] = HSTS[1]
        date = response.headers.pop("Date", None)
        if date:
            response.headers["Date"] = date

    return finish
