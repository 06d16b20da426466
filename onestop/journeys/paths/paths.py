"""Every path through a journey on one kind of apparatus, and how many key presses each takes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from onestop.journeys.journey import Ask, Each, Journey, Picture, Simple, Tell
from onestop.journeys.kinds.fields import field_of
from onestop.journeys.kinds.form_values import entered
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin, items_of
from onestop.journeys.walk.advance import advance, is_lettered, is_shown, one_of, stopping
from onestop.journeys.walk.answer_classes import Class, classes
from onestop.screen import Means

MOST_PATHS = 20_000
SEND = 1
"""The press that sends the answers, on the screen where they are checked."""


class TooManyPaths(Exception):
    """More than MOST_PATHS."""


class Unanswerable(Exception):
    """An ask cannot be answered with these means."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask.name)
        self.ask = ask


@dataclass(frozen=True, slots=True)
class Taken:
    """A question on a path, and the answers to it that lead along: any of them does."""

    ask: Ask
    answers: tuple[Answer, ...]
    tells: tuple[Tell, ...]
    presses: int = 0
    """What each of the answers takes."""


@dataclass(frozen=True, slots=True)
class Path:
    """`stopped` if it ends early; by the tell of the name `by`, or else by its last answer. `count` is how many paths differ from it
    only in options that make no difference; `presses` is what each of them takes, and `tells` what is told before the check.
    """

    taken: tuple[Taken, ...]
    stopped: bool
    count: int
    presses: int
    tells: tuple[Tell, ...] = ()
    by: str = ""

    @property
    def screens(self) -> int:
        """One for each question, and the check or the stop."""
        return len(self.taken) + 1

    @property
    def answers(self) -> Mapping[str, Answer]:
        """Answers that lead along this path."""
        return {taken.ask.name: taken.answers[0] for taken in self.taken}


def paths(journey: Journey, channel: str, means: Means, today: date) -> tuple[Path, ...]:
    """Every path on this channel, or TooManyPaths, or Unanswerable."""
    found: list[Path] = []
    for path in _Walker(journey, channel, means, today).paths(0, (), {}, 1, 0):
        found.append(path)
        if len(found) > MOST_PATHS:
            raise TooManyPaths
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Walker:
    journey: Journey
    channel: str
    means: Means
    today: date

    def paths(
        self, start: int, taken: tuple[Taken, ...], given: Mapping[str, Answer], count: int, presses: int
    ) -> Iterator[Path]:
        reached = advance(self.journey, start, given, lambda ask: is_shown(ask, self.channel), self.today)
        ask = reached.ask
        if reached.stop:
            yield Path(taken, True, count, presses, reached.tells, reached.stop.name)
        elif ask is None:
            sent = presses + self.means.page_turns(len(taken)) + SEND
            yield Path(taken, False, count, sent, reached.tells)
        else:
            branches = [b for those in classes(self.journey, ask, self.today) for b in self._branches(ask, those)]
            if not branches:
                raise Unanswerable(ask)
            for answers, number, cost in branches:
                here = (*taken, Taken(ask, answers, reached.tells, cost))
                if stopping(ask, answers[0]):
                    yield Path(here, True, count * number, presses + cost)
                else:
                    after = {**given, ask.name: answers[0]}
                    yield from self.paths(reached.after, here, after, count * number, presses + cost)

    def _branches(self, ask: Ask, those: Class) -> Iterator[tuple[tuple[Answer, ...], int, int]]:
        """Answers of one class that cost the same, how many paths they are, and what they cost."""
        costs = {number: presses(ask, answer, self.means) for number, answer in enumerate(those.answers)}
        known = {number: cost for number, cost in costs.items() if cost is not None}
        if not those.each:
            fewest = min(known.values(), default=0)
            known = {number: cost for number, cost in known.items() if cost == fewest}
        for cost, number in Counter(known.values()).items():
            answers = tuple(those.answers[place] for place, one in known.items() if one == cost)
            yield answers, number if those.each else 1, cost


def presses(ask: Ask, answer: Answer, means: Means) -> int | None:
    """The fewest key presses that give this answer, or None where it cannot be given."""
    kind = one_of(ask.kind)
    thin = bool(ask.thin) and not means.keyboard
    if is_thin(answer) and not thin:
        return None
    if answer is SKIPPED or is_thin(answer):
        return means.other_presses(field_of(kind, {}, ""), int(thin and answer is SKIPPED))
    if isinstance(ask.kind, Each):
        return _repeated(ask.kind, answer, means)
    return _simple(ask.kind, answer, means)


def _repeated(kind: Each, answer: Answer, means: Means) -> int | None:
    """Each item, and then that this is everything."""
    items = items_of(answer)
    costs = [_simple(kind.of, item, means) for item in items]
    finish = means.other_presses(field_of(kind.of, {}, ""), 0) if len(items) < kind.most else 0
    return None if None in costs else sum(cost or 0 for cost in costs) + finish


def _simple(kind: Simple, answer: Answer, means: Means) -> int | None:
    if isinstance(kind, Picture) and not means.upload:
        return None
    if is_lettered(kind) and not means.keyboard:
        return None
    return means.presses(field_of(kind, entered(kind, answer), ""))
