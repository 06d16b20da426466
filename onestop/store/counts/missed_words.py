"""Words that were searched for and not found, by month and language. Nothing about who searched."""

from collections.abc import Mapping
from dataclasses import dataclass

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)
MOST = 2000
"""The most words kept of one month."""


@dataclass(frozen=True, slots=True)
class MissedWord:
    language: str
    word: str
    times: int


async def add(tx: Transaction, month: str, missed: Mapping[tuple[str, str], int], oldest: str) -> None:
    """Add the counts of a month ("2026-11"), by language and word, and drop the months before `oldest`."""
    # Sorted, so that two processes lock rows in the same order: no deadlock.
    for (language, word), times in sorted(missed.items()):
        await tx.execute(SQL.add_missed, month=month, language=language, word=word, times=times, most=MOST)
    await tx.execute(SQL.drop_missed_before, month=oldest)


async def since(tx: Transaction, month: str, most: int) -> tuple[MissedWord, ...]:
    """Return the words missed since a month, the most frequent first."""
    return tuple(MissedWord(*row) for row in await tx.rows(SQL.missed_since, month=month, most=most))
