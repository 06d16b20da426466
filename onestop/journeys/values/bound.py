"""Dates as an author writes them: a date, today, or so many days, weeks, months or years from today."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_RELATIVE = re.compile(r"([+-]?\d{1,5}) (day|week|month|year)s?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
UNITS = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "year": (0, 12)}
FARTHEST = 150 * 372
"""The most days that a bound may be from today."""
RIGHT = "write today, -30 days, 6 months or a date like 2026-09-01"


@dataclass(frozen=True, slots=True)
class Bound:
    """A fixed `day`, or `days` and `months` from today."""

    day: date | None = None
    days: int = 0
    months: int = 0

    def on(self, today: date) -> date:
        """Return the date, given today's."""
        if self.day:
            return self.day
        whole = today.year * 12 + today.month - 1 + self.months
        year, month = min(max(whole // 12, 1), 9998), whole % 12 + 1
        there = date(year, month, min(today.day, monthrange(year, month)[1]))
        return there + timedelta(self.days)


def parse_bound(text: str) -> Bound | None:
    """Return the bound that the text says, or None."""
    if text == "today":
        return Bound()
    if _DATE.fullmatch(text):
        try:
            return Bound(date.fromisoformat(text))
        except ValueError:
            return None
    found = _RELATIVE.fullmatch(text)
    if not found:
        return None
    number, unit = int(found[1]), found[2]
    days, months = UNITS[unit]
    if abs(number) * (days + months * 31) > FARTHEST:
        return None
    return Bound(days=number * days, months=number * months)
