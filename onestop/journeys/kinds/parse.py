"""What a resident has entered becomes an answer, or a sentence that says what to enter instead."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from onestop.journeys.journey import Ask, Day, Each, Money, Number, Pick, Picture, Place, Simple, Text
from onestop.journeys.kinds.form_values import ANSWER, Entered, first
from onestop.journeys.values.answer import SKIPPED, THIN, Answer, is_open, is_thin, items_of, still_open
from onestop.journeys.values.contact import has_postcode, tidy_address, tidy_email, tidy_phone
from onestop.journeys.values.pence import parse_pence, said_pence
from onestop.journeys.values.visible_text import tidy_line, tidy_lines
from onestop.journeys.values.written_date import Span, read_day
from onestop.language import Words

DO = "do"
"""The name under which the other buttons of a question are sent: skip, thin, done, remove."""
_WHOLE = re.compile(r"(-?[0-9]{1,12})(?:\.0*)?")
_LATITUDES, _LONGITUDES = (49.0, 61.5), (-9.0, 2.5)
"""Of these islands: a spot elsewhere is a mistake of the apparatus."""


@dataclass(frozen=True, slots=True)
class Refused:
    """`message` is for the resident, in their language."""

    message: str


@dataclass(frozen=True, slots=True)
class Asked:
    """In which language, and on which day; and the picture that is there, if there is one."""

    words: Words
    today: date
    photo: Answer = SKIPPED


def parse_answer(
    ask: Ask,
    sent: Entered,
    words: Words,
    today: date,
    *,
    before: Answer = SKIPPED,
    item: int = 0,
    photo: Answer = SKIPPED,
) -> Answer | Refused:
    """The answer to an ask as it is offered on the path.

    `before` is the answer so far, which a repeat adds to; `item` is which of its items is changed, from 1, or 0 for a new one.
    `photo` is what the keeper of pictures gave for one that came with this.
    """
    do = first(sent, DO)
    kept = before if isinstance(ask.kind, Picture) and not is_thin(before) else SKIPPED
    asked = Asked(words, today, photo or kept)
    if do == "thin" and ask.thin:
        return THIN
    if isinstance(ask.kind, Each):
        return _repeated(ask, ask.kind, sent, asked, before, item)
    if not ask.need and (do == "skip" or _nothing(sent, asked)):
        return SKIPPED
    return parse_one(ask.kind, sent, asked)


def parse_one(kind: Simple, sent: Entered, asked: Asked) -> Answer | Refused:
    """One answer of a kind that can be entered."""
    return _PARSERS[type(kind)](kind, sent, asked)


def _repeated(ask: Ask, kind: Each, sent: Entered, asked: Asked, before: Answer, item: int) -> Answer | Refused:
    do, items = first(sent, DO), list(items_of(before))
    if do == "remove" and 0 < item <= len(items):
        del items[item - 1]
        return still_open(items)
    if do in ("done", "skip") or (_nothing(sent, asked) and not item and (items or not ask.need)):
        if items:
            return items
        return Refused(_first_of(kind.of, asked)) if ask.need else SKIPPED
    found = parse_one(kind.of, sent, asked)
    if isinstance(found, Refused):
        return found
    if 0 < item <= len(items):
        items[item - 1] = found
        return still_open(items) if is_open(before) else items
    items = [*items, found][: kind.most]
    return items if len(items) == kind.most else still_open(items)


def _first_of(kind: Simple, asked: Asked) -> str:
    """What is said where nothing has been entered at all."""
    found = parse_one(kind, {}, replace(asked, photo=SKIPPED))
    return found.message if isinstance(found, Refused) else ""


def _nothing(sent: Entered, asked: Asked) -> bool:
    return asked.photo is SKIPPED and not any(
        value.strip() for name, values in sent.items() if name.startswith(ANSWER) for value in values
    )


def _choice(kind: Simple, sent: Entered, asked: Asked) -> Answer | Refused:
    pick = cast(Pick, kind)
    chosen = [option.name for option in pick.options if option.name in sent.get(ANSWER, ())]
    if pick.several:
        return chosen or Refused(asked.words("Choose at least one of the answers"))
    return chosen[0] if len(chosen) == 1 else Refused(asked.words("Choose one of the answers"))


def _number(kind: Simple, sent: Entered, asked: Asked) -> Answer | Refused:
    number, words = cast(Number, kind), asked.words
    close = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", first(sent)))
    for unit in (*number.unit.values(), *number.one.values()):
        close = close.removesuffix("".join(unit.split()))
    found = _WHOLE.fullmatch(close)
    if not close:
        return Refused(words("Enter a number"))
    if not found:
        return Refused(words("Enter a number in digits, like 3"))
    if not number.least <= int(found[1]) <= number.most:
        return Refused(words("Enter a number from {least} to {most}", least=number.least, most=number.most))
    return int(found[1])


def _money(kind: Simple, sent: Entered, asked: Asked) -> Answer | Refused:
    money, words = cast(Money, kind), asked.words
    pence = parse_pence(first(sent))
    if pence is None:
        return Refused(words("Enter an amount in pounds, like 12.50"))
    if not money.least <= pence <= money.most:
        least, most = said_pence(money.least), said_pence(money.most)
        return Refused(words("Enter an amount from {least} to {most}", least=least, most=most))
    return pence


def span_of(kind: Day, today: date) -> Span:
    """The days that are right today."""
    earliest = kind.earliest.on(today) if kind.earliest else date(1900, 1, 1)
    latest = today if kind.birth else date(2199, 12, 31)
    return Span(earliest, kind.latest.on(today) if kind.latest else latest)


def _day(kind: Simple, sent: Entered, asked: Asked) -> Answer | Refused:
    bounds, words = cast(Day, kind), asked.words
    span = span_of(bounds, asked.today)
    day, month, year = (tidy_line(first(sent, f"{ANSWER}.{part}")) for part in ("day", "month", "year"))
    found = read_day(day or tidy_line(first(sent)), month, year, span, asked.today)
    if isinstance(found, str):
        return Refused(_missing(found, words, asked.today))
    if found in span:
        return found.isoformat()
    earliest, latest = words.short_date(span.earliest), words.short_date(span.latest)
    if not (bounds.latest or bounds.birth):
        return Refused(words("Enter {day} or a later date", day=earliest))
    if not bounds.earliest:
        return Refused(words("Enter {day} or an earlier date", day=latest))
    return Refused(words("Enter a date from {first} to {last}", first=earliest, last=latest))


def _missing(what: str, words: Words, today: date) -> str:
    example = f"{today.day} {today.month} {today.year}"
    return {
        "all": words("Enter a date, like {example}", example=example),
        "day": words("Enter the day as well, like {example}", example=example),
        "month": words("Enter the month as well, like {example}", example=example),
        "year": words("Enter the year as well, like {example}", example=example),
        "unreal": words("Enter a date that there is, like {example}", example=example),
    }[what]


def _text(kind: Simple, sent: Entered, asked: Asked) -> Answer | Refused:
    text, words = cast(Text, kind), asked.words
    read = tidy_lines if text.kind == "words" else tidy_line
    entered = read(first(sent))
    over = len(entered) - text.most
    if over > 0:
        return Refused(words.count("Make it {number} character shorter", "Make it {number} characters shorter", over))
    return _TEXTS[text.kind](entered, words)


def _words(entered: str, words: Words) -> Answer | Refused:
    return entered or Refused(words("Enter an answer"))


def _name(entered: str, words: Words) -> Answer | Refused:
    return entered if any(sign.isalpha() for sign in entered) else Refused(words("Enter a name"))


def _phone(entered: str, words: Words) -> Answer | Refused:
    return tidy_phone(entered) or Refused(words("Enter a phone number, like 01632 960 001 or 07700 900 982"))


def _email(entered: str, words: Words) -> Answer | Refused:
    return tidy_email(entered) or Refused(words("Enter an email address, like name@example.com"))


def _place(kind: Simple, sent: Entered, asked: Asked) -> Answer | Refused:
    return _PLACES[cast(Place, kind).kind](sent, asked.words)


def _address(sent: Entered, words: Words) -> Answer | Refused:
    entered = tidy_lines(first(sent))[:200]
    if not entered:
        return Refused(words("Enter an address with its postcode, like 12 High Street, EM4 2QT"))
    if not has_postcode(entered):
        return Refused(words("Add the postcode, like EM4 2QT"))
    return tidy_address(entered) or Refused(words("Add the number or the name of the house"))


def _spot(sent: Entered, words: Words) -> Answer | Refused:
    entered, at = tidy_line(first(sent))[:200], _at(first(sent, f"{ANSWER}.at"))
    if not entered and not at:
        return Refused(words("Say where it is: the street, and what it is near"))
    return {"words": entered, "at": at} if at else {"words": entered}


def _at(text: str) -> list[Answer] | None:
    """Latitude and longitude, to the metre; None if it is no place of ours."""
    try:
        latitude, longitude = (round(float(part), 5) for part in text.split(","))
    except ValueError:
        return None
    inside = _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]
    return [latitude, longitude] if inside else None


def _picture(kind: Simple, sent: Entered, asked: Asked) -> Answer | Refused:
    return asked.photo or Refused(asked.words("Choose a photo to send"))


_TEXTS: Mapping[str, Callable[[str, Words], Answer | Refused]] = {
    "words": _words,
    "name": _name,
    "phone": _phone,
    "email": _email,
}
_PLACES: Mapping[str, Callable[[Entered, Words], Answer | Refused]] = {"address": _address, "spot": _spot}
_PARSERS: Mapping[type, Callable[[Simple, Entered, Asked], Answer | Refused]] = {
    Pick: _choice,
    Number: _number,
    Money: _money,
    Day: _day,
    Text: _text,
    Place: _place,
    Picture: _picture,
}
