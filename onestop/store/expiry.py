"""Erasure of expired data: first the keys of everything that is due, then the rows, which nobody can decrypt any more, in batches."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from onestop.store.database import Database, Row, Transaction
from onestop.store.queries import Query, read_queries
from onestop.store.tables import network_counts, photos, sessions

SQL = read_queries(__file__)
BATCH = 200
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
    given_up: Counter[tuple[str, str]] = field(default_factory=Counter)


async def erase_expired(database: Database, now: int) -> ErasedCounts:
    """Erase what is due at `now`. Several servers may do it at the same time."""
    ended = await _in_batches(database, SQL.late_sessions, now, lambda tx, session: sessions.end(tx, session, now))
    await database.run(lambda tx: _erase_keys(tx, now))
    drafts = await _in_batches(database, SQL.late_drafts, now, _drop_draft)
    cases = await _in_batches(database, SQL.late_cases, now, _drop_case)
    undelivered = await database.read(lambda tx: tx.row(SQL.undelivered, now=now))
    assert undelivered is not None
    # Even if nothing was due: drafts that residents have discarded may still be in the log.
    await database.truncate_log()
    given_up = Counter(
        {(journey, channel): n for (journey, channel, standing), n in drafts.items() if standing != "done"}
    )
    return ErasedCounts(ended.total(), drafts.total(), cases.total(), undelivered[0], given_up)


async def _erase_keys(tx: Transaction, now: int) -> None:
    await tx.execute(SQL.keys_of_drafts, now=now)
    await tx.execute(SQL.keys_of_sessions, now=now)
    await tx.execute(SQL.keys_of_cases, now=now)
    await tx.execute(SQL.drop_codes, before=now - DAY)
    await tx.execute(SQL.drop_guesses, before=now - DAY)
    await tx.execute(SQL.keys_of_homes, now=now)
    await tx.execute(SQL.drop_homes, now=now)
    await tx.execute(SQL.drop_network_counts, before=now - network_counts.HOUR, day_before=now - network_counts.DAY)
    await tx.execute(SQL.drop_staff_sessions, now=now)
    await tx.execute(SQL.drop_sign_in_attempts, before=now - DAY)
    await tx.execute(SQL.drop_spent_challenges, now=now)
    await tx.execute(SQL.drop_previous_secrets, before=now - sessions.GRACE)
    await tx.execute(SQL.drop_previous_form_keys, before=now - sessions.FORM_GRACE)


async def _drop_draft(tx: Transaction, draft: str) -> None:
    await photos.erase_all(tx, draft)
    await tx.execute(SQL.drop_draft, id=draft)


async def _drop_case(tx: Transaction, case: str) -> None:
    await photos.erase_all(tx, case)
    await tx.execute(SQL.drop_case, id=case)


async def _in_batches(
    database: Database, late: Query, now: int, drop: Callable[[Transaction, str], Awaitable[None]]
) -> Counter[Row]:
    """Drop what is late; return how many there were by what the query finds besides the id."""

    async def drop_batch(tx: Transaction) -> Counter[Row]:
        rows = await tx.rows(late, now=now, most=BATCH)
        for row, *_ in rows:
            await drop(tx, row)
        return Counter(row[1:] for row in rows)

    dropped: Counter[Row] = Counter()
    while found := await database.run(drop_batch):
        dropped += found
    return dropped
