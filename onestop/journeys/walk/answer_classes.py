"""Which answers a journey tells apart: for each question, a few that stand for all the others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations

from onestop.journeys.condition import Atom, Condition, atoms, holds
from onestop.journeys.journey import (
    Ask,
    Day,
    Each,
    Journey,
    Money,
    Number,
    Option,
    Pick,
    Picture,
    Place,
    Simple,
    Text,
)
from onestop.journeys.values.answer import SKIPPED, THIN, Answer
from onestop.journeys.values.bound import Bound
from onestop.journeys.walk.advance import pick_of, stopping

Signature = tuple[object, ...]
EXAMPLES: Mapping[str, str] = {
    "words": "It is broken",
    "name": "Sam Rees",
    "phone": "01632 960 123",
    "email": "sam@eastmere.example",
    "address": "1 Market Street, EM1 1AA",
}
SPOT: Answer = {"words": "Outside 1 Market Street"}
PICTURE: Answer = {"file": "example", "kind": "image/jpeg", "size": 1}
LARGEST_TICKED = 6
"""More options than this that conditions name are not tried in every combination, only alone and all together."""


@dataclass(frozen=True, slots=True)
class Class:
    """Answers that lead the same way. `each` is a path of its own in the count (the options of a choice), or they are examples of one."""

    answers: tuple[Answer, ...]
    each: bool


def classes(journey: Journey, ask: Ask, today: date) -> tuple[Class, ...]:
    """The answers an ask can have, as far as any condition, fact or stop tells them apart."""
    found: dict[Signature, list[Answer]] = {}
    for answer in _candidates(journey, ask, today):
        found.setdefault((*signature(journey, ask.name, answer, today), stopping(ask, answer) is not None), []).append(
            answer
        )
    each = isinstance(ask.kind, Pick) and not ask.kind.several
    return tuple(Class(tuple(answers), each) for answers in found.values())


def signature(journey: Journey, name: str, answer: Answer, today: date) -> Signature:
    """Which of the comparisons with this ask are true of the answer."""
    answers = {name: answer}
    return tuple(holds(atom, answers, today) for atom in comparisons(journey).get(name, ()))


@lru_cache(maxsize=256)
def comparisons(journey: Journey) -> Mapping[str, tuple[Atom, ...]]:
    """Every comparison that anything in the journey makes, by the ask it is made with."""
    found: dict[str, dict[Atom, None]] = {}
    for rule in _rules(journey):
        for atom in atoms(rule):
            found.setdefault(atom.ask, {})[atom] = None
    return {name: tuple(those) for name, those in found.items()}


def _rules(journey: Journey) -> Iterator[Condition | None]:
    for step in journey.steps:
        yield step.rule
        pick = pick_of(step.kind) if isinstance(step, Ask) else None
        yield from (option.rule for option in (pick.options if pick else ()))
    for fact in journey.facts.values():
        if isinstance(fact, tuple):
            yield from (outcome.rule for outcome in fact)
        else:
            yield fact


def _candidates(journey: Journey, ask: Ask, today: date) -> Iterator[Answer]:
    those = comparisons(journey).get(ask.name, ())
    if isinstance(ask.kind, Each):
        if ask.kind.of:
            yield from ([answer] for answer in _simple(ask.kind.of, those, today))
    else:
        yield from _simple(ask.kind, those, today)
    if not ask.need:
        yield SKIPPED
    if ask.thin:
        yield THIN


def _simple(kind: Simple, those: Iterable[Atom], today: date) -> Iterator[Answer]:
    if isinstance(kind, Pick):
        yield from _ticked(kind, those) if kind.several else (option.name for option in kind.options)
    elif isinstance(kind, Number | Money):
        yield from _around(those, kind.least, kind.most)
    elif isinstance(kind, Day):
        yield from _days(kind, those, today)
    elif isinstance(kind, Text):
        yield EXAMPLES[kind.kind][: kind.most]
    elif isinstance(kind, Place):
        yield SPOT if kind.kind == "spot" else EXAMPLES["address"]
    elif isinstance(kind, Picture):
        yield PICTURE


def _ticked(kind: Pick, those: Iterable[Atom]) -> Iterator[Answer]:
    """Every set of the options that matter, with one that does not so that something is ticked."""
    names = {name for atom in those for name in atom.values}
    matter: list[Option] = [option for option in kind.options if option.name in names or option.stop]
    idle = [option.name for option in kind.options if option not in matter][:1]
    if idle:
        yield idle
    sizes = range(1, len(matter) + 1) if len(matter) <= LARGEST_TICKED else (1, len(matter))
    for size in sizes:
        for some in combinations(matter, size):
            yield [option.name for option in some]


def _around(those: Iterable[Atom], least: int, most: int) -> Iterator[Answer]:
    marks = {least, most}
    for atom in those:
        for value in atom.values:
            if isinstance(value, int):
                marks |= {value - 1, value, value + 1}
    yield from sorted(mark for mark in marks if least <= mark <= most)


def _days(kind: Day, those: Iterable[Atom], today: date) -> Iterator[Answer]:
    earliest = kind.earliest.on(today) if kind.earliest else date(1900, 1, 1)
    latest = kind.latest.on(today) if kind.latest else date(2200, 1, 1)
    marks = {today, earliest, latest} if kind.earliest and kind.latest else {today}
    marks |= {bound.on(today) for bound in (kind.earliest, kind.latest) if bound}
    one = timedelta(1)
    for atom in those:
        for value in atom.values:
            if isinstance(value, Bound):
                marks |= {value.on(today) - one, value.on(today), value.on(today) + one}
    yield from (mark.isoformat() for mark in sorted(marks) if earliest <= mark <= latest)
