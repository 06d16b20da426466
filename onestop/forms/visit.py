"""What a visitor holds of one journey: the visit, the draft, the edition it was begun on, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from onestop.casework.case import Json
from onestop.http.visitor import Visitor
from onestop.journeys.journey import Journey
from onestop.journeys.source.folder import read_edition
from onestop.journeys.walk.walk import Walk, walk
from onestop.screen import Means
from onestop.store.database import Database, Transaction
from onestop.store.tables import drafts, editions, moves, prefill, sessions
from onestop.store.tables.drafts import Draft
from onestop.store.tables.moves import DraftMove
from onestop.store.tables.sessions import Session

DAY = 86400
SHARED_IDLE, SHARED_WHOLE = 300, 4 * 3600
"""Seconds a visit lasts at an apparatus that strangers share: after the last touch, and in all."""
OWN_IDLE, OWN_WHOLE = 31 * DAY, 366 * DAY
TOLD = 2 * 3600
"""Seconds for which what was told in one journey is offered in the next, unless the resident asked to be remembered."""


@dataclass(frozen=True, slots=True)
class Held:
    """`session` and `draft` are None until something has been answered. `moved` is where the last draft went, if it was taken on.

    `told` is what may be offered instead of asked again. `today` is the council's date.
    """

    visitor: Visitor
    session: Session | None
    draft: Draft | None
    moved: DraftMove | None
    told: Mapping[str, Json]
    journey: Journey
    walk: Walk
    today: date
    now: int

    @property
    def seen(self) -> int:
        return self.draft.revision if self.draft else 0


@dataclass(frozen=True, slots=True)
class Holding:
    """Where it is looked up. `languages` has the council's default first."""

    database: Database
    languages: tuple[str, ...]

    async def held(self, who: Visitor, newest: Journey, channel: str, today: date, now: int) -> Held:
        """What `who` holds of the journey, by its newest edition or the one their draft began on."""

        async def look(tx: Transaction) -> Held:
            session = await sessions.look_up(tx, who.secret, now) if who.has_cookie else None
            if session is None:
                return self._made(who, None, None, None, {}, newest, channel, today, now)
            draft = await drafts.find(tx, session.id, newest.name, now)
            moved = None if draft else await moves.last(tx, session.id, newest.name)
            known = await prefill.load(tx, session.id, now) if session.kept or now - session.touched < TOLD else {}
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
    ) -> Held:  # fmt: skip
        way = walk(journey, draft.answers if draft else {}, channel, today)
        return Held(who, session, draft, moved, known, journey, way, today, now)


@lru_cache(maxsize=64)
def _read(name: str, source: str, languages: tuple[str, ...]) -> Journey | None:
    return read_edition(name, source, languages)


def lasting(means: Means) -> tuple[int, int]:
    """Seconds a visit lasts: when idle, and in all."""
    return (SHARED_IDLE, SHARED_WHOLE) if means.shared else (OWN_IDLE, OWN_WHOLE)


def council_day(seconds: float, zone: ZoneInfo) -> date:
    """The date where the council is."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()
