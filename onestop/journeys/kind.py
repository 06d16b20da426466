"""The base class of every kind of answer, and how a kind is declared in a journey's file."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from onestop.authoring.node import Node
from onestop.journeys.condition import Value
from onestop.journeys.values.answer import SKIPPED, Answer, Answers, is_thin
from onestop.journeys.values.form_values import ANSWER, DO, FormValues, first_value
from onestop.journeys.values.recipient import MessageMeans, Recipient
from onestop.journeys.values.visible_text import visible_line
from onestop.language import Translations, Words
from onestop.screen import Field, Means


@dataclass(frozen=True, slots=True)
class Refused:
    """The input is invalid; `message` tells the resident, in their language, what to enter. `parts` are the parts of the field that
    are wrong, such as "month"; none means all of it.
    """

    message: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """An address or a description in one line, and the latitude and longitude, if known."""

    line: str
    at: tuple[float, float] | None = None


class WrongValue(Exception):
    """A condition compares an answer with an impossible value; the message is for the author."""


@dataclass(frozen=True, slots=True)
class ChoiceOption:
    """One answer of a choice. `inline` is its text inside another sentence; `stop` ends the journey and says why.

    What a `relative` one says, such as "yesterday", is true only on the day it is chosen, which is stored with it.
    """

    name: str
    text: Translations
    hint: Translations
    inline: Translations
    stop: Translations | None = None
    relative: bool = False


@dataclass(frozen=True, slots=True)
class FormContext:
    """The context of parsing a form.

    `before` is the stored answer, `item` which item of a repeat is changed (from 1; 0 adds one), `photo` the stored upload that came
    with the form, `place` the property that was found with it.
    """

    words: Words
    today: date
    required: bool = True
    before: Answer = SKIPPED
    item: int = 0
    photo: Answer = SKIPPED
    place: Answer = SKIPPED


class Kind(ABC):
    """One kind of answer. A subclass is a frozen dataclass whose fields are what the author declared.

    Answers are JSON values, see `onestop/journeys/values/answer.py`; skipped and thin answers never reach these methods.
    """

    __slots__ = ()

    @property
    def options(self) -> tuple[ChoiceOption, ...]:
        """The options of a choice."""
        return ()

    @property
    def several(self) -> bool:
        """Whether one answer may hold several options: conditions use `has` instead of `is`."""
        return False

    @property
    def ordered(self) -> bool:
        """Whether conditions may use `<` and `>`. The stored answers must sort in that order."""
        return False

    @property
    def needs_keyboard(self) -> bool:
        """Whether it takes letters, which some devices have no keyboard for."""
        return False

    @property
    def is_file(self) -> bool:
        """Whether the answer is an upload, which is neither shown inside a sentence nor filled in again."""
        return False

    @property
    def has_parts(self) -> bool:
        """Whether the answer may be a property, which is looked up, and whose parts conditions compare: `home.ward is E05099001`."""
        return False

    @property
    def is_contact(self) -> bool:
        """Whether the council can reach the resident by the answer."""
        return False

    @property
    def means(self) -> MessageMeans | None:
        """By what means a message can reach the resident at the answer, or None."""
        return None

    def recipient(self, answer: Answer) -> Recipient | None:
        """Return whom a message to this answer reaches, or None: it was skipped, or is a telephone that takes no text messages."""
        return None

    @property
    def tracks(self) -> bool:
        """Whether the answer may be what finds a case again, beside its reference."""
        return False

    def second_fact(self, answer: Answer) -> str:
        """Return what of the answer finds a case again, as it would be typed, or ""."""
        return ""

    def location(self, answer: Answer) -> AnswerPlace | None:
        """Return where the answer says that something is, or None."""
        return None

    @property
    def reusable_as(self) -> str:
        """The name under which other journeys offer the same answer again, or ""."""
        return ""

    @property
    def splits_paths(self) -> bool:
        """Whether every answer counts as a path of its own."""
        return False

    @property
    def separator(self) -> str:
        """The separator of several answers in a sentence, or "" for "a, b and c"."""
        return ""

    @abstractmethod
    def field(self, values: FormValues, language: str) -> Field:
        """Return the form field, filled in with `values`."""

    @abstractmethod
    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        """Parse the submitted values; return the answer, or why it is refused."""

    @abstractmethod
    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        """Yield valid answers on both sides of every value that the journey's conditions compare with."""

    def form_values(self, answer: Answer) -> FormValues:
        """Return what a resident enters to give this answer: the inverse of `parse`."""
        return {ANSWER: (str(answer),)}

    def say(self, answer: Answer, words: Words, *, inline: bool = False) -> str:
        """Return the answer in words; `inline` is inside another sentence."""
        return str(answer)

    def say_part(self, answer: Answer, part: str, other: Answer, words: Words, today: date) -> str:
        """Return in words what `{home.next.bin}` stands for; `other` is the answer to the ask that is named last."""
        return ""

    def summary(self, answer: Answer) -> str:
        """Return what `check --paths` prints for the answer."""
        return "(given)"

    def condition_value(self, name: str, word: str) -> Value:
        """Return the value that a word of a condition on the ask `name` stands for. Raise WrongValue."""
        raise WrongValue(f"`{name}` can be anything: it may only be `given` or `not given`")

    def continues(self, following: str) -> bool:
        """Return whether a condition's value goes on with the word that follows, like "-30 days"."""
        return False

    def is_blank(self, values: FormValues, context: FormContext) -> bool:
        """Return whether nothing visible was entered."""
        return not any(
            visible_line(text) for name, texts in values.items() if name.startswith(ANSWER) for text in texts
        )

    def chosen(self, answer: Answer) -> tuple[ChoiceOption | None, ...]:
        """Return the options that the answer names, with None for one that is not offered."""
        return ()

    def holds_on(self, answer: Answer, today: date) -> bool:
        """Return whether a stored answer may still be sent today. One that may not is asked for again."""
        return True

    def agrees_with(self, answer: Answer, answers: Answers) -> bool:
        """Return whether a stored answer still fits the others. One that does not is asked for again."""
        return True

    def offering(self, names: Collection[str]) -> Self:
        """Return the kind with only these of its options."""
        return self

    def files(self, answer: Answer) -> Iterator[Mapping[str, Answer]]:
        """Yield the stored uploads that the answer names."""
        return iter(())

    def item_label(self, number: int, words: Words) -> str:
        """Return what one item of a repeat of this kind is called."""
        return words("Answer {number}", number=number)

    def presses(self, answer: Answer, means: Means) -> int | None:
        """Return the fewest key presses that give this answer on a device, or None where it cannot be given."""
        if self.needs_keyboard and not means.letters:
            return None
        return means.presses(self.field(self.form_values(answer), ""))

    def refill(self, answer: Answer) -> FormValues:
        """Return `form_values`, or nothing for an answer that was not entered."""
        return {} if answer is SKIPPED or is_thin(answer) else self.form_values(answer)

    def read_answer(self, values: FormValues, context: FormContext) -> Answer | Refused:
        """Parse a submitted form, in which an optional question may be skipped or left empty; return the answer, or why it is refused."""
        if not context.required and (first_value(values, DO) == "skip" or self.is_blank(values, context)):
            return SKIPPED
        return self.parse(values, context)


@dataclass(frozen=True, slots=True)
class Declaration:
    """How a kind is written in a journey's file.

    `read` returns the kind declared at a node, or reports a fault and returns None. `examples` are values of the key as YAML; tests
    put each of them on every channel. `repeatable` kinds may stand under `each`.
    """

    keyword: str
    read: Callable[[Node], Kind | None]
    examples: tuple[str, ...]
    repeatable: bool = True
