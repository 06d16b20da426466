"""`email`: an e-mail address."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from email_validator import EmailNotValidError, validate_email

from onestop.journeys.condition import Value
from onestop.journeys.kind import Declaration, Refused
from onestop.journeys.kinds.text import TextKind, read_text
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.journeys.values.recipient import Recipient
from onestop.journeys.values.visible_text import plain_line
from onestop.language import Words
from onestop.screen import Entry, Field


@dataclass(frozen=True, slots=True)
class EmailKind(TextKind):
    """An address, stored with its domain in small letters."""

    needs_keyboard = True
    is_contact = True

    means = "email"

    def recipient(self, answer: Answer) -> Recipient | None:
        return Recipient("email", answer) if isinstance(answer, str) else None

    @property
    def reusable_as(self) -> str:
        return "email" if self.own else ""

    def field(self, values: FormValues, language: str) -> Field:
        return Entry(ANSWER, "email", first_value(values), self.most, complete="email" if self.own else "")

    def accept(self, text: str, words: Words) -> Answer | Refused:
        return tidy_email(text) or Refused(words("Enter an email address, like name@example.com"))

    def item_label(self, number: int, words: Words) -> str:
        return words("Email address {number}", number=number)

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield "sam@eastmere.example"


def tidy_email(text: str) -> str | None:
    """Return the address in one form, or None if it cannot be one. Nothing is looked up in the DNS."""
    # Phones add a space behind a suggested word; "sam rees@..." could be two addresses.
    try:
        plain = re.sub(r" *([@.]) *", r"\1", plain_line(text))
        return validate_email(re.sub(r"^mailto:", "", plain), check_deliverability=False).normalized
    except EmailNotValidError:
        return None


DECLARATIONS = (Declaration("email", read_text(EmailKind, 200), ("yes", "other")),)
