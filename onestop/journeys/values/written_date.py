"""Dates as people write them, in English and in Welsh."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Missing = Literal["all", "day", "month", "year", "unreal"]

_MONTHS = (
    "january jan ionawr ion",
    "february feb chwefror chwef chwe chw",
    "march mar mawrth maw fawrth",
    "april apr ebrill ebr",
    "may mai fai",
    "june jun mehefin meh fehefin",
    "july jul gorffennaf gorff gor orffennaf ngorffennaf",
    "august aug awst aws",
    "september sept sep medi fedi",
    "october oct hydref hyd",
    "november nov tachwedd tach dachwedd nhachwedd",
    "december dec rhagfyr rhag rha ragfyr",
)
"""The names, also as they begin after "o" and "yn" in Welsh: 3 o Ragfyr."""
_WEEKDAYS = (
    "monday mon llun",
    "tuesday tue tues mawrth",
    "wednesday wed weds mercher",
    "thursday thu thur thurs iau",
    "friday fri gwener",
    "saturday sat sadwrn",
    "sunday sun sul",
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
RELATIVE = {"today": 0, "heddiw": 0, "yesterday": -1, "ddoe": -1, "tomorrow": 1, "yfory": 1, "fory": 1}
_PART = re.compile(r"[0-9]+|[^\W\d_]+")
_ORDINAL = re.compile(r"(?<=[0-9])\s?(?:st|nd|rd|th|af|ail|il|ydd|edd|fed|ed|eg|ain)(?![^\W_])")
_IGNORED = re.compile(r"(?<![^\W_])(?:of|o|on|the|yr?|dydd|[fm]is)(?![^\W_])")
"""Words without a meaning of their own. Beside a digit they are none: 3O is no 3."""
_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Span:
    """The dates that are allowed. They decide which century a year of two digits is in."""

    earliest: date
    latest: date

    def __contains__(self, day: date) -> bool:
        return self.earliest <= day <= self.latest


def read_date(day: str, month: str, year: str, span: Span, today: date) -> date | Missing:
    """Return the date, or which part is missing or "unreal". A whole date may be written in the field of the day."""
    if not month and not year:
        return _read_whole(day, span, today)
    needed: tuple[tuple[str, Missing], ...] = ((day, "day"), (month, "month"), (year, "year"))
    for part, name in needed:
        if not _PART.search(part):
            return name
    parts = [_parts(part) for part in (day, month, year)]
    if any(len(part) != 1 for part in parts):
        return "unreal"
    return _existing(parts[0][0], parts[1][0], parts[2][0], span)


def wrong_parts(what: Missing, day: str, month: str, year: str) -> tuple[str, ...]:
    """Return which of the three fields to mend; () for all of them. A day that its month does not have is the day's fault."""
    if what in ("day", "month", "year"):
        texts = {"day": day, "month": month, "year": year}
        later = tuple(texts)[tuple(texts).index(what) :]
        return tuple(part for part in later if part == what or not _PART.search(texts[part]))
    if what == "all" or not (month or year):
        return ()
    right = {
        "day": day.isdecimal() and len(day) <= 2 and 1 <= int(day) <= 31,
        "month": month.lower() in MONTHS or (month.isdecimal() and len(month) <= 2 and 1 <= int(month) <= 12),
        "year": year.isdecimal() and len(year) in (2, 4),
    }
    return tuple(part for part, is_right in right.items() if not is_right) or ("day",)


def _read_whole(text: str, span: Span, today: date) -> date | Missing:
    folded = text.strip().lower()
    if folded in RELATIVE:
        return today + timedelta(RELATIVE[folded])
    digits = _DIGITS.fullmatch(folded)
    parts = list(digits.groups()) if digits else _parts(folded)
    if not parts:
        return "all"
    if len(parts) == 1:
        return "month" if parts[0].isdecimal() else "unreal"
    if len(parts) == 2:
        return "year" if any(part.isdecimal() for part in parts) else "unreal"
    weekday, parts = _without_weekday(parts)
    if len(parts) != 3:
        return "unreal"
    found = _in_any_order(parts[0], parts[1], parts[2], span)
    wrong = weekday is not None and not isinstance(found, str) and found.weekday() != weekday
    return "unreal" if wrong else found


def _without_weekday(parts: list[str]) -> tuple[int | None, list[str]]:
    """Return the weekday before or behind a date, and the other parts. "Mawrth" is a Tuesday, or March."""
    if len(parts) == 4:
        for at, others in ((0, parts[1:]), (-1, parts[:-1])):
            if parts[at] in WEEKDAYS:
                return WEEKDAYS[parts[at]], others
    return None, parts


def _in_any_order(first: str, second: str, third: str, span: Span) -> date | Missing:
    if len(first) == 4 and first.isdecimal():
        return _existing(third, second, first, span)
    if first in MONTHS:
        return _existing(second, first, third, span)
    return _existing(first, second, third, span)


def _parts(text: str) -> list[str]:
    return _PART.findall(_IGNORED.sub(" ", _ORDINAL.sub(" ", text.lower())))


def _existing(day: str, month: str, year: str, span: Span) -> date | Missing:
    number = MONTHS.get(month) or (int(month) if month.isdecimal() and len(month) <= 2 else 0)
    if not (day.isdecimal() and len(day) <= 2 and number and year.isdecimal() and len(year) in (2, 4)):
        return "unreal"
    years = [int(year)] if len(year) == 4 else [2000 + int(year), 1900 + int(year)]
    found = [real for one in years if (real := _date(one, number, int(day)))]
    return next((real for real in found if real in span), found[0] if found else "unreal")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
