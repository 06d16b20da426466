"""Tells an open page of the desk which cases have changed: their ids and versions only, as server-sent events."""

import asyncio
import json
from collections.abc import Iterable

from aiohttp import web

from onestop.desk.cases_handler import CasesHandler
from onestop.pages.private import NO_STORE
from onestop.store.database import Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables import desk_cases
from onestop.store.tables.desk_cases import CaseChange
from onestop.store.tables.staff import officers, staff_sessions

TICK, COMMENT, LIFE = 2.0, 15.0, 600.0
"""Seconds between two looks at the store, between two comments that keep proxies from closing the stream, and of a whole stream."""
MOST, MOST_STREAMS = 50, 200
"""Changes of one look, and streams of one process. A browser beyond them is refused, and its officer reloads the page."""


class ChangeCount:
    """How many streams this process has open."""

    open = 0


class DeskChanges(CasesHandler):
    """The stream /desk/live/<desk>/<since>."""

    async def get(self) -> web.StreamResponse:
        desk, since = self.segment(0), self.segment(1)
        if desk not in self.officer.desks or not since.isdecimal() or len(since) > 12:
            raise web.HTTPNotFound
        if ChangeCount.open >= MOST_STREAMS:
            raise web.HTTPServiceUnavailable
        ChangeCount.open += 1
        try:
            return await self._stream(desk, int(since))
        finally:
            ChangeCount.open -= 1

    async def _stream(self, desk: str, since: int) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", "Cache-Control": NO_STORE, "X-Accel-Buffering": "no"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(self.context.request)
        await response.write(b"retry: 5000\n\n")
        loop = asyncio.get_running_loop()
        end, commented = loop.time() + LIFE, loop.time()
        sent: set[CaseChange] = set()
        while loop.time() < end:
            try:
                if not await self._still_allowed(desk):
                    break
                found = await self.database.read(lambda tx: desk_cases.changed_since(tx, desk, since, MOST))
            except Unavailable:
                break
            if new := [change for change in found if change not in sent]:
                sent.update(new)
                await response.write(event_of(new))
            elif loop.time() - commented >= COMMENT:
                commented = loop.time()
                await response.write(b": still open\n\n")
            await asyncio.sleep(TICK)
        await response.write_eof()
        return response

    async def _still_allowed(self, desk: str) -> bool:
        """Return whether the officer is still signed in and works for the desk."""
        now = int(self.parts.clock())

        async def work(tx: Transaction) -> bool:
            session = await staff_sessions.find(tx, self.cookie.secret, now)
            row = await officers.find(tx, session.officer) if session else None
            return row is not None and desk in row.desks

        return await self.database.read(work)


def event_of(changes: Iterable[CaseChange]) -> bytes:
    """Return one event: the version of each changed case by its id."""
    return f"data: {json.dumps({change.case: change.version for change in changes})}\n\n".encode()
