"""How often codes have been tried: counted where every server sees it, so that trying a million does not pay."""

from typing import Literal

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries("codes")
WINDOW = 600
FOR_ONE = 6
"""Digits that one visit may try in a window."""
FOR_ALL = 100
"""Digits that everybody together may get wrong in a window. With fifty codes waiting, guessing then finds one in a day and a half."""
EVERYBODY = "*"


async def count(tx: Transaction, session: str, now: int) -> Literal["often", "crowded"] | None:
    """Count one more try; which limit it is over, if any.

    The rows of the counts serialise tries: two at the same time cannot both be the last one.
    """
    since = now - now % WINDOW
    mine = await _one_more(tx, session, since)
    if mine > FOR_ONE:
        return "often"
    return "crowded" if await _one_more(tx, EVERYBODY, since) > FOR_ALL else None


async def forgive(tx: Transaction, session: str, now: int) -> None:
    """A right code is no guess."""
    since = now - now % WINDOW
    for who in (session, EVERYBODY):
        await tx.execute(SQL.forgive_guess, who=who, since=since)


def window_ends(now: int) -> int:
    return now - now % WINDOW + WINDOW


async def _one_more(tx: Transaction, who: str, since: int) -> int:
    row = await tx.row(SQL.count_guess, who=who, since=since)
    assert row is not None
    return int(row[0])
