"""How aiohttp's low-level server answers a request that is malformed at the level of HTTP: with a proper page too."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from aiohttp import web

from onestop.web.front import Handler

Malformed = Callable[[web.BaseRequest, int], web.Response]
log = logging.getLogger("onestop")
# Longer than any address of ours, so that one which is too long is still parsed and answered by the channel it asks for.
LIMITS = {"max_line_size": 16384, "max_field_size": 16384, "lingering_time": 1.0, "keepalive_timeout": 75.0}


class Protocol(web.RequestHandler):
    """One connection."""

    __slots__ = ("_malformed",)

    def __init__(self, server: "Server", malformed: Malformed, **options: Any) -> None:
        super().__init__(server, **options)
        self._malformed = malformed

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Called by aiohttp; the connection is closed after the answer."""
        if status >= 500:
            log.error("a request failed", exc_info=exc)
        if request.writer.output_size > 0:
            raise ConnectionError("part of an answer is out already")
        response = self._malformed(request, status)
        response.force_close()
        return response


class Server(web.Server):
    """`handler` is asked first; `request_factory` is the application's own."""

    def __init__(self, handler: Handler, malformed: Malformed, request_factory: Any) -> None:
        super().__init__(handler, request_factory=request_factory)
        self._malformed = malformed

    def __call__(self) -> Protocol:
        return Protocol(self, self._malformed, loop=asyncio.get_running_loop(), access_log=None, **LIMITS)
