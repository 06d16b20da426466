"""Page views of services, by channel and day. Nothing about who opened them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)


@dataclass(frozen=True, slots=True)
class VisitCount:
    channel: str
    service: str
    times: int


async def add(tx: Transaction, day: date, opened: Mapping[tuple[str, str], int]) -> None:
    """Add the counts of one day, by channel and service."""
    # Sorted, so that two processes lock rows in the same order: no deadlock.
    for (channel, service), times in sorted(opened.items()):
        await tx.execute(SQL.add_visits, day=day.isoformat(), channel=channel, service=service, times=times)


async def between(tx: Transaction, first: date, last: date) -> tuple[VisitCount, ...]:
    """Return the counts from the first day to the last, the highest first."""
    rows = await tx.rows(SQL.visits_between, first=first.isoformat(), last=last.isoformat())
    return tuple(VisitCount(*row) for row in rows)
