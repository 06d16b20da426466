"""The walk of a journey: the questions on the resident's path, the next one, and the facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from onestop.journeys.condition import holds
from onestop.journeys.journey import Ask, Journey, Need, Tell
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
class Missing:
    """What a desk needs and was not given: the questions, of which `here` may be answered on this channel."""

    asks: tuple[Ask, ...]
    here: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """One path through a journey.

    `path` holds the asks that have been answered and then the next one, each with the options it offers on this path; `answers` are
    those of the path only. `tells` are shown before the ask of that name, or before the check (""). `after` is the number of the step
    behind the path, and `is_asked` tells which asks may follow. With something `missing` nothing may be sent.
    `stored` are all answers of the draft, also those that are off the path now.
    """

    journey: Journey
    path: tuple[Ask, ...]
    answers: Answers
    next: Ask | None
    stop: Stop | None
    tells: Mapping[str, tuple[Tell, ...]]
    today: date
    after: int = 0
    is_asked: Callable[[Ask], bool] = field(default=lambda ask: True, repr=False, compare=False)
    missing: Missing | None = None
    stored: Answers = field(default_factory=dict, repr=False, compare=False)

    @property
    def complete(self) -> bool:
        """Whether every question is answered and the answers may be sent."""
        return self.next is None and self.stop is None and self.missing is None

    @property
    def facts(self) -> Mapping[str, FactValue]:
        """The value of each fact for the answers of the path."""
        return facts_of(self.journey, self.answers, self.today)

    @property
    def most(self) -> int:
        """How many questions there can be at most, including those answered."""
        if self.next is None:
            return len(self.path)
        shown = frozenset([ask.name for ask in self.journey.asks if self.is_asked(ask)])
        # The next ask is the step before `after`.
        return len(self.path) - 1 + longest_path(self.journey, shown, self.after - 1, self.answers, self.today)

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
    missing: Missing | None = None
    here = 0

    def is_asked(ask: Ask) -> bool:
        return is_asked_on(ask, channel) or is_answered(ask, answers, today)

    while not (stop or waiting):
        reached = advance(journey, here, given, is_asked, today)
        here, ask = reached.after, reached.ask
        tells[ask.name if ask else BEFORE_CHECK] = reached.tells
        if reached.stop:
            stop = Stop(reached.stop.text, path[-1].name if path else "")
        if reached.missing:
            missing = _missing(journey, reached.missing, given, channel, today)
        if ask is None:
            break
        path.append(ask)
        if is_answered(ask, answers, today):
            given[ask.name] = answers[ask.name]
            ending = stopping_option(ask, given[ask.name])
            stop = Stop(ending.stop, ask.name) if ending and ending.stop else None
        else:
            waiting = ask
    return Walk(journey, tuple(path), given, waiting, stop, tells, today, here, is_asked, missing, answers)


def _missing(journey: Journey, need: Need, given: Answers, channel: str, today: date) -> Missing:
    asks = tuple(ask for ask in journey.asks if ask.name in need.asks and holds(ask.rule, given, today))
    return Missing(asks, tuple(ask for ask in asks if is_asked_on(ask, channel)))


def facts_of(journey: Journey, answers: Answers, today: date) -> Mapping[str, FactValue]:
    """Return the value of each fact for the answers of a path."""
    found: dict[str, FactValue] = {}
    for name, fact in journey.facts.items():
        if isinstance(fact, tuple):
            found[name] = next(one.text for one in fact if holds(one.rule, answers, today))
        else:
            found[name] = holds(fact, answers, today)
    return found
