"""The grammar of opening hours: `Mo-Fr 09:00-17:00; Sa 09:00-12:30; PH off; Dec 24 off`, a subset of OpenStreetMap's."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from onestop.catalogue.hours.dates import MONTHS, check_dates, days_of, is_season

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_LENGTH = 24 * 60

_RULE = re.compile(r"^(?P<days>[A-Za-z]{2}(?:[-,][A-Za-z]{2})*) +(?P<times>\S.*)$")
_DATED = re.compile(
    rf"^(?P<dates>(?:\d{{4}}\b *)?(?:{'|'.join(MONTHS)}|easter)\b.*?) +(?P<rest>(?:[A-Z][a-z][-, ]|\d\d?:|off$|closed$).*)$"
)
_TIME = re.compile(r"^([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$")
_RIGHT = "write hours like `Mo-Fr 08:30-17:00; Sa 09:00-12:30; PH off` or `24/7`"

Spans = tuple[tuple[int, int], ...]
"""Start and end of each opening of a day, in minutes from midnight. One that ends the next morning ends after 24:00."""


@dataclass(frozen=True, slots=True)
class DatedHours:
    """The openings of some weekdays, numbered from Monday as 0, within some dates."""

    dates: str
    days: tuple[int, ...]
    spans: Spans

    @property
    def season(self) -> bool:
        return is_season(self.dates)

    def covers(self, day: date) -> bool:
        return day.weekday() in self.days and day in days_of(self.dates, day.year)


@dataclass(frozen=True, slots=True)
class Hours:
    """The openings of each weekday, Monday first, of bank holidays, and of special days and seasons. () is closed all day."""

    week: tuple[Spans, ...]
    holiday: Spans = ()
    dated: tuple[DatedHours, ...] = ()

    def on(self, day: date, *, bank_holiday: bool) -> Spans:
        """Return the openings of a day. A special day overrides a bank holiday, and that a season; the last rule counts."""
        spans = self.holiday if bank_holiday else self.week[day.weekday()]
        for rule in self.dated:
            if not (bank_holiday and rule.season) and rule.covers(day):
                spans = rule.spans
        return spans

    def usual(self, day: date) -> Spans:
        """Return the openings of the weekday of `day` in the season of `day`, as if it were no special day."""
        spans = self.week[day.weekday()]
        for rule in self.dated:
            if rule.season and rule.covers(day):
                spans = rule.spans
        return spans

    @property
    def always(self) -> bool:
        return not self.dated and all(spans == ((0, DAY_LENGTH),) for spans in (*self.week, self.holiday))


@lru_cache(maxsize=4096)
def parse_hours(text: str) -> Hours:
    """Parse opening hours. Raises ValueError with a message for the author."""
    week: list[Spans] = [()] * 7
    holiday: Spans = ()
    dated: list[DatedHours] = []
    rules = [rule.strip() for rule in text.split(";")]
    if rules[0] == "24/7":
        week, holiday, rules = [((0, DAY_LENGTH),)] * 7, ((0, DAY_LENGTH),), rules[1:]
    for rule in rules:
        if found := _DATED.match(rule):
            dated.append(_dated(found["dates"], found["rest"]))
            continue
        matched = _RULE.match(rule)
        if not matched:
            raise ValueError(f"cannot read the hours `{rule}`: {_RIGHT}")
        spans = _spans(matched["times"])
        if matched["days"] == "PH":
            holiday = spans
        else:
            for day in _days(matched["days"]):
                week[day] = spans
    return Hours(tuple(week), holiday, tuple(dated))


def _dated(dates: str, rest: str) -> DatedHours:
    check_dates(dates)
    matched = _RULE.match(rest)
    if matched:
        return DatedHours(dates, _days(matched["days"]), _spans(matched["times"]))
    return DatedHours(dates, tuple(range(7)), _spans(rest))


def _days(text: str) -> tuple[int, ...]:
    days: list[int] = []
    for part in text.split(","):
        first, *last = (_day(name) for name in part.split("-"))
        if len(last) > 1:
            raise ValueError(f"cannot read the days `{part}`: {_RIGHT}")
        end = last[0] if last else first
        days += range(first, end + 1) if first <= end else (*range(first, 7), *range(end + 1))
    return tuple(days)


def _day(name: str) -> int:
    if name not in DAYS:
        raise ValueError(f"`{name}` is not a day: the days are {' '.join(DAYS)}, and PH for bank holidays")
    return DAYS.index(name)


def _spans(text: str) -> Spans:
    if text in ("off", "closed"):
        return ()
    spans = sorted(_span(part.strip()) for part in text.split(","))
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            raise ValueError(f"the times `{text}` overlap: each must begin after the one before has ended")
    return tuple(spans)


def _span(text: str) -> tuple[int, int]:
    matched = _TIME.match(text)
    if not matched:
        raise ValueError(f"cannot read the time `{text}`: {_RIGHT}")
    hours, minutes, end_hours, end_minutes = (int(part) for part in matched.groups())
    start, end = hours * 60 + minutes, end_hours * 60 + end_minutes
    if start >= DAY_LENGTH or end > DAY_LENGTH or start == end:
        raise ValueError(f"the time `{text}` does not exist or lasts no time: {_RIGHT}")
    return (start, end if end > start else end + DAY_LENGTH)
