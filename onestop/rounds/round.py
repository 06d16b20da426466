"""Bins and rounds: what is collected, how often and from which day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from onestop.language import Translations

WEEK = 7


@dataclass(frozen=True, slots=True)
class Bin:
    """A container. `holds` says what goes into it; `paid` is whether only subscribers have it."""

    name: str
    names: Translations
    holds: Translations
    paid: bool = False


@dataclass(frozen=True, slots=True)
class PickUp:
    """When one bin of a round is emptied: every so many `weeks` counted from `start`, which fixes the weekday, until `end`; and on
    single `days`. `weeks` is 0 for single days only.
    """

    bin: str
    weeks: int
    start: date
    end: date | None = None
    days: tuple[date, ...] = ()

    def between(self, first: date, last: date) -> Iterator[date]:
        """Yield the usual days from `first` to `last`, in order. Counting days from `start` needs no week of the year."""
        found = {day for day in self.days if first <= day <= last}
        if self.weeks:
            step = WEEK * self.weeks
            begin = max(first, self.start)
            day = self.start + timedelta(days=-(-(begin - self.start).days // step) * step)
            final = min(last, self.end) if self.end else last
            while day <= final:
                found.add(day)
                day += timedelta(days=step)
        yield from sorted(found)


@dataclass(frozen=True, slots=True)
class Round:
    name: str
    pick_ups: tuple[PickUp, ...]
