"""Which officers have a case open now: told to colleagues, so that two do not answer the same resident."""

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)
EVERY, LATE = 10, 25
"""Seconds between two notes of an open page, and after which it counts as closed without one."""


async def note(tx: Transaction, case: str, officer: str, now: int) -> None:
    """Note that an officer has the case open, and drop those who have left without saying so."""
    await tx.execute(SQL.note, case_id=case, officer=officer, now=now)
    await tx.execute(SQL.drop_late, case_id=case, before=now - LATE)


async def forget(tx: Transaction, case: str, officer: str) -> None:
    await tx.execute(SQL.forget, case_id=case, officer=officer)


async def viewers(tx: Transaction, case: str, but: str, now: int) -> tuple[str, ...]:
    """Return the names of the officers who have the case open, but one."""
    return tuple(row[0] for row in await tx.rows(SQL.viewers, case_id=case, but=but, since=now - LATE))
