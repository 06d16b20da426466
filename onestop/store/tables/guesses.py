"""Limits on guessing hand-over codes and second facts, counted in the database so that they hold for all servers.

With 50 valid codes, one guess of six digits in 20,000 finds a draft. All sessions together may enter 30 wrong codes in ten minutes
and 300 a day: an attacker who stays below that finds one draft in 67 days. Beyond it, six-digit codes are blocked for a day and new codes
have twelve digits: a resident with a six-digit code must ask for a new one on the other screen. One guess of twelve digits in
20,000,000,000 finds a draft: a thousand a second find one in 231 days. They are therefore neither counted nor blocked.

A network that has entered 20 wrong codes in ten minutes is blocked alone until the ten minutes are over. Codes shown meanwhile, and in
the following ten minutes, have twelve digits, so that its other residents are not blocked.

The second fact of a reference is limited too. A reference is one of 900,000,000, and its PIN one of 10,000: with 100,000 cases one guess in
90,000,000 finds one. A network may guess 20 times in ten minutes, and all of them together 600 times; but the first guess of a network in
ten minutes is always allowed, so that strangers cannot shut residents out. A reference that is known may be guessed at 5 times in ten
minutes and 20 times a day, whether it exists or not: a PIN is found in 250 days. The ticket in the code on a receipt cannot be guessed.
"""

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)
WINDOW, A_DAY = 600, 86400
FOR_ONE = 6
"""Wrong six-digit codes that one session may enter in a window."""
FOR_PLACE = 20
"""The same for all sessions of one network, such as a library or a phone company's shared address."""
FOR_ALL, FOR_DAY = 30, 300
"""The same for all sessions together, in a window and in a day."""
EVERYBODY, OVER = "*", "+"
"""The rows that count all tries, and how many sessions and networks have exceeded their limit."""

FACTS_FOR_NETWORK, FACTS_FOR_ALL, FACTS_FOR_REFERENCE, FACTS_A_DAY = 20, 600, 5, 20
"""Wrong second facts of one network, of all together and of one reference in a window, and of one reference in a day."""
ALL_FACTS = "tracking *"


async def count(tx: Transaction, session: str, place: str, now: int) -> bool:
    """Count one try of a six-digit code by a session and its network, if known; return whether the try is allowed.

    A try over one limit does not count towards the next. The row locks serialise tries: two at the same time cannot both be the
    last one allowed.
    """
    if await _blocked(tx, now):
        return False
    since = now - now % WINDOW
    for who, most in _limits(tx, session, place):
        tried = await _one_more(tx, who, since)
        if tried == most + 1 and who != EVERYBODY:
            await _one_more(tx, OVER, since)
        if tried > most:
            return False
    return True


async def forgive(tx: Transaction, session: str, place: str, now: int) -> None:
    """Take back one count: the code was right."""
    since = now - now % WINDOW
    for who, _ in _limits(tx, session, place):
        await tx.execute(SQL.forgive_guess, who=who, since=since)


async def are_many(tx: Transaction, now: int) -> bool:
    """Return whether six-digit codes are blocked for anybody, so that new codes should be longer."""
    this = now - now % WINDOW
    over = await tx.row(SQL.tried, who=OVER, since=this - WINDOW)
    return bool(over and over[0]) or await _blocked(tx, now)


async def count_fact(tx: Transaction, network: str, reference: str, now: int) -> bool:
    """Count one guess from a network, "" if it is unknown; return whether it may be tried."""
    since, first = now - now % WINDOW, False
    if network:
        tried = await _one_more(tx, _fact_row(tx, network), since)
        if tried > FACTS_FOR_NETWORK:
            return False
        first = tried == 1
    if not first and await _one_more(tx, ALL_FACTS, since) > FACTS_FOR_ALL:
        return False
    row = await tx.row(SQL.tried, who=_fact_row(tx, reference), since=now - A_DAY)
    assert row is not None
    return row[0] < FACTS_A_DAY and await _one_more(tx, _fact_row(tx, reference), since) <= FACTS_FOR_REFERENCE


async def forgive_fact(tx: Transaction, network: str, reference: str, now: int) -> None:
    """Take back one count: the second fact was right."""
    since = now - now % WINDOW
    for who in (*((_fact_row(tx, network),) if network else ()), _fact_row(tx, reference)):
        await tx.execute(SQL.forgive_guess, who=who, since=since)


def _fact_row(tx: Transaction, whose: str) -> str:
    return tx.keys.current.digest(f"tracking {whose}")


async def _blocked(tx: Transaction, now: int) -> bool:
    """Return whether all sessions together are over a limit."""
    row = await tx.row(SQL.tried, who=EVERYBODY, since=now - A_DAY)
    assert row is not None
    together, most = row
    return bool(together > FOR_DAY or most > FOR_ALL)


def _limits(tx: Transaction, session: str, place: str) -> tuple[tuple[str, int], ...]:
    """Return the rows to count in and their limits. The network is stored as a keyed digest."""
    places = ((tx.keys.current.digest(place), FOR_PLACE),) if place else ()
    return ((session, FOR_ONE), *places, (EVERYBODY, FOR_ALL))


async def _one_more(tx: Transaction, who: str, since: int) -> int:
    row = await tx.row(SQL.count_guess, who=who, since=since)
    assert row is not None
    return int(row[0])
