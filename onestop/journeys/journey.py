"""A journey: its asks in order, its facts, and the desks that its answers are sent to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from onestop.journeys.condition import Condition
from onestop.journeys.kind import Kind
from onestop.language import Translations

Who = Literal["anyone", "contact", "tenant", "voter"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `only` are the channels it is asked on, or empty for all; `thin` is offered instead of typing.

    `rule` is when it is asked, `option_rules` when each option is offered, by the option's name.
    """

    name: str
    text: Translations
    kind: Kind
    hint: Translations = field(default_factory=dict)
    rule: Condition | None = None
    need: bool = True
    only: frozenset[str] = frozenset()
    thin: Translations = field(default_factory=dict)
    option_rules: Mapping[str, Condition] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tell:
    """A text to read, which is not a question. With `stop` the journey ends with it."""

    name: str
    text: Translations
    rule: Condition | None = None
    stop: bool = False


Step = Ask | Tell


@dataclass(frozen=True, slots=True)
class FactText:
    """One text that a fact may have, and when; without a rule it is the default."""

    text: Translations
    rule: Condition | None = None


Fact = Condition | tuple[FactText, ...]
"""Yes or no, or the first text whose rule holds."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The text of the receipt, and the desks that the answers are sent to."""

    say: Translations
    send: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Journey:
    """`edition` is the digest of `source`, the file's text; a draft is kept `keeps_draft` days, a case `keeps_case` days.

    Journeys are compared by identity, so that caches keyed by one are cheap.
    """

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
    done: Ending

    @property
    def asks(self) -> tuple[Ask, ...]:
        return tuple(step for step in self.steps if isinstance(step, Ask))

    def ask(self, name: str) -> Ask | None:
        """Return the ask of this name, whether or not it is on the resident's path."""
        return next((ask for ask in self.asks if ask.name == name), None)
