"""What moves or stops collections: bank holidays, weeks that are shifted, changed days, suspensions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onestop.language import Translations

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """After a bank holiday the rest of its week, Monday to Saturday, is `later` by so many days for each, and nothing moves to a bank
    holiday or a Sunday. `worked` are days that are worked as usual.
    """

    later: int
    days: frozenset[date]
    worked: frozenset[date] = frozenset()

    def shift(self, day: date) -> int:
        """Return the days by which a collection of `day` is later."""
        monday, by = day.toordinal() - day.weekday(), 0
        # The day to which it moves may come after another bank holiday of the week, such as both days of Christmas.
        while (found := self.later * self._off(monday, min(day.toordinal() + by, monday + SATURDAY))) > by:
            by = found
        while by and self._is_closed(day + timedelta(days=by)):
            by += 1
        return by

    def _off(self, first: int, last: int) -> int:
        """Return how many bank holidays that are not worked there are between two days, both counted."""
        return sum(self._is_off(date.fromordinal(one)) for one in range(first, last + 1))

    def _is_off(self, day: date) -> bool:
        return day in self.days and day not in self.worked

    def _is_closed(self, day: date) -> bool:
        return self._is_off(day) or day.weekday() == SUNDAY

    def working_days(self, first: date, last: date) -> Iterator[date]:
        """Yield the days from Monday to Friday that are no bank holiday, or are worked all the same."""
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            if day.weekday() < SATURDAY and not self._is_off(day):
                yield day


@dataclass(frozen=True, slots=True)
class DayShift:
    """Collections from `start` to `end` are `by` days later, or earlier if it is negative."""

    start: date
    end: date
    by: int


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """The collections of one `day` are on another. `round` is the name of the only round it is for, or ""."""

    day: date
    to: date
    round: str = ""


@dataclass(frozen=True, slots=True)
class Suspension:
    """No collections of some `bins`, or of all if there are none, from `start` to `end`. `why` is told to residents."""

    start: date
    end: date
    bins: frozenset[str]
    why: Translations

    def covers(self, bin_: str, day: date) -> bool:
        return self.start <= day <= self.end and (not self.bins or bin_ in self.bins)


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes. A changed day overrides a shift, and a shift the rule of bank holidays; a change of one round that of all. Nothing
    is shifted to a Sunday.
    """

    holidays: BankHolidays
    shifts: Sequence[DayShift] = ()
    days: Sequence[ChangedDay] = ()
    suspensions: Sequence[Suspension] = ()

    def moved(self, round_: str, day: date) -> date:
        """Return the day on which a collection takes place whose usual day is `day`."""
        changed = {one.round: one.to for one in self.days if one.day == day and one.round in ("", round_)}
        if changed:
            return changed.get(round_) or changed[""]
        shift = next((one for one in self.shifts if one.start <= day <= one.end), None)
        by = shift.by if shift else self.holidays.shift(day)
        found = day + timedelta(days=by)
        if by and found.weekday() == SUNDAY:
            found += timedelta(days=1 if by > 0 else -1)
        return found

    def suspension(self, bin_: str, day: date) -> Suspension | None:
        return next((one for one in self.suspensions if one.covers(bin_, day)), None)
