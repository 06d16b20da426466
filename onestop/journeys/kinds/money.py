"""`money`: an amount in pounds and pence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onestop.authoring.node import Node
from onestop.journeys.condition import Value
from onestop.journeys.kind import Declaration, FormContext, Kind, Refused, WrongValue
from onestop.journeys.values.amount import parse_pence, say_pence, type_pence
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.boundaries import boundary_integers
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.language import Words
from onestop.screen import Entry, Field

LARGEST = 100_000_000
"""Pence that an author may allow at most."""


@dataclass(frozen=True, slots=True)
class MoneyKind(Kind):
    """An amount from `least` to `most`, stored in pence."""

    least: int
    most: int

    ordered = True

    def field(self, values: FormValues, language: str) -> Field:
        return Entry(ANSWER, "money", first_value(values), len(str(self.most)) + 3, "£")

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        pence, words = parse_pence(first_value(values)), context.words
        if pence is None:
            return Refused(words("Enter an amount in pounds, like 12.50"))
        if not self.least <= pence <= self.most:
            least, most = say_pence(self.least), say_pence(self.most)
            return Refused(words("Enter an amount from {least} to {most}", least=least, most=most))
        return pence

    def form_values(self, answer: Answer) -> FormValues:
        return {ANSWER: (type_pence(answer) if isinstance(answer, int) else str(answer),)}

    def say(self, answer: Answer, words: Words, *, inline: bool = False) -> str:
        return self.summary(answer)

    def summary(self, answer: Answer) -> str:
        return say_pence(answer) if isinstance(answer, int) else str(answer)

    def condition_value(self, name: str, word: str) -> Value:
        pence = parse_pence(word)
        if pence is None:
            raise WrongValue(f"`{word}` is not an amount, which `{name}` is: write pounds like 12.50")
        return pence

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield from boundary_integers(compared, self.least, self.most)


def _read(node: Node) -> Kind:
    node.entries(("min", "max"))
    least, most = _read_pence(node, "min", 0), _read_pence(node, "max", LARGEST)
    if least > most:
        node.fault("has a `min` above its `max`: no answer is right", key=True)
    return MoneyKind(least, most)


def _read_pence(node: Node, key: str, default: int) -> int:
    if not node.has(key):
        return default
    text = (node / key).text()
    pence = parse_pence(text)
    if text and (pence is None or pence > LARGEST):
        (node / key).fault(f"`{text}` is not an amount: write pounds like 12.50, at most {LARGEST // 100}")
    return default if pence is None else pence


DECLARATIONS = (Declaration("money", _read, ("{min: 0.10, max: 5000}",)),)
