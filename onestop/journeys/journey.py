"""A journey: its asks in order, its facts, and the desks that its answers are sent to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from onestop.journeys.condition import Condition
from onestop.journeys.kind import Kind
from onestop.journeys.values.recipient import MessageOccasion
from onestop.language import Translations

Who = Literal["anyone", "contact", "tenant", "voter"]


@dataclass(frozen=True, slots=True)
class Group:
    """Asks that are repeated for each of several members: `title` is what one member is called, like "Child".

    `count` is the ask whose answer is the number of members, or "" where each member but the last possible asks for another.
    """

    name: str
    title: Translations
    count: str = ""


def member_ask_name(group: Group, number: int, ask: str) -> str:
    """Return the name by which an ask of one member stands in a journey."""
    return f"{group.name}-{number}-{ask}"


@dataclass(frozen=True, slots=True)
class Member:
    """The member of a group, from 1, that an ask is about. `ask` is the name the author gave it, or ANOTHER."""

    group: Group
    number: int
    ask: str


ANOTHER = "another"
"""The ask of a member that asks whether there is another one."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `only` are the channels it is asked on, or empty for all; `thin` is offered instead of typing.

    `rule` is when it is asked, `option_rules` when each option is offered, by the option's name. An ask of a group stands in a journey
    once for each possible member, as an ask of its own. With `confirm`, which is that question, a code is sent to the answer and asked for.
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
    member: Member | None = None
    confirm: Translations = field(default_factory=dict)

    @property
    def reusable_as(self) -> str:
        """The name under which other journeys offer the same answer again, or "". What is said of a member is not the resident's own."""
        return "" if self.member else self.kind.reusable_as


def is_further_member(ask: Ask) -> bool:
    """Return whether an ask repeats what was asked of the first member of a group."""
    return ask.member is not None and ask.member.number > 1


@dataclass(frozen=True, slots=True)
class Tell:
    """A text to read, which is not a question. With `stop` the journey ends with it."""

    name: str
    text: Translations
    rule: Condition | None = None
    stop: bool = False


Step = Ask | Tell


@dataclass(frozen=True, slots=True)
class Need:
    """Something a desk must have: `rule` must hold before anything is sent.

    `asks` are the questions it names, in order; it is looked at once they are passed, at the step of number `after`.
    """

    rule: Condition
    asks: tuple[str, ...]
    after: int


@dataclass(frozen=True, slots=True)
class FactText:
    """One text that a fact or a receipt may have, and when; without a rule it is always used, or the default."""

    text: Translations
    rule: Condition | None = None


Fact = Condition | tuple[FactText, ...]
"""Yes or no, or the first text whose rule holds."""


@dataclass(frozen=True, slots=True)
class MessagePromise:
    """A message is sent `on` each of these occasions, to the first of the asks `to` whose answer can be reached."""

    to: tuple[str, ...]
    on: tuple[MessageOccasion, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """The texts of the receipt, of which it has every one whose rule holds, and the desks that the answers are sent to.

    The first answer to an ask of `track` finds the case again beside its reference; without one, the receipt has a PIN.
    It is to be done in so many `working_days`, or 0 if nothing is promised. With `follow` a resident is asked, before they send, whether
    to follow a report of the same place instead, with the same answers to these asks.
    """

    say: tuple[FactText, ...]
    send: tuple[str, ...]
    track: tuple[str, ...] = ()
    working_days: int = 0
    follow: tuple[str, ...] = ()
    messages: MessagePromise | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Journey:
    """`edition` is the digest of `source`, the file's text; a draft is kept `keeps_draft` days, a case `keeps_case` days.

    With `open311` other programs may send cases too, see `onestop/open311`.

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
    needs: tuple[Need, ...] = ()
    open311: bool = False

    @property
    def asks(self) -> tuple[Ask, ...]:
        return tuple(step for step in self.steps if isinstance(step, Ask))

    def ask(self, name: str) -> Ask | None:
        """Return the ask of this name, whether or not it is on the resident's path."""
        return next((ask for ask in self.asks if ask.name == name), None)

    @property
    def answer_names(self) -> tuple[str, ...]:
        """The names of the answers that are sent: of all members of a group, the group's."""
        return tuple(dict.fromkeys(ask.member.group.name if ask.member else ask.name for ask in self.asks))

    def is_needed(self, name: str) -> bool:
        """Return whether a desk may need the answer to this ask."""
        return any(name in need.asks for need in self.needs)
