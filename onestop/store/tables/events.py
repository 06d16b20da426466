"""Counts of events by day (UTC), subject and channel, added in the transaction that makes them. Nothing about who made them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zlib import crc32

from onestop.figures.event import NO, YES, Event, EventKind
from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)
SLOTS = 16
"""Rows that one count is spread over, so that transactions of several servers seldom wait for the same one."""
FEEDBACK_SECONDS = 86400
"""Seconds for which a visitor's second answer to "Did this help?" is not counted."""


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How often an event happened in a month ("2026-11")."""

    month: str
    event: Event
    times: int


async def add(tx: Transaction, events: Mapping[Event, int], spread: str, now: int) -> None:
    """Add events that happened `now`; `spread` is an id of what they happened to, and is not stored."""
    day, slot = datetime.fromtimestamp(now, UTC).date().isoformat(), crc32(spread.encode()) % SLOTS
    # Sorted, so that two processes lock rows in the same order: no deadlock.
    for event, times in sorted(events.items()):
        await tx.execute(
            SQL.add_event,
            day=day, subject=event.subject, channel=event.channel, event=event.kind, detail=event.detail,
            slot=slot, times=times,
        )  # fmt: skip


async def add_one(
    tx: Transaction, subject: str, channel: str, kind: EventKind, detail: str = "", *, spread: str, now: int
) -> None:
    await add(tx, {Event(subject, channel, kind, detail): 1}, spread, now)


async def first_contact(tx: Transaction, subject: str, channel: str, case: str, now: int, *, resolved: bool) -> None:
    """Count an officer's finding whether a case was resolved at first contact. The caller sees that each is counted once."""
    await add_one(tx, subject, channel, "first contact", YES if resolved else NO, spread=case, now=now)


async def feedback(tx: Transaction, subject: str, channel: str, visitor: str, now: int, *, helped: bool) -> bool:
    """Count a visitor's answer to "Did this help?" and return True; False if they have answered it today."""
    mark = tx.keys.current.digest(f"feedback {visitor}")
    if not await tx.execute(SQL.add_feedback, visitor=mark, subject=subject, expires=now + FEEDBACK_SECONDS):
        return False
    await add_one(tx, subject, channel, "helped", YES if helped else NO, spread=mark, now=now)
    return True


async def by_month(tx: Transaction, first: date, last: date) -> tuple[MonthCount, ...]:
    """Return the counts of the days from `first` to `last`, by month."""
    rows = await tx.rows(SQL.events_by_month, first=first.isoformat(), last=last.isoformat())
    return tuple(MonthCount(month, Event(*event), times) for month, *event, times in rows)


async def feedback_since(tx: Transaction, first: date, most: int) -> tuple[tuple[str, int, int], ...]:
    """Return subjects with how often they helped and did not since a day, those that helped least often first."""
    rows = await tx.rows(SQL.feedback_since, first=first.isoformat(), most=most)
    return tuple((subject, yes, no) for subject, yes, no in rows)


async def by_day(tx: Transaction, first: date, last: date) -> tuple[Mapping[Event, int], ...]:
    """Return the counts of each day from `first` to `last` that has any, in order."""
    days: dict[str, dict[Event, int]] = {}
    for day, *event, times in await tx.rows(SQL.events_by_day, first=first.isoformat(), last=last.isoformat()):
        days.setdefault(day, {})[Event(*event)] = times
    return tuple(days.values())


async def drop_feedback(tx: Transaction, now: int) -> None:
    """Forget who has said whether a page helped, once it does not count any more."""
    await tx.execute(SQL.drop_feedback, now=now)


async def drop_before(tx: Transaction, day: date) -> None:
    await tx.execute(SQL.drop_events, before=day.isoformat())
