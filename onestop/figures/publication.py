"""The figures of a month, for each service and channel and all together, made of the counts of events."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from onestop.figures.event import DAY, MORE, YES, Event, EventKind, median_of
from onestop.figures.suppression import ALL, Cell, Published, percent, published

FEWEST = 10
"""A median of fewer values is not published: it could be one resident's."""
MEASURES = (
    "started", "completed", "given up", "moved", "delivered", "in time", "timed", "helped", "answered", "first contact", "contacts",
)  # fmt: skip
"""What is counted: `timed` are deliveries of services with a standard, `in time` those within it; `helped` of those who `answered`;
`first contact` those of the `contacts` that were resolved at the first.
"""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """The figures of one subject on one channel; "" is all of them. `counts` are by measure, None where they are hidden."""

    subject: str
    channel: str
    counts: Mapping[str, Published]
    median_seconds: int | None = None
    median_presses: int | None = None

    @property
    def completion(self) -> int | None:
        """Of the journeys that ended, the percentage that was sent."""
        completed, given_up = self.counts["completed"], self.counts["given up"]
        return None if completed is None or given_up is None else percent(completed, completed + given_up)

    @property
    def in_time(self) -> int | None:
        return percent(self.counts["in time"], self.counts["timed"])

    @property
    def helped(self) -> int | None:
        return percent(self.counts["helped"], self.counts["answered"])

    @property
    def first_contact(self) -> int | None:
        return percent(self.counts["first contact"], self.counts["contacts"])


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """`lines` are by subject and channel; `given_up` tells for each subject how many gave up after which question."""

    month: str
    lines: Mapping[Cell, FigureLine]
    given_up: Mapping[str, Mapping[str, Published]]

    def line(self, subject: str = ALL, channel: str = ALL) -> FigureLine:
        return self.lines.get((subject, channel)) or FigureLine(subject, channel, dict.fromkeys(MEASURES, 0))

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(sorted({subject for subject, _ in self.lines} - {ALL}))

    @property
    def channels(self) -> tuple[str, ...]:
        return tuple(sorted({channel for _, channel in self.lines} - {ALL}))


@dataclass(frozen=True, slots=True)
class Publication:
    """Months in order, counted to the end of the day `through`; None before the counts have been read."""

    through: date | None = None
    months: tuple[MonthFigures, ...] = field(default=())

    @property
    def latest(self) -> MonthFigures | None:
        """The last complete month, or the current one if there is none."""
        complete = [one for one in self.months if not self.is_running(one.month)]
        return complete[-1] if complete else next(iter(self.months), None)

    def is_running(self, month: str) -> bool:
        return self.through is None or month >= _month_after(self.through)


def _month_after(day: date) -> str:
    """Return the month that has not ended with a day: the next one, on the last day of a month."""
    tomorrow = date.fromordinal(day.toordinal() + 1)
    return tomorrow.isoformat()[:7]


def month_figures(month: str, counts: Mapping[Event, int], standards: Mapping[str, int]) -> MonthFigures:
    """Return the figures of one month. `standards` are days to deliver, by subject."""
    tables = {name: published(table) for name, table in _tables(counts, standards).items()}
    cells = {cell for table in tables.values() for cell in table}
    seconds, presses = _buckets(counts, "seconds"), _buckets(counts, "presses")
    lines = {
        cell: FigureLine(
            *cell,
            {name: tables[name].get(cell, 0) for name in MEASURES},
            median_of(seconds[cell], FEWEST),
            median_of(presses[cell], FEWEST),
        )
        for cell in sorted(cells)
    }
    asks: dict[str, Counter[Cell]] = defaultdict(Counter)
    for event, times in counts.items():
        if event.kind == "given up":
            asks[event.subject][event.detail, "all"] += times
    given_up = {
        subject: {ask: n for (ask, column), n in published(table).items() if ask != ALL and column == ALL}
        for subject, table in asks.items()
    }
    return MonthFigures(month, lines, given_up)


def _tables(counts: Mapping[Event, int], standards: Mapping[str, int]) -> Mapping[str, Mapping[Cell, int]]:
    tables: dict[str, Counter[Cell]] = {name: Counter() for name in MEASURES}
    for event, times in counts.items():
        for measure in _measures_of(event, standards):
            tables[measure][event.subject, event.channel] += times
    return tables


def _measures_of(event: Event, standards: Mapping[str, int]) -> Iterable[str]:
    if event.kind == "helped":
        return ("answered", "helped") if event.detail == YES else ("answered",)
    if event.kind == "first contact":
        return ("contacts", "first contact") if event.detail == YES else ("contacts",)
    if event.kind == "delivered":
        days = standards.get(event.subject)
        in_time = bool(days) and event.detail != MORE and int(event.detail) <= (days or 0) * DAY
        return ("delivered", *(("timed",) if days else ()), *(("in time",) if in_time else ()))
    return (event.kind,) if event.kind in MEASURES else ()


def _buckets(counts: Mapping[Event, int], kind: EventKind) -> Mapping[Cell, dict[str, int]]:
    found: dict[Cell, dict[str, int]] = defaultdict(dict)
    for event, times in counts.items():
        if event.kind == kind:
            for cell in ((event.subject, event.channel), (event.subject, ALL), (ALL, event.channel), (ALL, ALL)):
                found[cell][event.detail] = found[cell].get(event.detail, 0) + times
    return found
