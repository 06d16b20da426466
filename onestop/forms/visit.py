"""A visitor's session, their draft of one journey, and the walk of that draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from onestop.casework.case import Json
from onestop.http.request.visitor import Visitor
from onestop.journeys.journey import Journey
from onestop.journeys.source.folder import read_edition
from onestop.journeys.walk.walk import Walk, walk
from onestop.store.database import Transaction
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
    def helper(self) -> str:
        """The id of the officer who answers for the resident, or ""."""
        return self.session.officer if self.session else ""

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft else 0


@dataclass(frozen=True, slots=True)
class VisitLoader:
    """Loads the visit of one visitor to a journey, `newest` in its newest edition. `languages` has the council's default first.

    `today` is the council's date, `now` in seconds.
    """

    languages: tuple[str, ...]
    visitor: Visitor
    newest: Journey
    channel: str
    today: date
    now: int

    async def load(self, tx: Transaction) -> Visit:
        """Return the visit in the journey's newest edition, or in the one that the visitor's draft began with."""
        session = await self._session(tx)
        draft = await drafts.find(tx, session.id, self.newest.name, self.now) if session else None
        return await self._visit(tx, session, draft)

    async def lock(self, tx: Transaction) -> Visit:
        """Return the same, with the draft locked for this transaction."""
        session = await self._session(tx)
        draft = await drafts.lock_open(tx, session.id, self.newest.name, self.now) if session else None
        return await self._visit(tx, session, draft)

    async def _session(self, tx: Transaction) -> Session | None:
        return await sessions.look_up(tx, self.visitor.secret, self.now) if self.visitor.has_cookie else None

    async def _visit(self, tx: Transaction, session: Session | None, draft: Draft | None) -> Visit:
        moved: DraftMove | None = None
        known: Mapping[str, Json] = {}
        if session:
            moved = None if draft else await moves.last(tx, session.id, self.newest.name)
            if session.kept or self.now - session.touched < OFFER_SECONDS:
                known = await prefill.load(tx, session.id, self.now)
        journey = await self._edition(tx, draft) if draft else self.newest
        way = walk(journey, draft.answers if draft else {}, self.channel, self.today)
        return Visit(self.visitor, session, draft, moved, known, journey, way, self.today, self.now)

    async def _edition(self, tx: Transaction, draft: Draft) -> Journey:
        newest = self.newest
        if draft.edition == newest.edition:
            return newest
        source = await editions.find(tx, draft.edition)
        return (_read(newest.name, source, self.languages) if source else None) or newest


@lru_cache(maxsize=64)
def _read(name: str, source: str, languages: tuple[str, ...]) -> Journey | None:
    return read_edition(name, source, languages)


def council_date(moment: datetime, zone: ZoneInfo) -> date:
    """Return the date at a moment in the council's time zone."""
    return moment.astimezone(zone).date()
