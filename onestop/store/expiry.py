"""Erasing on time: first the keys of everything that is due, then, a few rows at a time, what nobody can read any more."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from onestop.store.database import Database, Transaction
from onestop.store.queries import Query, read_queries
from onestop.store.tables import photos, sessions

SQL = read_queries(__file__)
AT_ONCE = 200
A_DAY = 86400
"""How long a code that has ended is remembered, to say so to whoever still keys it in."""


@dataclass(frozen=True, slots=True)
class ErasedCounts:
    """How many were erased; `held_up` are cases past their time that have not reached a desk yet."""

    sessions: int
    drafts: int
    cases: int
    held_up: int


async def erase_expired(database: Database, now: int) -> ErasedCounts:
    """Erase what is due. Several servers may do it at the same time."""
    ended = await _in_batches(database, SQL.late_sessions, now, lambda tx, session: sessions.end(tx, session, now))
    await database.run(lambda tx: _keys(tx, now))
    drafts = await _in_batches(database, SQL.late_drafts, now, _drop_draft)
    cases = await _in_batches(database, SQL.late_cases, now, _drop_case)
    held_up = await database.read(lambda tx: tx.row(SQL.held_up, now=now))
    assert held_up is not None
    # Also if nothing was due: what a resident has given up themselves may be left where it stood.
    await database.truncate_log()
    return ErasedCounts(ended, drafts, cases, held_up[0])


async def _keys(tx: Transaction, now: int) -> None:
    await tx.execute(SQL.keys_of_drafts, now=now)
    await tx.execute(SQL.keys_of_sessions, now=now)
    await tx.execute(SQL.keys_of_cases, now=now)
    await tx.execute(SQL.drop_codes, before=now - A_DAY)
    await tx.execute(SQL.drop_guesses, before=now - A_DAY)


async def _drop_draft(tx: Transaction, draft: str) -> None:
    await photos.erase_all(tx, draft)
    await tx.execute(SQL.drop_draft, id=draft)


async def _drop_case(tx: Transaction, case: str) -> None:
    await photos.erase_all(tx, case)
    await tx.execute(SQL.drop_case, id=case)


async def _in_batches(
    database: Database, late: Query, now: int, drop: Callable[[Transaction, str], Awaitable[None]]
) -> int:
    async def some(tx: Transaction) -> int:
        rows = await tx.rows(late, now=now, most=AT_ONCE)
        for (row,) in rows:
            await drop(tx, row)
        return len(rows)

    dropped = 0
    while (found := await database.run(some)) > 0:
        dropped += found
    return dropped
