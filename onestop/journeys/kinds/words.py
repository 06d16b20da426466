"""`words`: text in the resident's own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onestop.authoring.node import Node
from onestop.journeys.condition import Value
from onestop.journeys.kind import Declaration, Kind, Refused
from onestop.journeys.kinds.text import TextKind
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.journeys.values.visible_text import visible_lines
from onestop.language import Words
from onestop.screen import Entry, Field

USUAL, MOST = 500, 4000
SHORT = 100
"""Words up to so many characters are asked for in one line."""


@dataclass(frozen=True, slots=True)
class WordsKind(TextKind):
    """Text of one or several lines."""

    needs_keyboard = True

    def field(self, values: FormValues, language: str) -> Field:
        return Entry(ANSWER, "line" if self.most <= SHORT else "words", first_value(values), self.most)

    def visible(self, text: str) -> str:
        return visible_lines(text)

    def accept(self, text: str, words: Words) -> Answer | Refused:
        return text or Refused(words("Enter an answer"))

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield "It is broken"[: self.most]


def _read(node: Node) -> Kind | None:
    if isinstance(node.value, str) and node.value != "yes":
        most = node.value if node.value.isdecimal() else "300"
        node.fault(f"`{node.value[:40]}` says not what it is: write `words: {{max: {most}}}`")
        return None
    if node.value != "yes":
        node.entries(("max",))
    return WordsKind(node.whole("max", USUAL, 1, MOST))


DECLARATIONS = (Declaration("words", _read, ("yes", "{max: 80}")),)
