"""Server-sent events: streams that look for something new every few seconds, bounded in number for the process and for each client."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from onestop.http.readiness import Readiness

TICK, COMMENT, LIFE = 2.0, 15.0, 600.0
"""Seconds between two looks, between two comments that keep proxies from closing the stream, and of a whole stream."""
MOST, MOST_OF_CLIENT = 200, 40
"""Streams of one process, and of one network or officer: a library or a council behind one address stays below."""
EVENTS = "text/event-stream"
HEADERS = {"Content-Type": EVENTS, "Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found: `data` is the JSON of an event, "" for none; `last` ends the stream."""

    data: str = ""
    last: bool = False


@dataclass(slots=True)
class EventStreams:
    """The streams of one process, by client."""

    open: Counter[str] = field(default_factory=Counter)

    def has_room(self, client: str) -> bool:
        """Return whether a client may open another stream; "" is this machine, which only the whole bounds."""
        return self.open.total() < MOST and (not client or self.open[client] < MOST_OF_CLIENT)

    @asynccontextmanager
    async def counted(self, client: str) -> AsyncIterator[None]:
        """Count one more stream of a client until the context ends."""
        self.open[client] += 1
        try:
            yield
        finally:
            self.open[client] -= 1
            if not self.open[client]:
                del self.open[client]


async def send_events(
    request: web.Request, readiness: Readiness, look: Callable[[], Awaitable[Look]]
) -> web.StreamResponse:
    """Send what `look` finds until it finds the last, the client has gone, the time is over or the server is stopped."""
    response = web.StreamResponse(headers=HEADERS)
    await response.prepare(request)
    if request.method == "HEAD":
        return response
    await response.write(b"retry: 5000\n\n")
    loop = asyncio.get_running_loop()
    end, commented = loop.time() + LIFE, loop.time()
    while loop.time() < end and not readiness.draining and _is_open(request):
        found = await look()
        if found.data:
            await response.write(f"data: {found.data}\n\n".encode())
        if found.last:
            break
        if loop.time() - commented >= COMMENT:
            commented = loop.time()
            await response.write(b": still open\n\n")
        await asyncio.sleep(TICK)
    if _is_open(request):
        await response.write_eof()
    return response


def _is_open(request: web.Request) -> bool:
    """Return whether the client is still there: nothing cancels the handler of one that has gone."""
    return request.transport is not None and not request.transport.is_closing()
