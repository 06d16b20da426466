"""A visitor's session, their draft of one journey, and the walk of that draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from onestop.casework.case import Json
from onestop.http.visitor import Visitor
from onestop.journeys.journey import Journey
from onestop.journeys.source.folder import read_edition
from onestop.journeys.walk.walk import Walk, walk
from onestop.store.database import Database, Transaction
from onestop.store.tables import drafts, editions, moves, prefill, sessions
from onestop.store.tables.drafts import Draft
from onestop.store.tables.moves import DraftMove
from onestop.store.tables.sessions import Session

OFFER_SECONDS = 2 * 3600
"""Seconds for which answers of one journey are offered in the next, unless the resident asked to be remembered."""


@dataclass(frozen=True, slots=True)
class Visit:
    """`session` and `draft` are None until a question has been answered. `moved` is the last draft's move to another device, if any.
    `reusable` are answers of earlier journeys that may be offered again. `today` is the council's date, `now` in seconds.
    """

    visitor: Visitor
    session: Session | None
    draft: Draft | None
    moved: DraftMove | None
    reusable: Mapping[str, Json]
    journey: Journey
    walk: Walk
    today: date
    now: int

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft else 0


@dataclass(frozen=True, slots=True)
class VisitLoader:
    """Loads visits from the store. `languages` has the council's default first."""

    database: Database
    languages: tuple[str, ...]

    async def load(self, who: Visitor, newest: Journey, channel: str, today: date, now: int) -> Visit:
        """Return the visit of a visitor to a journey: in its newest edition, or the one their draft began with."""

        async def look(tx: Transaction) -> Visit:
            session = await sessions.look_up(tx, who.secret, now) if who.has_cookie else None
            if session is None:
                return self._made(who, None, None, None, {}, newest, channel, today, now)
            draft = await drafts.find(tx, session.id, newest.name, now)
            moved = None if draft else await moves.last(tx, session.id, newest.name)
            known = (
                await prefill.load(tx, session.id, now) if session.kept or now - session.touched < OFFER_SECONDS else {}
            )
            journey = await self._edition(tx, draft, newest) if draft else newest
            return self._made(who, session, draft, moved, known, journey, channel, today, now)

        return await self.database.read(look)

    async def _edition(self, tx: Transaction, draft: Draft, newest: Journey) -> Journey:
        if draft.edition == newest.edition:
            return newest
        source = await editions.find(tx, draft.edition)
        return (_read(newest.name, source, self.languages) if source else None) or newest

    def _made(
        self, who: Visitor, session: Session | None, draft: Draft | None, moved: DraftMove | None,
        known: Mapping[str, Json], journey: Journey, channel: str, today: date, now: int,
    ) -> Visit:  # fmt: skip
        way = walk(journey, draft.answers if draft else {}, channel, today)
        return Visit(who, session, draft, moved, known, journey, way, today, now)


@lru_cache(maxsize=64)
def _read(name: str, source: str, languages: tuple[str, ...]) -> Journey | None:
    return read_edition(name, source, languages)


def council_date(moment: datetime, zone: ZoneInfo) -> date:
    """Return the date at a moment in the council's time zone."""
    return moment.astimezone(zone).date()
