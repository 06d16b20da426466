"""Erasure of expired data: first the keys of everything that is due, then the rows, which nobody can decrypt any more, in batches."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from onestop.store.database import Database, Transaction
from onestop.store.queries import Query, read_queries
from onestop.store.tables import events, photos, sessions

SQL = read_queries(__file__)
BATCH = 200
Counted = TypeVar("Counted")
JourneyOnChannel = tuple[str, str]
HOUR = 3600
DAY = 86400
"""Seconds for which an expired code is kept, so that its rejection can say that it has expired."""


@dataclass(frozen=True, slots=True)
class ErasedCounts:
    """How many were erased. `given_up` are the drafts that had not been sent, by journey and channel. `undelivered` cases are due too,
    but kept until their deliveries have ended.
    """

    sessions: int
    drafts: int
    cases: int
    undelivered: int
    given_up: Counter[JourneyOnChannel] = field(default_factory=Counter)


async def erase_expired(database: Database, now: int) -> ErasedCounts:
    """Erase what is due at `now`. Several servers may do it at the same time."""
    ended, _ = await _in_batches(database, SQL.late_sessions, now, lambda tx, session: sessions.end(tx, session, now))
    await database.run(lambda tx: _erase_keys(tx, now))
    drafts, kinds = await _in_batches(database, SQL.late_drafts, now, lambda tx, draft: _drop_draft(tx, draft, now))
    given_up = Counter({journey: times for journey, times in kinds.items() if journey})
    cases, _ = await _in_batches(database, SQL.late_cases, now, _drop_case)
    undelivered = await database.read(lambda tx: tx.row(SQL.undelivered, now=now))
    assert undelivered is not None
    # Even if nothing was due: drafts that residents have discarded may still be in the log.
    await database.truncate_log()
    return ErasedCounts(ended, drafts, cases, undelivered[0], given_up)


async def _erase_keys(tx: Transaction, now: int) -> None:
    await tx.execute(SQL.keys_of_drafts, now=now)
    await tx.execute(SQL.keys_of_sessions, now=now)
    await tx.execute(SQL.keys_of_cases, now=now)
    await tx.execute(SQL.drop_codes, before=now - DAY)
    await tx.execute(SQL.drop_guesses, before=now - DAY)
    await tx.execute(SQL.keys_of_homes, now=now)
    await tx.execute(SQL.drop_homes, now=now)
    await tx.execute(SQL.drop_network_counts, before=now - HOUR, day_before=now - DAY)
    await tx.execute(SQL.drop_staff_sessions, now=now)
    await tx.execute(SQL.drop_sign_in_attempts, before=now - DAY)
    await tx.execute(SQL.drop_spent_challenges, now=now)
    await tx.execute(SQL.drop_previous_secrets, before=now - sessions.GRACE)
    await events.drop_feedback(tx, now)
    await tx.execute(SQL.drop_previous_form_keys, before=now - sessions.FORM_GRACE)


async def _drop_draft(tx: Transaction, draft: str, now: int) -> JourneyOnChannel | None:
    """Erase a draft; return its journey and channel if it was given up: it had an answer and was not sent."""
    await photos.erase_all(tx, draft)
    row = await tx.row(SQL.drop_draft, id=draft)
    if row is None:
        # Another server has erased, and counted, it.
        return None
    journey, channel, last_ask, revision, standing = row
    if standing == "done" or not revision:
        return None
    await events.add_one(tx, journey, channel, "given up", last_ask, spread=draft, now=now)
    return journey, channel


async def _drop_case(tx: Transaction, case: str) -> None:
    await photos.erase_all(tx, case)
    await tx.execute(SQL.drop_case, id=case)


async def _in_batches(
    database: Database, late: Query, now: int, drop: Callable[[Transaction, str], Awaitable[Counted]]
) -> tuple[int, Counter[Counted]]:
    """Drop what is late; return how many there were, and what `drop` returned how often."""

    async def drop_batch(tx: Transaction) -> list[Counted]:
        return [await drop(tx, row) for row, *_ in await tx.rows(late, now=now, most=BATCH)]

    dropped: Counter[Counted] = Counter()
    while found := await database.run(drop_batch):
        dropped.update(found)
    return dropped.total(), dropped
