"""The collections of a property between two days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from onestop.rounds.changes import BankHolidays, Changes, Suspension
from onestop.rounds.round import Bin, Round

FARTHEST = 28
"""The most days that a collection may be moved."""


@dataclass(frozen=True, slots=True, order=True)
class Collection:
    """One bin on one day. `usual` is the day it would have been without changes; `suspended` is why it does not take place."""

    day: date
    bin: str
    usual: date
    round: str = field(compare=False)
    suspended: Suspension | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class CollectionDay:
    """The bins that are emptied on one day, and whether any of them was moved here."""

    day: date
    bins: tuple[Bin, ...]
    usual: date


@dataclass(frozen=True, slots=True)
class Schedule:
    """All bins and rounds by name, and what changes them."""

    bins: Mapping[str, Bin] = field(default_factory=dict)
    rounds: Mapping[str, Round] = field(default_factory=dict)
    changes: Changes = field(default_factory=lambda: Changes(BankHolidays(0, frozenset())))

    def collections(self, rounds: Iterable[str], first: date, last: date) -> Sequence[Collection]:
        """Return the collections of some rounds from `first` to `last`, in order; those that are suspended stand at their day."""
        names = dict.fromkeys(name for name in rounds if name in self.rounds)
        return sorted(one for name in names for one in self._of(self.rounds[name], first, last))

    def _of(self, round_: Round, first: date, last: date) -> Iterator[Collection]:
        around = timedelta(days=FARTHEST)
        for pick_up in round_.pick_ups:
            for usual in pick_up.between(first - around, last + around):
                day = self.changes.moved(round_.name, usual)
                if first <= day <= last:
                    stopped = self.changes.suspension(pick_up.bin, day)
                    yield Collection(day, pick_up.bin, usual, round_.name, stopped)

    def next_days(self, rounds: Iterable[str], today: date, count: int, ahead: int = 120) -> Sequence[CollectionDay]:
        """Return the next days on which any bin is emptied; today counts."""
        found: dict[date, list[Collection]] = {}
        for one in self.collections(rounds, today, today + timedelta(days=ahead)):
            if one.suspended is None:
                found.setdefault(one.day, []).append(one)
        return [
            CollectionDay(day, tuple(self.bins[one.bin] for one in those), those[0].usual)
            for day, those in sorted(found.items())[:count]
        ]

    def collisions(self, first: date, last: date) -> Iterator[tuple[Collection, Collection]]:
        """Yield two collections of one bin by one round on the same day, which a change has caused."""
        for name in self.rounds:
            seen: dict[tuple[str, date], Collection] = {}
            for one in self.collections((name,), first, last):
                before = seen.setdefault((one.bin, one.day), one)
                if before is not one:
                    yield before, one
