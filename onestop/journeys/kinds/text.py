"""The base class of the kinds that are typed as text: words, name, phone, email."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from onestop.authoring.node import Node
from onestop.journeys.kind import FormContext, Kind, Refused
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.form_values import FormValues, first_value
from onestop.journeys.values.visible_text import visible_line
from onestop.language import Words


@dataclass(frozen=True, slots=True)
class TextKind(Kind):
    """Text of at most `most` characters. `own` is the resident's, not somebody else's: other journeys may offer it again."""

    most: int
    own: bool = True

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        text = self.visible(first_value(values))
        return too_long(text, self.most, context.words) or self.accept(text, context.words)

    def visible(self, text: str) -> str:
        """Return the submitted text without invisible characters."""
        return visible_line(text)

    @abstractmethod
    def accept(self, text: str, words: Words) -> Answer | Refused:
        """Return the answer for a visible text, or why it is refused."""


def too_long(text: str, most: int, words: Words) -> Refused | None:
    """Return the refusal of a text of more than `most` characters, or None."""
    over = len(text) - most
    if over <= 0:
        return None
    return Refused(words.count("Make it {number} character shorter", "Make it {number} characters shorter", over))


def read_text(kind: Callable[[int, bool], Kind], most: int) -> Callable[[Node], Kind | None]:
    """Return a reader of `yes`, for the resident's own, or `other`, for somebody else's."""

    def read(node: Node) -> Kind | None:
        whose = node.one_of(("yes", "other"))
        return kind(most, whose != "other") if whose else None

    return read
