"""Opening hours in words: the table of the week, the next bank holidays, and whether a place is open now."""

from datetime import date, datetime, time, timedelta
from itertools import groupby

from onestop.catalogue.hours.dates import days_of
from onestop.catalogue.hours.grammar import DAY_LENGTH, Hours, Spans
from onestop.catalogue.hours.holidays import Holidays
from onestop.catalogue.hours.opening import midnight, opening, spans_on
from onestop.language import Words, translated

HOLIDAYS_AHEAD = 14
"""A bank holiday is shown from so many days before it."""

Rows = tuple[tuple[str, str], ...]


def status(hours: Hours, now: datetime, holidays: Holidays, words: Words) -> tuple[str, datetime | None]:
    """Return whether a place is open now, in words, and the moment at which those words expire, or None."""
    found = opening(hours, now, words.zone, holidays)
    today = now.astimezone(words.zone).date()
    if found.change is None:
        return (words("Open all day and night") if found.open else words("Closed")), None
    change = found.change.astimezone(words.zone)
    tomorrow = midnight(today + timedelta(days=1), words.zone)
    if found.open:
        return _open_until(change, today, words), min(found.change, tomorrow)
    closed = words("Closed now.")
    if today in holidays and hours.usual(today) and not spans_on(today, hours, holidays):
        closed = words("Closed for {holiday}.", holiday=translated(holidays[today], words.language))
    return f"{closed} {_opens(change, today, words)}", min(found.change, tomorrow)


def _open_until(change: datetime, today: date, words: Words) -> str:
    if change == midnight(today + timedelta(days=1), words.zone):
        return words("Open until midnight")
    if change.date() == today:
        return words("Open until {time} today", time=words.time(change))
    if change.date() == today + timedelta(days=1):
        return words("Open until {time} tomorrow", time=words.time(change))
    return words("Open all day and night")


def _opens(change: datetime, today: date, words: Words) -> str:
    ahead, at = (change.date() - today).days, words.time(change)
    if ahead == 0:
        return words("Opens at {time} today", time=at)
    if ahead == 1:
        return words("Opens at {time} tomorrow", time=at)
    if ahead < 7:
        return words("Opens at {time} on {day}", time=at, day=words.weekday(change.weekday()))
    return words("Opens at {time} on {day}", time=at, day=words.date(change.date()))


def week(hours: Hours, words: Words, today: date) -> Rows:
    """Return the rows of a week of this season, neighbouring days with the same hours in one, and a row for bank holidays."""
    if hours.always:
        return ((words("Every day"), words("Open all day and night")),)
    rows: list[tuple[str, str]] = []
    monday = today - timedelta(days=today.weekday())
    usual = [hours.usual(monday + timedelta(days=day)) for day in range(7)] if hours.dated else hours.week
    for spans, days in groupby(range(7), key=lambda day: usual[day]):
        rows.append((_days(tuple(days), words), _times(spans, words)))
    rows.append((words("Bank holidays"), _times(hours.holiday, words)))
    return tuple(rows)


def _days(days: tuple[int, ...], words: Words) -> str:
    if len(days) == 7:
        return words("Every day")
    if len(days) == 1:
        return words.weekday(days[0])
    if len(days) == 2:
        return words("{first} and {last}", first=words.weekday(days[0]), last=words.weekday(days[1]))
    return words("{first} to {last}", first=words.weekday(days[0]), last=words.weekday(days[-1]))


def _times(spans: Spans, words: Words) -> str:
    if not spans:
        return words("Closed")
    if spans == ((0, DAY_LENGTH),):
        return words("Open all day and night")
    both = (words("{start} to {end}", start=_time(start, words), end=_time(end, words)) for start, end in spans)
    return ", ".join(both)


def _time(minutes: int, words: Words) -> str:
    if minutes == DAY_LENGTH:
        return words("midnight")
    hours, rest = divmod(minutes % DAY_LENGTH, 60)
    return words.time(time(hours, rest))


def holidays_ahead(hours: Hours, now: datetime, holidays: Holidays, words: Words) -> tuple[Rows, datetime | None]:
    """Return rows of the next two weeks' bank holidays and special days that change the hours.

    Also returns when these rows or the week's change, in UTC, or None.
    """
    today = now.astimezone(words.zone).date()
    ahead = [day for day in _different(hours, holidays, today) if day >= today]
    near = [day for day in ahead if day <= today + timedelta(days=HOLIDAYS_AHEAD)]
    changes = [day + timedelta(days=1) for day in near[:1]]
    changes += [day - timedelta(days=HOLIDAYS_AHEAD) for day in ahead[len(near) : len(near) + 1]]
    if any(rule.season for rule in hours.dated):
        changes.append(today + timedelta(days=7 - today.weekday()))
    return _rows(hours, near, holidays, words), midnight(min(changes), words.zone) if changes else None


def _rows(hours: Hours, days: list[date], holidays: Holidays, words: Words) -> Rows:
    """Return one row for all days on which the place is closed, since over Christmas there are four, and one for each other."""
    closed = [day for day in days if not spans_on(day, hours, holidays)]
    rows = [(words("Closed on"), ", ".join(words.short_date(day) for day in closed))] if closed else []
    for day in days:
        if day not in closed:
            label = words.date(day)
            if day in holidays:
                label = words("{day} ({holiday})", day=label, holiday=translated(holidays[day], words.language))
            rows.append((label, _times(spans_on(day, hours, holidays), words)))
    return tuple(rows)


def _different(hours: Hours, holidays: Holidays, today: date) -> list[date]:
    """Return the bank holidays, and the special days of this and the next year, on which the hours are not the usual ones."""
    special = {
        day
        for rule in hours.dated
        if not rule.season
        for year in (today.year, today.year + 1)
        for day in days_of(rule.dates, year)
    }
    return [day for day in sorted({*holidays, *special}) if spans_on(day, hours, holidays) != hours.usual(day)]
