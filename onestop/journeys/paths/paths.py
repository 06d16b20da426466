"""Every path through a journey on one kind of device, and how many key presses each takes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from onestop.journeys.journey import ANOTHER, Ask, Journey, Need, Tell, is_further_member, member_ask_name
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin
from onestop.journeys.walk.advance import advance, is_asked_on, stopping_option
from onestop.journeys.walk.answer_classes import AnswerClass, answer_classes
from onestop.journeys.walk.walk import Walk
from onestop.screen import Means

MOST_PATHS = 20_000
SEND_PRESSES = 1
"""The press of the button that sends the answers, on the check screen."""


class TooManyPaths(Exception):
    """There are more than MOST_PATHS paths."""


class Unanswerable(Exception):
    """An ask cannot be answered on this kind of device."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask.name)
        self.ask = ask


@dataclass(frozen=True, slots=True)
class PathStep:
    """A question on a path, and the answers that lead along it: any of them does. `presses` is what each of them takes."""

    ask: Ask
    answers: tuple[Answer, ...]
    tells: tuple[Tell, ...]
    presses: int = 0


@dataclass(frozen=True, slots=True)
class JourneyPath:
    """`stopped` if the path ends early: by the tell of the name `by`, by something `missing` that a desk needs, or by its last answer.

    `count` is how many paths differ from it only in options that make no difference; `presses` is what each of them takes, and
    `tells` are shown before the check.
    """

    steps: tuple[PathStep, ...]
    stopped: bool
    count: int
    presses: int
    tells: tuple[Tell, ...] = ()
    by: str = ""
    missing: Need | None = None

    @property
    def screens(self) -> int:
        """The number of screens: one for each question, and the check or the stop."""
        return len(self.steps) + 1

    @property
    def answers(self) -> Mapping[str, Answer]:
        """Answers that lead along this path."""
        return {step.ask.name: step.answers[0] for step in self.steps}


def find_paths(journey: Journey, channel: str, means: Means, today: date) -> tuple[JourneyPath, ...]:
    """Return every path on this channel. Raise TooManyPaths or Unanswerable."""
    found: list[JourneyPath] = []
    for path in _Search(journey, channel, means, today).paths(0, (), {}, 1, 0):
        found.append(path)
        if len(found) > MOST_PATHS:
            raise TooManyPaths
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Search:
    journey: Journey
    channel: str
    means: Means
    today: date

    def paths(
        self, start: int, steps: tuple[PathStep, ...], given: Mapping[str, Answer], count: int, presses: int
    ) -> Iterator[JourneyPath]:
        reached = advance(self.journey, start, given, lambda ask: is_asked_on(ask, self.channel), self.today)
        ask = reached.ask
        if reached.stop or reached.missing:
            by = reached.stop.name if reached.stop else ""
            yield JourneyPath(steps, True, count, presses, reached.tells, by, reached.missing)
        elif ask is None:
            total = presses + self.means.page_turns(len(steps)) + SEND_PRESSES
            yield JourneyPath(steps, False, count, total, reached.tells)
        else:
            classes = _like_first_member(ask, answer_classes(self.journey, ask, self.today), given)
            branches = [branch for found in classes for branch in self._branches(ask, found)]
            if not branches:
                raise Unanswerable(ask)
            for answers, number, cost in branches:
                here = (*steps, PathStep(ask, answers, reached.tells, cost))
                if stopping_option(ask, answers[0]):
                    yield JourneyPath(here, True, count * number, presses + cost)
                else:
                    after = {**given, ask.name: answers[0]}
                    yield from self.paths(reached.after, here, after, count * number, presses + cost)

    def _branches(self, ask: Ask, found: AnswerClass) -> Iterator[tuple[tuple[Answer, ...], int, int]]:
        """Yield answers of one class that cost the same, how many paths they are, and the presses each costs."""
        costs = {number: count_presses(ask, answer, self.means) for number, answer in enumerate(found.answers)}
        known = {number: cost for number, cost in costs.items() if cost is not None}
        # A thin answer only puts the real one off, so it counts where there is no other.
        known = {number: cost for number, cost in known.items() if not is_thin(found.answers[number])} or known
        if not found.each:
            fewest = min(known.values(), default=0)
            known = {number: cost for number, cost in known.items() if cost == fewest}
        for cost, number in Counter(known.values()).items():
            answers = tuple(found.answers[place] for place, one in known.items() if one == cost)
            yield answers, number if found.each else 1, cost


def presses_of(way: Walk, means: Means, changes: int) -> int:
    """Return the fewest key presses with which the path was gone and sent; `changes` is how often an answer was saved."""
    given = [(ask, way.answers.get(ask.name, SKIPPED)) for ask in way.path]
    needed = sum(count_presses(ask, answer, means) or 1 for ask, answer in given)
    return needed + max(0, changes - len(given)) + means.page_turns(len(given)) + SEND_PRESSES


def _like_first_member(
    ask: Ask, classes: tuple[AnswerClass, ...], given: Mapping[str, Answer]
) -> tuple[AnswerClass, ...]:
    """Return what a further member of a group is answered on these paths: the same as the first. All combinations would be too many,
    and every ask is still reached.
    """
    if ask.member is None or not is_further_member(ask) or ask.member.ask == ANOTHER:
        return classes
    first = member_ask_name(ask.member.group, 1, ask.member.ask)
    alike = tuple(one for one in classes if first in given and given[first] in one.answers)
    return alike or classes


def count_presses(ask: Ask, answer: Answer, means: Means) -> int | None:
    """Return the fewest key presses that give this answer, or None where it cannot be given."""
    thin = bool(ask.thin) and not means.keyboard
    if is_thin(answer) and not thin:
        return None
    if answer is SKIPPED or is_thin(answer):
        # The button for the thin answer stands before the one that skips.
        return means.other_presses(ask.kind.field({}, ""), int(thin and answer is SKIPPED))
    return ask.kind.presses(answer, means)
