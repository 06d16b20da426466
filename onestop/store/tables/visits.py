"""How often each service was opened, by channel and day; nothing about who opened it."""

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
    """Add what was opened on `day`, by channel and service."""
    # In one order everywhere: two processes that add the same ones do not wait for each other in a circle.
    for (channel, service), times in sorted(opened.items()):
        await tx.execute(SQL.add_visits, day=day.isoformat(), channel=channel, service=service, times=times)


async def between(tx: Transaction, first: date, last: date) -> tuple[VisitCount, ...]:
    """What was opened from the first day to the last, the most opened first."""
    rows = await tx.rows(SQL.visits_between, first=first.isoformat(), last=last.isoformat())
    return tuple(VisitCount(*row) for row in rows)
