"""The collections of an address as a calendar (RFC 5545): one all-day event a bin, and the same UID when its day is moved."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from onestop.language import Words, translated
from onestop.rounds.schedule import Collection, Schedule

BEHIND, AHEAD = timedelta(days=14), timedelta(days=365)
REFRESH = timedelta(hours=12)
AS_USUAL, MOVED, SUSPENDED = 0, 1, 2
"""The SEQUENCE of an event: it rises when the event changes."""


def calendar_of(schedule: Schedule, rounds: Sequence[str], today: date, words: Words, host: str, name: str) -> bytes:
    """Return the calendar of some rounds for a year from `today`. The same day gives the same bytes."""
    made = Calendar()
    made.add("PRODID", f"-//{host}//Collections//{words.language.upper()}")
    made.add("VERSION", "2.0")
    made.add("METHOD", "PUBLISH")
    made.add("X-WR-CALNAME", name)
    made.add("REFRESH-INTERVAL", REFRESH, {"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", "PT12H")
    for one in schedule.collections(rounds, today - BEHIND, today + AHEAD):
        made.add_component(_event(schedule, one, today, words, host))
    return bytes(made.to_ical())


def _event(schedule: Schedule, one: Collection, today: date, words: Words, host: str) -> Event:
    bin_ = schedule.bins[one.bin]
    event = Event()
    # The usual day and not the present one: a moved event must replace the one before.
    event.add("UID", f"{one.round}-{one.bin}-{one.usual.isoformat()}@{host}")
    event.add("DTSTAMP", datetime.combine(today, time(), UTC))
    event.add("DTSTART", one.day)
    event.add("DTEND", one.day + timedelta(days=1))
    event.add("SUMMARY", translated(bin_.names, words.language))
    event.add("TRANSP", "TRANSPARENT")
    event.add("SEQUENCE", SUSPENDED if one.suspended else MOVED if one.day != one.usual else AS_USUAL)
    event.add("STATUS", "CANCELLED" if one.suspended else "CONFIRMED")
    if about := _about(one, words, translated(bin_.holds, words.language) if bin_.holds else ""):
        event.add("DESCRIPTION", about)
    return event


def _about(one: Collection, words: Words, holds: str) -> str:
    moved = words("Instead of {date}", date=words.date(one.usual)) if one.day != one.usual else ""
    why = translated(one.suspended.why, words.language) if one.suspended else ""
    return ". ".join(filter(None, (why, moved, holds)))
