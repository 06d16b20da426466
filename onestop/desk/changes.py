"""Tells an open page of the desk, as server-sent events, which cases have changed, by id and version, and which colleagues look at it."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import web

from onestop.desk.cases_handler import CasesHandler
from onestop.http.event_stream import EventStreams, Look, send_events
from onestop.store.database import Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables import desk_cases
from onestop.store.tables.desk_cases import CaseChange
from onestop.store.tables.staff import case_viewers, officers, staff_sessions

MOST = 50
"""Changes of one look."""
STREAMS = EventStreams()
"""Those of this process. A browser beyond their bounds is refused, and its officer reloads the page."""


@dataclass(slots=True)
class WatchedDesk:
    """What a stream tells of: the changes of a desk since a time, of which some were `sent`, and who looks at a `case`, if it is of one."""

    desk: str
    since: int
    case: str
    noted: int = 0
    sent: set[CaseChange] = field(default_factory=set)
    viewers: tuple[str, ...] = ()


class DeskChanges(CasesHandler):
    """The stream /desk/live/<desk>/<since>, and that of one case, /desk/live/<desk>/<since>/<case>, which also tells who looks at it."""

    async def get(self) -> web.StreamResponse:
        desk, since, case = self.segment(0), self.segment(1), self.segment(2) if len(self.segments) > 2 else ""
        if desk not in self.officer.desks or not since.isdecimal() or len(since) > 12:
            raise web.HTTPNotFound
        if case and await self.database.read(lambda tx: desk_cases.find(tx, case, desk)) is None:
            raise web.HTTPNotFound
        if not STREAMS.has_room(self.officer.id):
            raise web.HTTPServiceUnavailable
        watched = WatchedDesk(desk, int(since), case)
        async with STREAMS.counted(self.officer.id):
            try:
                return await send_events(self.context.request, self.parts.readiness, lambda: self._look(watched))
            finally:
                await self._forget(watched)

    async def _look(self, watched: WatchedDesk) -> Look:
        try:
            if not await self._still_allowed(watched.desk):
                return Look(last=True)
            news = await self._news(watched)
        except Unavailable:
            return Look(last=True)
        return Look(json.dumps(news) if news else "")

    async def _news(self, watched: WatchedDesk) -> dict[str, object]:
        """Return the versions of the cases that have changed by id, and the `viewers` of the case; note that this officer is one."""
        now, case, own = int(self.parts.clock()), watched.case, self.officer.id
        if case and now - watched.noted >= case_viewers.EVERY:
            watched.noted = now
            await self.database.run(lambda tx: case_viewers.note(tx, case, own, now))

        async def work(tx: Transaction) -> tuple[Sequence[CaseChange], tuple[str, ...]]:
            viewers = await case_viewers.viewers(tx, case, own, now) if case else ()
            return await desk_cases.changed_since(tx, watched.desk, watched.since, MOST), viewers

        found, viewers = await self.database.read(work)
        new = [change for change in found if change not in watched.sent]
        watched.sent.update(new)
        news: dict[str, object] = {change.case: change.version for change in new}
        if viewers != watched.viewers:
            watched.viewers = viewers
            news["viewers"] = viewers
        return news

    async def _forget(self, watched: WatchedDesk) -> None:
        """Note that this officer's page is closed."""
        if watched.case:
            with suppress(Unavailable):
                await self.database.run(lambda tx: case_viewers.forget(tx, watched.case, self.officer.id))

    async def _still_allowed(self, desk: str) -> bool:
        """Return whether the officer is still signed in and works for the desk."""
        now = int(self.parts.clock())

        async def work(tx: Transaction) -> bool:
            session = await staff_sessions.find(tx, self.cookie.secret, now)
            row = await officers.find(tx, session.officer) if session else None
            return row is not None and desk in row.desks

        return await self.database.read(work)
