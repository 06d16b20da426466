"""The field in which each kind of answer is given."""

from collections.abc import Callable, Mapping
from typing import cast

from onestop.journeys.journey import Day, Money, Number, Pick, Picture, Place, Simple, Text
from onestop.journeys.kinds.form_values import ANSWER, Entered, first
from onestop.language import translated
from onestop.screen import Choice, DateEntry, Entry, Field, Upload
from onestop.screen import Option as ShownOption
from onestop.screen.questions import EntryKind

COMPLETE = {"name": "name", "phone": "tel", "email": "email", "words": ""}
SHORT = 100
"""Words up to so many characters are asked for in one line."""


def field_of(kind: Simple, sent: Entered, language: str) -> Field:
    """The field, holding what has been entered."""
    return _FIELDS[type(kind)](kind, sent, language)


def _choice(kind: Simple, sent: Entered, language: str) -> Field:
    pick = cast(Pick, kind)
    chosen = sent.get(ANSWER, ())
    options = (
        ShownOption(one.name, translated(one.text, language), translated(one.hint, language), one.name in chosen)
        for one in pick.options
    )
    return Choice(ANSWER, tuple(options), pick.several)


def _number(kind: Simple, sent: Entered, language: str) -> Field:
    number = cast(Number, kind)
    longest = max(len(str(number.least)), len(str(number.most)))
    return Entry(ANSWER, "number", first(sent), longest, translated(number.unit, language))


def _money(kind: Simple, sent: Entered, language: str) -> Field:
    return Entry(ANSWER, "money", first(sent), len(str(cast(Money, kind).most)) + 3, "£")


def _day(kind: Simple, sent: Entered, language: str) -> Field:
    day, month, year = (first(sent, f"{ANSWER}.{part}") for part in ("day", "month", "year"))
    return DateEntry(ANSWER, day, month, year, "bday" if cast(Day, kind).birth else "")


def _text(kind: Simple, sent: Entered, language: str) -> Field:
    text = cast(Text, kind)
    how: EntryKind = "line" if text.kind == "words" and text.most <= SHORT else text.kind
    return Entry(ANSWER, how, first(sent), text.most, complete=COMPLETE[text.kind] if text.own else "")


def _place(kind: Simple, sent: Entered, language: str) -> Field:
    place = cast(Place, kind)
    complete = "address-line1" if place.kind == "address" else ""
    return Entry(ANSWER, place.kind, first(sent), 200, complete=complete)


def _picture(kind: Simple, sent: Entered, language: str) -> Field:
    return Upload(ANSWER, cast(Picture, kind).most)


_FIELDS: Mapping[type, Callable[[Simple, Entered, str], Field]] = {
    Pick: _choice,
    Number: _number,
    Money: _money,
    Day: _day,
    Text: _text,
    Place: _place,
    Picture: _picture,
}
