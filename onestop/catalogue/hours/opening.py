"""Whether a place is open at a moment, and when that changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from onestop.catalogue.hours.grammar import Hours, Spans
from onestop.catalogue.hours.holidays import Holidays

AHEAD = 370
"""Days to look ahead for the next change: a place may open on a single holiday of the year."""


@dataclass(frozen=True, slots=True)
class Opening:
    """`change` is when it next closes or opens, in UTC, or None if it does not within `AHEAD` days."""

    open: bool
    change: datetime | None


def opening(hours: Hours, now: datetime, zone: ZoneInfo, holidays: Holidays) -> Opening:
    """Return whether a place with these hours is open, in local time of `zone`. `now` is an aware datetime."""
    if hours.always:
        return Opening(True, None)
    today = now.astimezone(zone).date()
    end: datetime | None = None
    for start, finish in _spans_from(hours, today - timedelta(days=1), zone, holidays):
        if finish <= now:
            continue
        if end is None:
            if start > now:
                return Opening(False, start)
            end = finish
        elif start <= end:
            end = max(end, finish)
        else:
            return Opening(True, end)
    return Opening(end is not None, None)


def spans_on(day: date, hours: Hours, holidays: Holidays) -> Spans:
    return hours.on(day, bank_holiday=day in holidays)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment of a day of `zone`, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _spans_from(hours: Hours, first: date, zone: ZoneInfo, holidays: Holidays) -> Iterator[tuple[datetime, datetime]]:
    days = (first + timedelta(days=ahead) for ahead in range(AHEAD))
    return chain.from_iterable(_moments(day, spans_on(day, hours, holidays), zone) for day in days)


def _moments(day: date, spans: Spans, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    for start, end in spans:
        yield _moment(day, start, zone), _moment(day, end, zone)


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Return the moment of a local time in UTC: 09:00 is 09:00 also on the day the clocks change."""
    days, rest = divmod(minutes, 24 * 60)
    on = day + timedelta(days=days)
    return datetime(on.year, on.month, on.day, *divmod(rest, 60), tzinfo=zone).astimezone(UTC)
