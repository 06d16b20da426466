"""Headers that every response gets last."""

from collections.abc import Awaitable, Callable

from aiohttp import web

HSTS = ("Strict-Transport-Security", "max-age=31536000")
"""Sent over HTTPS only (RFC 6797): a browser that came by HTTPS uses nothing else for a year. Old television sets never do."""

SINGLE_PACKET = web.ResponseKey("fitted", bool)
"""Marks a response that must fit one packet: it goes without HSTS, which the redirects to it carry."""


def mark_single_packet(response: web.Response, packet: int) -> web.Response:
    """Return the response, marked if it must fit one packet."""
    if packet:
        response[SINGLE_PACKET] = True
    return response


def final_headers(
    secure: Callable[[web.BaseRequest], bool],
) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Return a handler for aiohttp's `on_response_prepare`; `secure` tells whether a request came by HTTPS."""

    async def finish(request: web.Request, response: web.StreamResponse) -> None:
        # Do not name the software. Put Date last, as the fast path does.
        response.headers.pop("Server", None)
        if secure(request) and SINGLE_PACKET not in response:
            response.headers[HSTS[0]] = HSTS[1]
        date = response.headers.pop("Date", None)
        if date:
            response.headers["Date"] = date

    return finish
