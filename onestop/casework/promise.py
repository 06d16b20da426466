"""By when a case is to be done: the end of a working day."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CLOSING = time(17)
"""When a working day ends, in local time."""
SATURDAY = 5


def promised_by(start: int, zone: ZoneInfo, days: int, holidays: Container[date]) -> int:
    """Return the end of the working day that is so many working days after `start`, both in seconds since 1970; 0 if `days` is 0."""
    if not days:
        return 0
    day = datetime.fromtimestamp(start, zone).date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY and day not in holidays
    return int(datetime.combine(day, CLOSING, zone).timestamp())
