"""`place`: an address with its postcode, or a spot out of doors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from onestop.authoring.node import Node
from onestop.journeys.condition import Value
from onestop.journeys.kind import AnswerPlace, Declaration, FormContext, Kind, Refused
from onestop.journeys.kinds.text import too_long
from onestop.journeys.values.answer import SKIPPED, Answer, compared_value, is_thin
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.journeys.values.postal_address import (
    AddressFields,
    address_parts,
    has_postcode,
    has_split_postcode,
    join_address,
    letter_lines,
    split_address,
    tidy_address,
)
from onestop.journeys.values.property import GIVEN, PartValue, address_line, is_property, next_day
from onestop.journeys.values.recipient import Recipient
from onestop.journeys.values.visible_text import has_base, visible_line, visible_lines
from onestop.language import Words
from onestop.screen import Entry, Field, Means

MOST = 200
AT = f"{ANSWER}.at"
NEXT = "next"
MOST_COMBINED = 4
"""With more parts than this in conditions, examples have each alone, all but one, and all, instead of every combination."""
FOUND_BY_DIGITS = 8
"""Presses that find an address by digit keys, OK included: the median of a borough. `tests/places` enumerates every address."""
FIELDS = (ANSWER, f"{ANSWER}.street", f"{ANSWER}.town", f"{ANSWER}.postcode")
"""The fields of an address on a device that keeps addresses: house, street, town and postcode."""
LATITUDES, LONGITUDES = (49.0, 61.5), (-9.0, 2.5)
"""Of the United Kingdom: a spot elsewhere is a mistake of the device."""


@dataclass(frozen=True, slots=True)
class AddressKind(Kind):
    """A postal address: a property (`onestop/journeys/values/property.py`), or one line that ends in its postcode.

    A `local` one is in the council's area; the address of another council is refused.
    """

    local: bool = False

    needs_keyboard = True
    has_parts = True
    tracks = True
    reusable_as = "address"
    separator = "; "
    means = "letter"

    def recipient(self, answer: Answer) -> Recipient | None:
        lines = letter_lines(address_line(answer)) if answer is not SKIPPED and not is_thin(answer) else ()
        return Recipient("letter", "\n".join(lines)) if lines else None

    def field(self, values: FormValues, language: str) -> Field:
        text, fields = _whole(values), _fields(values)
        parts = fields if any(name in values for name in FIELDS[1:]) else split_address(text)
        return Entry(ANSWER, "address", text, MOST, complete="address-line1", parts=parts)

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        if context.place is not SKIPPED:
            return context.place
        text, words = visible_lines(_whole(values)), context.words
        if not text:
            return Refused(words("Enter an address with its postcode, like 12 High Street, EM4 2QT"))
        tidy = tidy_address(text)
        # Measured as it is stored, so that an answer may be sent again as it is shown.
        if refused := too_long(tidy or text, MOST, words):
            return refused
        if not has_postcode(text):
            return Refused(words("Add the postcode, like EM4 2QT"))
        if has_split_postcode(text):
            return Refused(words("Write the postcode as one, like EM4 2QT, with a comma before it"))
        return tidy or Refused(words("Add the number or the name of the house"))

    def form_values(self, answer: Answer) -> FormValues:
        return {ANSWER: (address_line(answer),)}

    def say(self, answer: Answer, words: Words, *, inline: bool = False) -> str:
        return address_line(answer)

    def say_part(self, answer: Answer, part: str, other: Answer, words: Words, today: date) -> str:
        """Return the next day on which the bin that `other` names is emptied there, or any bin if `other` is None."""
        bin_ = "" if other is None else str(compared_value(other))
        day = next_day(answer, bin_, today) if part == NEXT else None
        return words.date(day) if day else words("a day that we do not know yet")

    def second_fact(self, answer: Answer) -> str:
        return address_parts(address_line(answer))[1]

    def location(self, answer: Answer) -> AnswerPlace:
        return AnswerPlace(address_line(answer), _at(answer.get("at") if isinstance(answer, Mapping) else None))

    def item_label(self, number: int, words: Words) -> str:
        return words("Address {number}", number=number)

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield "1 Market Street, EM1 1AA"
        parts = list(dict.fromkeys(value for value in compared if isinstance(value, PartValue)))
        sizes = range(len(parts) + 1) if len(parts) <= MOST_COMBINED else sorted({0, 1, len(parts) - 1, len(parts)})
        for size in sizes:
            yield from map(_example, combinations(parts, size))

    def presses(self, answer: Answer, means: Means) -> int | None:
        if is_property(answer) and not means.keyboard:
            return FOUND_BY_DIGITS
        return Kind.presses(self, answer, means)


@dataclass(frozen=True, slots=True)
class SpotKind(Kind):
    """A spot out of doors, stored as {"words": ..., "at": [latitude, longitude]}, of which either may be missing or empty."""

    needs_keyboard = True
    separator = "; "

    def field(self, values: FormValues, language: str) -> Field:
        return Entry(ANSWER, "spot", first_value(values), MOST)

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        text, at = visible_line(first_value(values)), _coordinates(first_value(values, AT))
        if not has_base(text) and not at:
            return Refused(context.words("Say where it is: the street, and what it is near"))
        if refused := too_long(text, MOST, context.words):
            return refused
        return {"words": text, "at": at} if at else {"words": text}

    def form_values(self, answer: Answer) -> FormValues:
        text, at = _parts(answer)
        return {ANSWER: (text,), AT: (",".join(str(part) for part in at),)} if at else {ANSWER: (text,)}

    def say(self, answer: Answer, words: Words, *, inline: bool = False) -> str:
        return _parts(answer)[0] or words("The place on the map")

    def location(self, answer: Answer) -> AnswerPlace:
        text, at = _parts(answer)
        return AnswerPlace(text, _at(at))

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield {"words": "Outside 1 Market Street"}


def _example(parts: tuple[PartValue, ...]) -> Answer:
    """Return a property of which so many comparisons are true."""
    made: dict[str, list[Answer]] = {}
    for one in parts:
        made.setdefault(one.part, []).append(one.value or GIVEN)
    return {"uprn": 1, "lines": ["1 Market Street", "Eastmere", "EM1 1AA"], **made}


def _fields(values: FormValues) -> AddressFields:
    house, street, town, postcode = (first_value(values, name) for name in FIELDS)
    return house, street, town, postcode


def _whole(values: FormValues) -> str:
    return join_address(*_fields(values))


def _at(pair: Answer) -> tuple[float, float] | None:
    """Return the latitude and longitude of a stored pair."""
    if not isinstance(pair, (list, tuple)) or len(pair) != 2:
        return None
    return float(str(pair[0])), float(str(pair[1]))


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


PLACES: Mapping[str, Kind] = {"address": AddressKind(), "property": AddressKind(local=True), "spot": SpotKind()}


def _read(node: Node) -> Kind | None:
    found = node.one_of(tuple(PLACES))
    return PLACES[found] if found else None


DECLARATIONS = (Declaration("place", _read, tuple(PLACES)),)
