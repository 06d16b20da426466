"""Dates in opening hours, `Dec 24`, `Dec 24-26`, `May-Sep`, `easter`: evaluated by the opening-hours library."""

import re
from datetime import date, datetime
from functools import lru_cache

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # missing in its stubs

_RIGHT = "write dates like `Dec 24`, `Dec 24-26`, `2026 Dec 24` or, for a season, `May-Sep`"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_DAYS = re.compile(rf"({'|'.join(MONTHS)}) (\d+)(?:-(\d+)\b(?! *(?:{'|'.join(MONTHS)})))?")
_LEAP_YEAR = 2028
_DAY = re.compile(r"\b\d{1,2}\b|easter")


def check_dates(text: str) -> None:
    """Raise ValueError, with a message for the author, if these are not dates."""
    try:
        _rule(text)
    except ParserError:
        raise ValueError(f"cannot read the dates `{text}`: {_RIGHT}") from None
    # The library takes a day that does not exist for every day of the year.
    for month, *days in _MONTH_DAYS.findall(text):
        for day in filter(None, days):
            try:
                date(_LEAP_YEAR, MONTHS.index(month) + 1, int(day))
            except ValueError:
                raise ValueError(f"there is no {month} {day}: {_RIGHT}") from None


def is_season(text: str) -> bool:
    """Return whether dates are whole months, and not single days."""
    return not _DAY.search(text)


@lru_cache(maxsize=1024)
def days_of(text: str, year: int) -> frozenset[date]:
    """Return the days of a year that some dates cover."""
    found = _rule(text).intervals(datetime(year, 1, 1), datetime(year + 1, 1, 1))
    starts = ((start.date(), (end or datetime(year + 1, 1, 1)).date(), state) for start, end, state, _ in found)
    return frozenset(
        date.fromordinal(day)
        for first, end, state in starts
        if str(state) == "open"
        for day in range(first.toordinal(), end.toordinal())
    )


def _rule(text: str) -> OpeningHours:
    return OpeningHours(f"{text} 00:00-24:00", auto_country=False, auto_timezone=False)
