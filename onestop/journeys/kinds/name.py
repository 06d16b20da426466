"""`name`: a person's name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onestop.journeys.condition import Value
from onestop.journeys.kind import Declaration, Refused
from onestop.journeys.kinds.text import TextKind, read_text
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.language import Words
from onestop.screen import Entry, Field


@dataclass(frozen=True, slots=True)
class NameKind(TextKind):
    """A name, which has a letter in it."""

    needs_keyboard = True

    @property
    def reusable_as(self) -> str:
        return "name" if self.own else ""

    def field(self, values: FormValues, language: str) -> Field:
        return Entry(ANSWER, "name", first_value(values), self.most, complete="name" if self.own else "")

    def accept(self, text: str, words: Words) -> Answer | Refused:
        return text if any(sign.isalpha() for sign in text) else Refused(words("Enter a name"))

    def item_label(self, number: int, words: Words) -> str:
        return words("Name {number}", number=number)

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield "Sam Rees"


DECLARATIONS = (Declaration("name", read_text(NameKind, 100), ("yes", "other")),)
