"""How often each service was opened, by channel and day; nothing about who opened it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import aiosql
import aiosqlite

from onestop.store.database import transaction

QUERIES = aiosql.from_path(Path(__file__).parent / "visits.sql", "aiosqlite")


@dataclass(frozen=True, slots=True)
class Visited:
    channel: str
    service: str
    times: int


async def add(connection: aiosqlite.Connection, day: date, opened: Mapping[tuple[str, str], int]) -> None:
    """Add what was opened on `day`, by channel and service. On the disk when this returns."""
    if not opened:
        return
    async with transaction(connection):
        for (channel, service), times in opened.items():
            await QUERIES.add_visits(connection, day=day.isoformat(), channel=channel, service=service, times=times)


async def between(connection: aiosqlite.Connection, first: date, last: date) -> tuple[Visited, ...]:
    """What was opened from the first day to the last, the most opened first."""
    rows = [row async for row in QUERIES.visits_between(connection, first=first.isoformat(), last=last.isoformat())]
    return tuple(Visited(*row) for row in rows)
