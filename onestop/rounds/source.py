"""Read `content/collections`: rounds.yaml and changes.yaml."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from onestop.authoring.faults import Fault, errors, nearest
from onestop.authoring.node import Node, SourceFile
from onestop.authoring.source import Source
from onestop.rounds.changes import BankHolidays, ChangedDay, Changes, DayShift, Suspension
from onestop.rounds.round import Bin, PickUp, Round
from onestop.rounds.schedule import FARTHEST, Schedule

FOLDER, ROUNDS, CHANGES = "collections", "rounds.yaml", "changes.yaml"
LONGEST = 80
CHECKED = 400
"""Days ahead in which `check` looks for two collections of a bin on one day."""


@dataclass(frozen=True, slots=True)
class ReadSchedule:
    schedule: Schedule
    faults: tuple[Fault, ...] = ()


def read_schedule(folder: Path, languages: tuple[str, ...], holidays: Iterable[date], today: date) -> ReadSchedule:
    """Return the rounds of a content folder, none if it has no such folder, and every fault."""
    label = folder.name or folder.resolve().name
    rounds = _node(folder / FOLDER / ROUNDS, f"{label}/{FOLDER}/{ROUNDS}", languages)
    changes = _node(folder / FOLDER / CHANGES, f"{label}/{FOLDER}/{CHANGES}", languages)
    if rounds is None:
        return ReadSchedule(Schedule())
    bins, named = _bins(rounds), _rounds(rounds)
    faults = rounds.file.source.faults
    days = frozenset(holidays)
    if changes is None:
        schedule = Schedule(bins, named, Changes(BankHolidays(0, days)))
    else:
        schedule = Schedule(bins, named, _changes(changes, days, bins, named))
        if not errors((*faults, *changes.file.source.faults)):
            _report_collisions(changes, schedule, today)
        faults = [*faults, *changes.file.source.faults]
    return ReadSchedule(Schedule() if errors(faults) else schedule, tuple(faults))


def _node(path: Path, label: str, languages: tuple[str, ...]) -> Node | None:
    if not path.exists():
        return None
    source = Source(label)
    text = source.text(path)
    tree = source.tree(text) if text is not None else None
    # A file that cannot be read gives an empty mapping and its faults.
    tree = tree or source.tree("{}")
    assert tree is not None
    return Node(SourceFile(source, tree, (text or "").split("\n"), languages))


def _bins(file: Node) -> Mapping[str, Bin]:
    file.entries(("bins", "rounds"))
    found: dict[str, Bin] = {}
    for name in (file / "bins").entries():
        node = file / "bins" / name
        node.entries(("name", "holds", "paid"))
        holds = (node / "holds").translations(LONGEST) if node.has("holds") else {}
        found[name] = Bin(name, (node / "name").translations(LONGEST), holds, node.yes("paid", default=False))
    file.file.warn_missing_translations()
    return found


def _rounds(file: Node) -> Mapping[str, Round]:
    known = tuple((file / "bins").entries())
    return {
        name: Round(name, tuple(_pick_up(item, known) for item in (file / "rounds" / name).items()))
        for name in (file / "rounds").entries()
    }


def _pick_up(node: Node, bins: tuple[str, ...]) -> PickUp:
    node.entries(("bin", "every", "from", "until", "on"))
    bin_ = (node / "bin").one_of(bins) or ""
    weeks = 0
    days: tuple[date, ...] = ()
    if node.has("on"):
        days = tuple(item.day() for item in (node / "on").items())
    if node.has("every") or not node.has("on"):
        every = (node / "every").text()
        number, _, unit = every.partition(" ")
        if number not in ("1", "2", "3", "4") or unit not in ("week", "weeks"):
            (node / "every").fault(f"`{every}` must be 1 week, 2 weeks, 3 weeks or 4 weeks")
        else:
            weeks = int(number)
    start = (node / "from").day() if weeks else date.min
    end = (node / "until").day() if node.has("until") else None
    return PickUp(bin_, weeks, start, end, days)


def _changes(file: Node, holidays: frozenset[date], bins: Mapping[str, Bin], rounds: Mapping[str, Round]) -> Changes:
    file.entries(("bank_holidays", "shifts", "changes", "suspended"))
    rule = BankHolidays(0, holidays)
    if file.has("bank_holidays"):
        node = file / "bank_holidays"
        node.entries(("later", "worked"))
        worked = (node / "worked").items() if node.has("worked") else ()
        rule = BankHolidays(node.whole("later", 1, 0, 3), holidays, frozenset(day.day() for day in worked))
    shifts = tuple(_shift(node) for node in _list(file, "shifts"))
    changed = tuple(_changed(node, rounds) for node in _list(file, "changes"))
    _report_contradictions(file, shifts, changed)
    return Changes(
        rule,
        shifts,
        changed,
        tuple(_suspension(node, bins) for node in _list(file, "suspended")),
    )


def _report_contradictions(file: Node, shifts: Sequence[DayShift], changed: Sequence[ChangedDay]) -> None:
    """Report shifts that overlap, and two changes of one day: only one of them could count."""
    for place, shift in enumerate(shifts):
        if any(other.start <= shift.end and shift.start <= other.end for other in shifts[:place]):
            (file / "shifts").items()[place].fault("overlaps with a shift above")
    for place, one in enumerate(changed):
        if any((one.day, one.round) == (other.day, other.round) for other in changed[:place]):
            (file / "changes").items()[place].fault(f"{one.day} is changed above already")


def _list(file: Node, key: str) -> tuple[Node, ...]:
    return (file / key).items() if file.has(key) else ()


def _shift(node: Node) -> DayShift:
    node.entries(("from", "until", "by"))
    start, end = _period(node)
    by = node.whole("by", 0, -FARTHEST, FARTHEST)
    if not by:
        node.fault("`by` is missing: write by how many days, like 1 or -1")
    return DayShift(start, end, by)


def _period(node: Node) -> tuple[date, date]:
    start = (node / "from").day()
    end = (node / "until").day() if node.has("until") else start
    if end < start:
        (node / "until").fault("is before `from`")
    return start, end


def _changed(node: Node, rounds: Mapping[str, Round]) -> ChangedDay:
    node.entries(("day", "to", "round"))
    day, to = (node / "day").day(), (node / "to").day()
    if abs((to - day).days) > FARTHEST:
        (node / "to").fault(f"is more than {FARTHEST} days away from `day`")
    name = (node / "round").text() if node.has("round") else ""
    if name and name not in rounds:
        (node / "round").fault(f"there is no round `{name}`{nearest(name, rounds)}")
    return ChangedDay(day, to, name)


def _suspension(node: Node, bins: Mapping[str, Bin]) -> Suspension:
    node.entries(("from", "until", "bins", "because"))
    start, end = _period(node)
    named = tuple(item.one_of(tuple(bins)) or "" for item in (node / "bins").items()) if node.has("bins") else ()
    return Suspension(start, end, frozenset(named), (node / "because").translations(LONGEST))


def _report_collisions(file: Node, schedule: Schedule, today: date) -> None:
    for one, other in schedule.collisions(today, today + timedelta(days=CHECKED)):
        file.fault(
            f"round `{one.round}` would collect `{one.bin}` twice on {one.day}: its usual days {one.usual} and {other.usual} "
            "are moved to the same day"
        )
