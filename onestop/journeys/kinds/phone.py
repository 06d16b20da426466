"""`phone`: a telephone number, as the numbering plan of its country allows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from onestop.journeys.condition import Value
from onestop.journeys.kind import Declaration, Refused
from onestop.journeys.kinds.text import TextKind, read_text
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.language import Words
from onestop.screen import Entry, Field

REGION, COUNTRY_CODE = "GB", 44
_DRAMA = re.compile(r"(?:1632960|7700900)\d{3}")
"""National numbers that Ofcom reserves for drama and never assigns; demonstrations and training use them."""


@dataclass(frozen=True, slots=True)
class PhoneKind(TextKind):
    """A number, stored as `07700 900 123`, or as `+33142685300` if it is from another country."""

    is_contact = True

    @property
    def reusable_as(self) -> str:
        return "phone" if self.own else ""

    def field(self, values: FormValues, language: str) -> Field:
        return Entry(ANSWER, "phone", first_value(values), self.most, complete="tel" if self.own else "")

    def accept(self, text: str, words: Words) -> Answer | Refused:
        message = words("Enter a phone number, like 01632 960 001 or 07700 900 982")
        return tidy_phone(text) or Refused(message)

    def item_label(self, number: int, words: Words) -> str:
        return words("Phone number {number}", number=number)

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield "01632 960 123"


def tidy_phone(text: str) -> str | None:
    """Return the number in one form, or None if there is no such number. Letters and extensions are refused."""
    if any(sign.isalpha() for sign in text):
        return None
    try:
        number = phonenumbers.parse(re.sub(r"^00", "+", text), REGION)
    except NumberParseException:
        return None
    if number.extension or not _exists(number):
        return None
    if number.country_code != COUNTRY_CODE:
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    # Six digits are easier to read, and to hear, in two groups.
    return re.sub(r"(\d{3})(\d{3})$", r"\1 \2", phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))


def _exists(number: PhoneNumber) -> bool:
    if phonenumbers.is_valid_number(number):
        return True
    return number.country_code == COUNTRY_CODE and _DRAMA.fullmatch(str(number.national_number)) is not None


DECLARATIONS = (Declaration("phone", read_text(PhoneKind, 30), ("yes", "other")),)
