"""`phone`: a telephone number, as the numbering plan of its country allows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from onestop.journeys.condition import Value
from onestop.journeys.kind import Declaration, Kind, Refused
from onestop.journeys.kinds.text import TextKind, read_text
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.journeys.values.recipient import Recipient
from onestop.journeys.values.visible_text import plain_line
from onestop.language import Words
from onestop.screen import Entry, Field

REGION, COUNTRY_CODE = "GB", 44
TEXTED = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_DRAMA = re.compile(r"(?:1632960|7700900)\d{3}")
"""National numbers that Ofcom reserves for drama and never assigns; demonstrations and training use them."""


@dataclass(frozen=True, slots=True)
class PhoneKind(TextKind):
    """A number, stored as `07700 900 123`, or as `+33142685300` if it is from another country.

    One that is `texted` must take text messages.
    """

    texted: bool = False

    is_contact = True
    means = "sms"

    def recipient(self, answer: Answer) -> Recipient | None:
        number = texting_number(answer) if isinstance(answer, str) else ""
        return Recipient("sms", number) if number else None

    @property
    def reusable_as(self) -> str:
        return "phone" if self.own else ""

    def field(self, values: FormValues, language: str) -> Field:
        return Entry(ANSWER, "phone", first_value(values), self.most, complete="tel" if self.own else "")

    def accept(self, text: str, words: Words) -> Answer | Refused:
        message = words("Enter a phone number, like 01632 960 001 or 07700 900 982")
        tidy = tidy_phone(text)
        if tidy and self.texted and not texting_number(tidy):
            return Refused(words("Enter a number that gets text messages, like 07700 900 982"))
        return tidy or Refused(message)

    def item_label(self, number: int, words: Words) -> str:
        return words("Phone number {number}", number=number)

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield "07700 900 123" if self.texted else "01632 960 123"


def with_texts(kind: Kind) -> Kind:
    """Return the kind of an answer that a code is sent to: a telephone number must take text messages."""
    return replace(kind, texted=True) if isinstance(kind, PhoneKind) else kind


def tidy_phone(text: str) -> str | None:
    """Return the number in one form, or None if there is no such number. Letters and extensions are refused."""
    text = plain_line(text)
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


def texting_number(tidy: str) -> str:
    """Return a number that text messages reach in E.164, or ""."""
    try:
        number = phonenumbers.parse(tidy, REGION)
    except NumberParseException:
        return ""
    drama = number.country_code == COUNTRY_CODE and str(number.national_number).startswith("7700900")
    reached = drama or phonenumbers.number_type(number) in TEXTED
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if reached else ""


def _exists(number: PhoneNumber) -> bool:
    if phonenumbers.is_valid_number(number):
        return True
    return number.country_code == COUNTRY_CODE and _DRAMA.fullmatch(str(number.national_number)) is not None


DECLARATIONS = (Declaration("phone", read_text(PhoneKind, 30), ("yes", "other")),)
