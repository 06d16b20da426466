"""`place`: an address with its postcode, or a spot out of doors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onestop.authoring.node import Node
from onestop.journeys.condition import Value
from onestop.journeys.kind import Declaration, FormContext, Kind, Refused
from onestop.journeys.kinds.text import too_long
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.journeys.values.postal_address import has_postcode, tidy_address
from onestop.journeys.values.visible_text import visible_line, visible_lines
from onestop.language import Words
from onestop.screen import Entry, Field

MOST = 200
AT = f"{ANSWER}.at"
LATITUDES, LONGITUDES = (49.0, 61.5), (-9.0, 2.5)
"""Of the United Kingdom: a spot elsewhere is a mistake of the device."""


@dataclass(frozen=True, slots=True)
class AddressKind(Kind):
    """A postal address, stored in one line that ends in its postcode."""

    needs_keyboard = True
    reusable_as = "address"
    separator = "; "

    def field(self, values: FormValues, language: str) -> Field:
        return Entry(ANSWER, "address", first_value(values), MOST, complete="address-line1")

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        text, words = visible_lines(first_value(values)), context.words
        if not text:
            return Refused(words("Enter an address with its postcode, like 12 High Street, EM4 2QT"))
        if refused := too_long(text, MOST, words):
            return refused
        if not has_postcode(text):
            return Refused(words("Add the postcode, like EM4 2QT"))
        return tidy_address(text) or Refused(words("Add the number or the name of the house"))

    def item_label(self, number: int, words: Words) -> str:
        return words("Address {number}", number=number)

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield "1 Market Street, EM1 1AA"


@dataclass(frozen=True, slots=True)
class SpotKind(Kind):
    """A spot out of doors, stored as {"words": ..., "at": [latitude, longitude]}, of which either may be missing or empty."""

    needs_keyboard = True
    separator = "; "

    def field(self, values: FormValues, language: str) -> Field:
        return Entry(ANSWER, "spot", first_value(values), MOST)

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        text, at = visible_line(first_value(values)), _coordinates(first_value(values, AT))
        if not text and not at:
            return Refused(context.words("Say where it is: the street, and what it is near"))
        if refused := too_long(text, MOST, context.words):
            return refused
        return {"words": text, "at": at} if at else {"words": text}

    def form_values(self, answer: Answer) -> FormValues:
        text, at = _parts(answer)
        return {ANSWER: (text,), AT: (",".join(str(part) for part in at),)} if at else {ANSWER: (text,)}

    def say(self, answer: Answer, words: Words, *, inline: bool = False) -> str:
        return _parts(answer)[0] or words("The place on the map")

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield {"words": "Outside 1 Market Street"}


def _parts(answer: Answer) -> tuple[str, Sequence[Answer]]:
    assert not isinstance(answer, str | int | float | Sequence) and answer is not None
    at = answer.get("at")
    return str(answer.get("words", "")), at if isinstance(at, Sequence) else ()


def _coordinates(text: str) -> list[Answer] | None:
    """Return latitude and longitude in degrees, to the metre; None if they are malformed or outside the country."""
    try:
        latitude, longitude = (round(float(part), 5) for part in text.split(","))
    except ValueError:
        return None
    inside = LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
    return [latitude, longitude] if inside else None


def _read(node: Node) -> Kind | None:
    places: tuple[Literal["address", "spot"], ...] = ("address", "spot")
    found = node.one_of(places)
    return {"address": AddressKind(), "spot": SpotKind()}[found] if found else None


DECLARATIONS = (Declaration("place", _read, ("address", "spot")),)
