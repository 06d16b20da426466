"""Tells a page that shows a case when the case has changed: as server-sent events, or as JSON to a script that polls."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from onestop.http.event_stream import EVENTS, EventStreams, Look, send_events
from onestop.http.readiness import Readiness
from onestop.pages.private import NO_STORE
from onestop.store.errors import Unavailable

POLL = 5
"""Seconds between two requests of a script that polls."""


@dataclass(frozen=True, slots=True)
class ChangeFeed:
    """The streams of one process. A browser beyond their bounds is told to ask again later, and its script polls."""

    streams: EventStreams = field(default_factory=EventStreams)

    async def answer(
        self,
        request: web.Request,
        readiness: Readiness,
        network: str,
        changed: Callable[[], Awaitable[bool]],
        to: str,
    ) -> web.StreamResponse:
        """Return whether a case has changed; a browser that asks for events gets one when it changes. `to` is the page to load then."""
        if EVENTS not in request.headers.get("Accept", "") or not self.streams.has_room(network):
            said = {"moved": await changed(), "to": to, "wait": POLL}
            return web.json_response(said, headers={"Cache-Control": NO_STORE})
        moved = Look(json.dumps({"moved": True, "to": to}), last=True)

        async def look() -> Look:
            try:
                return moved if await changed() else Look()
            except Unavailable:
                return Look(last=True)

        async with self.streams.counted(network):
            return await send_events(request, readiness, look)
