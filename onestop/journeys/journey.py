"""What a journey is: what it asks in order, what follows from the answers, and where they go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Union

from onestop.journeys.condition import Condition
from onestop.journeys.values.bound import Bound
from onestop.language import Translations

Who = Literal["anyone", "contact", "tenant", "voter"]
TextKind = Literal["words", "name", "phone", "email"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice. `said` is how it stands in the middle of a sentence; `stop` ends the journey and says why."""

    name: str
    text: Translations
    hint: Translations
    said: Translations
    rule: Condition | None = None
    stop: Translations | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """One of the options, or `several`."""

    options: tuple[Option, ...]
    several: bool = False

    def option(self, name: object) -> Option | None:
        return next((option for option in self.options if option.name == name), None)


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number. `one` is the unit of 1: "day" where `unit` is "days"."""

    least: int
    most: int
    unit: Translations
    one: Translations


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in pence."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day. `birth` is the day somebody was born."""

    earliest: Bound | None = None
    latest: Bound | None = None
    birth: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Something in words. `own` if it is the resident's, not somebody else's; `most` counts characters."""

    kind: TextKind
    most: int
    own: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """An address with a postcode, or a spot out of doors."""

    kind: Literal["address", "spot"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph. `most` counts bytes."""

    most: int = 10 * 1024 * 1024


Simple = Pick | Number | Money | Day | Text | Place | Picture


@dataclass(frozen=True, slots=True)
class Each:
    """Several answers of one kind, one after another."""

    most: int
    of: Simple


Kind = Union[Simple, Each]  # noqa: UP007 (mypy reads the name of a union in a union only so)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `only` are the channels it is asked on, or nothing for all; `thin` is what is offered instead of typing."""

    name: str
    text: Translations
    kind: Kind
    hint: Translations = field(default_factory=dict)
    rule: Condition | None = None
    need: bool = True
    only: frozenset[str] = frozenset()
    thin: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tell:
    """Something to know, which is not a question. With `stop` the journey ends with it."""

    name: str
    text: Translations
    rule: Condition | None = None
    stop: bool = False


Step = Ask | Tell


@dataclass(frozen=True, slots=True)
class Outcome:
    """One value a fact may have, and when; without a rule it is the one otherwise."""

    text: Translations
    rule: Condition | None = None


Fact = Condition | tuple[Outcome, ...]
"""Yes or no, or the first outcome that holds."""


@dataclass(frozen=True, slots=True)
class Done:
    """What is said at the end, and the desks it is sent to."""

    say: Translations
    send: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Journey:
    """`edition` is the digest of `source`, the text it was read from; `keeps` are days, of a draft and of a case."""

    name: str
    edition: str
    source: str = field(repr=False)
    languages: tuple[str, ...]
    title: Translations
    who: Who
    keeps_draft: int
    keeps_case: int
    steps: tuple[Step, ...]
    facts: Mapping[str, Fact]
    done: Done

    @property
    def asks(self) -> tuple[Ask, ...]:
        return tuple(step for step in self.steps if isinstance(step, Ask))

    def ask(self, name: str) -> Ask | None:
        """The ask of this name, whether or not it is on anybody's path."""
        return next((ask for ask in self.asks if ask.name == name), None)
