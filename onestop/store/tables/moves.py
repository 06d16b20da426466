"""Where a draft went that was taken on to another device, as the device that let go of it may see."""

from dataclasses import dataclass

from onestop.store.database import Row, Transaction
from onestop.store.queries import read_queries
from onestop.store.tables.drafts import Draft

SQL = read_queries(__file__)


@dataclass(frozen=True, slots=True)
class DraftMove:
    """To which kind of channel, and when."""

    draft: str
    channel: str
    moved: int


async def find(tx: Transaction, session: str, draft: str) -> DraftMove | None:
    """Where this draft went from this visit, if it did."""
    return _moved(await tx.row(SQL.move, draft=draft, session=session))


async def last(tx: Transaction, session: str, journey: str) -> DraftMove | None:
    """Where the last draft of this journey went from this visit, if one did."""
    return _moved(await tx.row(SQL.last_move, session=session, journey=journey))


async def hand_over(tx: Transaction, draft: Draft, session: str, channel: str, now: int) -> None:
    """Another visit holds the draft from now on, and no code leads there any more."""
    # Nothing of its own should be left of this journey but what is too late, or was begun in this very moment.
    await tx.execute(SQL.set_aside, session=session, journey=draft.journey)
    await tx.execute(SQL.hand_over, id=draft.id, session=session, channel=channel, now=now)
    await tx.execute(SQL.end_codes, draft=draft.id, session=session, now=now)
    await tx.execute(
        SQL.add_move, draft=draft.id, session=draft.session, journey=draft.journey, channel=channel, now=now
    )
    await tx.execute(SQL.drop_move, draft=draft.id, session=session)


def _moved(row: Row | None) -> DraftMove | None:
    return DraftMove(*row) if row else None
