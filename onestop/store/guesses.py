"""How often codes have been tried: counted where every server sees it, so that trying a million does not pay.

With fifty codes waiting, one guess in 20,000 finds a draft. One network has 20 wrong ones in ten minutes, 2,880 in a day, and finds one
in a week. Fifteen networks that do nothing else reach what everybody has together, 300 in ten minutes, and find two in a day; only
then do six digits work for nobody until the ten minutes are over, and tickets go on working. A guesser on one network shuts out
that network and no other.
"""

from typing import Literal

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries("codes")
WINDOW = 600
FOR_ONE = 6
"""Digits that one visit may try in a window."""
FOR_PLACE = 20
"""Digits that all visits from one network may get wrong in a window: a library, or those whom a telephone company gives one address."""
FOR_ALL = 300
"""Digits that everybody together may get wrong in a window."""
EVERYBODY = "*"


async def count(tx: Transaction, session: str, place: str, now: int) -> Literal["often", "crowded"] | None:
    """Count one more try of this visit, from this network if it is known; which limit it is over, if any.

    Who is over one limit does not count towards the next. The rows of the counts serialise tries: two at the same time cannot both
    be the last one.
    """
    since = now - now % WINDOW
    for who, most in _counted(tx, session, place):
        if await _one_more(tx, who, since) > most:
            return "crowded" if who == EVERYBODY else "often"
    return None


async def forgive(tx: Transaction, session: str, place: str, now: int) -> None:
    """A right code is no guess."""
    since = now - now % WINDOW
    for who, _ in _counted(tx, session, place):
        await tx.execute(SQL.forgive_guess, who=who, since=since)


def window_ends(now: int) -> int:
    return now - now % WINDOW + WINDOW


def _counted(tx: Transaction, session: str, place: str) -> tuple[tuple[str, int], ...]:
    """Who is counted, and how much each may. The network is kept as a mark, not in the clear."""
    places = ((tx.keys.current.mark(place), FOR_PLACE),) if place else ()
    return ((session, FOR_ONE), *places, (EVERYBODY, FOR_ALL))


async def _one_more(tx: Transaction, who: str, since: int) -> int:
    row = await tx.row(SQL.count_guess, who=who, since=since)
    assert row is not None
    return int(row[0])
