"""Tells a page that shows a case when the case has changed: as server-sent events, or as JSON to a script that polls."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from onestop.pages.private import NO_STORE
from onestop.store.errors import Unavailable

TICK, COMMENT, LIFE = 2.0, 15.0, 600.0
"""Seconds between two looks at the store, between two comments that keep proxies from closing the stream, and of a whole stream."""
MOST_STREAMS = 200
"""Streams of one process at a time; a browser beyond them is told to ask again later, and its script polls."""
POLL = 5
"""Seconds between two requests of a script that polls."""
EVENTS = "text/event-stream"


class ChangeFeed:
    """The streams of one process."""

    def __init__(self) -> None:
        self.open = 0

    async def answer(self, request: web.Request, changed: Callable[[], Awaitable[bool]], to: str) -> web.StreamResponse:
        """Return whether a case has changed; a browser that asks for events gets one when it changes. `to` is the page to load then."""
        if EVENTS not in request.headers.get("Accept", "") or self.open >= MOST_STREAMS:
            said = {"moved": await changed(), "to": to, "wait": POLL}
            return web.json_response(said, headers={"Cache-Control": NO_STORE})
        self.open += 1
        try:
            return await _stream(request, changed, to)
        finally:
            self.open -= 1


async def _stream(request: web.Request, changed: Callable[[], Awaitable[bool]], to: str) -> web.StreamResponse:
    headers = {"Content-Type": EVENTS, "Cache-Control": NO_STORE, "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=headers)
    await response.prepare(request)
    await response.write(b"retry: 5000\n\n")
    loop = asyncio.get_running_loop()
    end = loop.time() + LIFE
    commented = loop.time()
    while loop.time() < end:
        try:
            if await changed():
                await response.write(f"data: {json.dumps({'moved': True, 'to': to})}\n\n".encode())
                break
        except Unavailable:
            break
        if loop.time() - commented >= COMMENT:
            commented = loop.time()
            await response.write(b": still open\n\n")
        await asyncio.sleep(TICK)
    await response.write_eof()
    return response
