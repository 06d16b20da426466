"""The walk of a journey: the questions on the resident's path, the next one, and the facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onestop.journeys.condition import holds
from onestop.journeys.journey import Ask, Journey, Tell
from onestop.journeys.values.answer import Answer, Answers
from onestop.journeys.walk.advance import advance, is_answered, is_asked_on, stopping_option
from onestop.journeys.walk.longest_path import longest_path
from onestop.language import Translations

BEFORE_CHECK = ""
FactValue = bool | Translations


@dataclass(frozen=True, slots=True)
class Stop:
    """The end of a journey that sends nothing. `ask` is the question that led here, or ""."""

    text: Translations
    ask: str


@dataclass(frozen=True, slots=True)
class Walk:
    """One path through a journey.

    `path` holds the asks that have been answered and then the next one, each with the options it offers on this path; `answers` are
    those of the path only. `tells` are shown before the ask of that name, or before the check ("").
    `most` is how many questions there can be at most, including those answered.
    """

    journey: Journey
    path: tuple[Ask, ...]
    answers: Answers
    next: Ask | None
    stop: Stop | None
    facts: Mapping[str, FactValue]
    tells: Mapping[str, tuple[Tell, ...]]
    most: int

    @property
    def complete(self) -> bool:
        """Whether every question is answered and the answers may be sent."""
        return self.next is None and self.stop is None

    def ask_on_path(self, name: str) -> Ask | None:
        """Return the ask of this name as it is offered on the path, if it is on it."""
        return next((ask for ask in self.path if ask.name == name), None)

    def number(self, ask: Ask) -> int:
        """Return which question of the path it is, from 1."""
        return [one.name for one in self.path].index(ask.name) + 1


def walk(journey: Journey, answers: Answers, channel: str, today: date) -> Walk:
    """Return the path of a resident who has given these answers, in any order, and is now on this channel.

    An ask that only another channel asks is on the path if it has been answered there, and is not asked here.
    """
    path: list[Ask] = []
    given: dict[str, Answer] = {}
    tells: dict[str, tuple[Tell, ...]] = {}
    stop: Stop | None = None
    waiting: Ask | None = None
    here = 0
    while not (stop or waiting):
        reached = advance(
            journey, here, given, lambda ask: is_asked_on(ask, channel) or is_answered(ask, answers), today
        )
        here, ask = reached.after, reached.ask
        tells[ask.name if ask else BEFORE_CHECK] = reached.tells
        if reached.stop:
            stop = Stop(reached.stop.text, path[-1].name if path else "")
        if ask is None:
            break
        path.append(ask)
        if is_answered(ask, answers):
            given[ask.name] = answers[ask.name]
            ending = stopping_option(ask, given[ask.name])
            stop = Stop(ending.stop, ask.name) if ending and ending.stop else None
        else:
            waiting = ask
    most = len(path)
    if waiting:
        shown = frozenset(a.name for a in journey.asks if is_asked_on(a, channel) or is_answered(a, answers))
        most += longest_path(journey, shown, here, waiting, given, today) - 1
    return Walk(journey, tuple(path), given, waiting, stop, facts_of(journey, given, today), tells, most)


def facts_of(journey: Journey, answers: Answers, today: date) -> Mapping[str, FactValue]:
    """Return the value of each fact for the answers of a path."""
    found: dict[str, FactValue] = {}
    for name, fact in journey.facts.items():
        if isinstance(fact, tuple):
            found[name] = next(one.text for one in fact if holds(one.rule, answers, today))
        else:
            found[name] = holds(fact, answers, today)
    return found
