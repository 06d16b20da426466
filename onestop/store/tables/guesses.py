"""How often codes have been tried: counted where every server sees it, so that guessing does not pay and shuts out nobody.

With fifty codes waiting, one guess of six digits in 20,000 finds a draft. Everybody together has 30 wrong ones in ten minutes and
300 in a day: whoever stays below that finds one in 67 days. Beyond it six digits lead nowhere for a day, and the codes that are
shown have twelve: who has six asks for a new code on the other screen, and goes on. Of twelve digits one guess in 20,000,000,000
finds a draft: a thousand a second, day and night, find one in 231 days. So those are not counted, and nobody can use them up.

One network that has had its own share, 20 in ten minutes, is the only one whose six digits lead nowhere until the ten minutes are
over; what is shown meanwhile, and in the next ten, has twelve, so that its neighbours go on as well.
"""

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)
WINDOW, A_DAY = 600, 86400
FOR_ONE = 6
"""Wrong codes of six digits that one visit may try in a window."""
FOR_PLACE = 20
"""The same for all visits from one network: a library, or those whom a telephone company gives one address."""
FOR_ALL, FOR_DAY = 30, 300
"""The same for everybody together, in a window and in a day."""
EVERYBODY, OVER = "*", "+"
"""Under what is counted how often everybody has tried, and how many visits and networks have had their share."""


async def count(tx: Transaction, session: str, place: str, now: int) -> bool:
    """Count one more try of six digits by this visit, from this network if it is known; whether they may lead somewhere.

    Who is over one share does not count towards the next. The rows of the counts serialise tries: two at the same time cannot both
    be the last one.
    """
    if await _shut(tx, now):
        return False
    since = now - now % WINDOW
    for who, most in _counted(tx, session, place):
        tried = await _one_more(tx, who, since)
        if tried == most + 1 and who != EVERYBODY:
            await _one_more(tx, OVER, since)
        if tried > most:
            return False
    return True


async def forgive(tx: Transaction, session: str, place: str, now: int) -> None:
    """A right code is no guess."""
    since = now - now % WINDOW
    for who, _ in _counted(tx, session, place):
        await tx.execute(SQL.forgive_guess, who=who, since=since)


async def are_many(tx: Transaction, now: int) -> bool:
    """Whether six digits lead nowhere for somebody, so that codes should be longer."""
    this = now - now % WINDOW
    over = await tx.row(SQL.tried, who=OVER, since=this - WINDOW)
    return bool(over and over[0]) or await _shut(tx, now)


async def _shut(tx: Transaction, now: int) -> bool:
    """Whether everybody together has tried too many, in a day or at any time of it."""
    row = await tx.row(SQL.tried, who=EVERYBODY, since=now - A_DAY)
    assert row is not None
    together, most = row
    return bool(together > FOR_DAY or most > FOR_ALL)


def _counted(tx: Transaction, session: str, place: str) -> tuple[tuple[str, int], ...]:
    """Who is counted, and how much each may. The network is kept as a mark, not in the clear."""
    places = ((tx.keys.current.digest(place), FOR_PLACE),) if place else ()
    return ((session, FOR_ONE), *places, (EVERYBODY, FOR_ALL))


async def _one_more(tx: Transaction, who: str, since: int) -> int:
    row = await tx.row(SQL.count_guess, who=who, since=since)
    assert row is not None
    return int(row[0])
