"""Moves of drafts to another device, stored for the device that handed one over."""

from dataclasses import dataclass

from onestop.store.database import Row, Transaction
from onestop.store.queries import read_queries
from onestop.store.tables import events
from onestop.store.tables.drafts import Draft

SQL = read_queries(__file__)


@dataclass(frozen=True, slots=True)
class DraftMove:
    """The channel that a draft was moved to, and when."""

    draft: str
    channel: str
    moved: int


async def last(tx: Transaction, session: str, journey: str) -> DraftMove | None:
    """Return the last move of a draft of this journey away from this session, or None."""
    return _moved(await tx.row(SQL.last_move, session=session, journey=journey))


async def hand_over(tx: Transaction, draft: Draft, session: str, channel: str, now: int) -> None:
    """Give the draft to another session and invalidate its codes."""
    await events.add_one(tx, draft.journey, draft.channel, "moved", channel, spread=draft.id, now=now)
    # The other session may have an expired draft of this journey, or one begun by a simultaneous request.
    await tx.execute(SQL.set_aside, session=session, journey=draft.journey)
    await tx.execute(SQL.hand_over, id=draft.id, session=session, channel=channel, now=now)
    await tx.execute(SQL.end_codes, draft=draft.id, session=session, now=now)
    await tx.execute(
        SQL.add_move, draft=draft.id, session=draft.session, journey=draft.journey, channel=channel, now=now
    )
    await tx.execute(SQL.drop_move, draft=draft.id, session=session)


def _moved(row: Row | None) -> DraftMove | None:
    return DraftMove(*row) if row else None
