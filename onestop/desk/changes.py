"""Tells an open page of the desk which cases have changed: their ids and versions only, as server-sent events."""

import json
from collections.abc import Iterable

from aiohttp import web

from onestop.desk.cases_handler import CasesHandler
from onestop.http.event_stream import EventStreams, Look, send_events
from onestop.store.database import Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables import desk_cases
from onestop.store.tables.desk_cases import CaseChange
from onestop.store.tables.staff import officers, staff_sessions

MOST = 50
"""Changes of one look."""
STREAMS = EventStreams()
"""Those of this process. A browser beyond their bounds is refused, and its officer reloads the page."""


class DeskChanges(CasesHandler):
    """The stream /desk/live/<desk>/<since>."""

    async def get(self) -> web.StreamResponse:
        desk, since = self.segment(0), self.segment(1)
        if desk not in self.officer.desks or not since.isdecimal() or len(since) > 12:
            raise web.HTTPNotFound
        if not STREAMS.has_room(self.officer.id):
            raise web.HTTPServiceUnavailable
        sent: set[CaseChange] = set()

        async def look() -> Look:
            try:
                if not await self._still_allowed(desk):
                    return Look(last=True)
                found = await self.database.read(lambda tx: desk_cases.changed_since(tx, desk, int(since), MOST))
            except Unavailable:
                return Look(last=True)
            new = [change for change in found if change not in sent]
            sent.update(new)
            return Look(versions_json(new) if new else "")

        async with STREAMS.counted(self.officer.id):
            return await send_events(self.context.request, self.parts.readiness, look)

    async def _still_allowed(self, desk: str) -> bool:
        """Return whether the officer is still signed in and works for the desk."""
        now = int(self.parts.clock())

        async def work(tx: Transaction) -> bool:
            session = await staff_sessions.find(tx, self.cookie.secret, now)
            row = await officers.find(tx, session.officer) if session else None
            return row is not None and desk in row.desks

        return await self.database.read(work)


def versions_json(changes: Iterable[CaseChange]) -> str:
    """Return the version of each changed case by its id, as JSON."""
    return json.dumps({change.case: change.version for change in changes})
