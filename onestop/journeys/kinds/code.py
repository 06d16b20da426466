"""The code that confirms an e-mail address or a telephone number: not declared by itself, but by `confirm` beside one of those."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onestop.journeys.condition import Comparison, Value
from onestop.journeys.journey import Ask
from onestop.journeys.kind import FormContext, Kind, Refused
from onestop.journeys.values.answer import Answer, Answers
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.journeys.values.recipient import Recipient
from onestop.journeys.values.visible_text import plain_line
from onestop.language import Words
from onestop.screen import Entry, Field

DIGITS = 6
CONFIRMED = "confirmed"
"""The key of a stored answer: the address that the code was sent to."""


@dataclass(frozen=True, slots=True)
class CodeKind(Kind):
    """The code that was sent to the answer of another ask, `of`, whose kind is `contact`.

    The answer to a form is its digits. What is stored, once the server has found them right, is the address that they confirm.
    """

    of: str
    contact: Kind

    def field(self, values: FormValues, language: str) -> Field:
        return Entry(ANSWER, "code", first_value(values), DIGITS, complete="one-time-code")

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        digits = "".join(filter(str.isalnum, plain_line(first_value(values))))
        if len(digits) == DIGITS and digits.isascii() and digits.isdecimal():
            return digits
        return Refused(context.words("Enter the six digits of the code"))

    def form_values(self, answer: Answer) -> FormValues:
        # A confirmed code is not entered again.
        return {ANSWER: ("0" * DIGITS if isinstance(answer, Mapping) else str(answer),)}

    def refill(self, answer: Answer) -> FormValues:
        return {}

    def say(self, answer: Answer, words: Words, *, inline: bool = False) -> str:
        return words("Confirmed")

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        found = (self.contact.recipient(answer) for answer in self.contact.examples((), today))
        yield from ({CONFIRMED: one.to} for one in found if one)

    def agrees_with(self, answer: Answer, answers: Answers) -> bool:
        recipient = self.recipient_among(answers)
        return recipient is not None and isinstance(answer, Mapping) and answer.get(CONFIRMED) == recipient.to

    def recipient_among(self, answers: Answers) -> Recipient | None:
        """Return whom the code is sent to, or None if there is no such answer yet."""
        return self.contact.recipient(answers.get(self.of))


def code_ask(ask: Ask) -> Ask:
    """Return the ask for the code that confirms the answer to another one. It may be skipped: then nothing is sent to the address."""
    rule = Comparison(ask.name, "answered")
    return Ask(code_ask_name(ask.name), ask.confirm, CodeKind(ask.name, ask.kind), rule=rule, need=False, only=ask.only)


def code_ask_name(name: str) -> str:
    return f"{name}-code"
