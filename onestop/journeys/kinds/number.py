"""`number`: a whole number, with a unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onestop.authoring.node import Node
from onestop.journeys.condition import Value
from onestop.journeys.kind import Declaration, FormContext, Kind, Refused, WrongValue, boundary_integers
from onestop.journeys.text_limits import UNIT
from onestop.journeys.values.amount import parse_whole, plain_number
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.language import Translations, Words, translated
from onestop.screen import Entry, Field

LARGEST = 999_999
"""What `max` is unless it is declared."""


@dataclass(frozen=True, slots=True)
class NumberKind(Kind):
    """A whole number from `least` to `most`, stored as itself. `one` is the unit of 1: "day" where `unit` is "days"."""

    least: int
    most: int
    unit: Translations
    one: Translations

    ordered = True

    def field(self, values: FormValues, language: str) -> Field:
        longest = max(len(str(self.least)), len(str(self.most)))
        return Entry(ANSWER, "number", first_value(values), longest, translated(self.unit, language))

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        text, words = self._without_unit(plain_number(first_value(values))), context.words
        if not text:
            return Refused(words("Enter a number"))
        number = parse_whole(text)
        if number is None:
            return Refused(words("Enter a number in digits, like 3"))
        if not self.least <= number <= self.most:
            return Refused(words("Enter a number from {least} to {most}", least=self.least, most=self.most))
        return number

    def _without_unit(self, text: str) -> str:
        for unit in (*self.unit.values(), *self.one.values()):
            if unit and text.casefold().endswith(unit.casefold()):
                return text[: -len(unit)].rstrip()
        return text

    def say(self, answer: Answer, words: Words, *, inline: bool = False) -> str:
        unit = translated(self.one if answer == 1 and self.one else self.unit, words.language)
        return f"{answer} {unit}".strip()

    def summary(self, answer: Answer) -> str:
        return str(answer)

    def condition_value(self, name: str, word: str) -> Value:
        if word.removeprefix("-").isdecimal() and word.isascii() and len(word) < 10:
            return int(word)
        raise WrongValue(f"`{word}` is not a whole number, which `{name}` is: write digits")

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield from boundary_integers(compared, self.least, self.most)


def _read(node: Node) -> Kind:
    node.entries(("min", "max", "unit", "one"))
    least, most = node.whole("min", 0), node.whole("max", LARGEST)
    if least > most:
        node.fault("has a `min` above its `max`: no answer is right", key=True)
    unit = (node / "unit").translations(UNIT) if node.has("unit") else {}
    return NumberKind(least, most, unit, (node / "one").translations(UNIT) if node.has("one") else {})


DECLARATIONS = (Declaration("number", _read, ("{min: 1, max: 90, unit: days, one: day}", "{min: -20, max: 40}")),)
