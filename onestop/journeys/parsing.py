"""What a resident has entered as an answer, or why it is none, in words that say what to do."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from onestop.journeys.answer import Answer
from onestop.journeys.entered import ANSWER, Entered, first
from onestop.journeys.journey import Day, Money, Number, Pick, Picture, Place, Simple, Text
from onestop.journeys.pence import parse_pence, said_pence
from onestop.journeys.typed_days import NoDay, parse_day
from onestop.journeys.typed_details import parse_address, parse_email, parse_phone, parse_spot
from onestop.language import Words

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_LEADING = re.compile(r"([+-]?)0*([0-9]+)(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Refused:
    """`message` is in the resident's language."""

    message: str


Parsed = Answer | Refused


def parse_answer(kind: Simple, sent: Entered, words: Words, today: date) -> Parsed:
    """The answer in what was sent for one question. A picture is not sent as text: whoever keeps it makes the answer."""
    return _PARSERS[type(kind)](kind, sent, words, today)


def clean(text: str) -> str:
    """The text without what no keyboard makes, its lines and spaces as one would write them."""
    lines = _CONTROL.sub(" ", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _pick(kind: Simple, sent: Entered, words: Words, today: date) -> Parsed:
    pick = cast(Pick, kind)
    chosen = tuple(dict.fromkeys(sent.get(ANSWER, ())))
    known = [name for name in chosen if pick.option(name)]
    if not known or len(known) < len(chosen) or (len(known) > 1 and not pick.several):
        return Refused(words("Choose at least one") if pick.several else words("Choose one"))
    if not pick.several:
        return known[0]
    # In the order they are offered, so that the same choice is the same answer.
    return [option.name for option in pick.options if option.name in known]


def _number(kind: Simple, sent: Entered, words: Words, today: date) -> Parsed:
    number = cast(Number, kind)
    found = _LEADING.fullmatch("".join(clean(first(sent)).split()).replace(",", ""))
    value = int(found[1] + found[2]) if found and len(found[2]) < 12 else None
    if value is None or not number.least <= value <= number.most:
        return Refused(words("Enter a number from {least} to {most}", least=number.least, most=number.most))
    return value


def _money(kind: Simple, sent: Entered, words: Words, today: date) -> Parsed:
    money = cast(Money, kind)
    pence = parse_pence(clean(first(sent)))
    if pence is None:
        return Refused(words("Enter an amount of money, like 12.50"))
    if not money.least <= pence <= money.most:
        least, most = said_pence(money.least), said_pence(money.most)
        return Refused(words("Enter an amount from {least} to {most}", least=least, most=most))
    return pence


def _day(kind: Simple, sent: Entered, words: Words, today: date) -> Parsed:
    day = cast(Day, kind)
    earliest = day.earliest.on(today) if day.earliest else None
    latest = day.latest.on(today) if day.latest else (today if day.birth else None)
    parts = tuple(clean(first(sent, f"{ANSWER}.{part}")) for part in ("day", "month", "year"))
    try:
        found = parse_day(parts if any(parts) else (clean(first(sent)),), today, earliest, latest)
    except NoDay as why:
        return Refused(_no_day(why, words))
    if earliest and found < earliest:
        return Refused(words("Enter a date that is not before {day}", day=words.short_date(earliest)))
    if latest and found > latest:
        return Refused(words("Enter a date that is not after {day}", day=words.short_date(latest)))
    return found.isoformat()


def _no_day(why: NoDay, words: Words) -> str:
    missing = {
        "day": words("Enter the day too"),
        "month": words("Enter the month too"),
        "year": words("Enter the year too"),
    }
    return missing.get(why.missing) or words("Enter a date, like 27 3 2026")


def _text(kind: Simple, sent: Entered, words: Words, today: date) -> Parsed:
    text = cast(Text, kind)
    said = clean(first(sent))
    if text.kind != "words":
        said = " ".join(said.split())
    if not said:
        return Refused(words("Enter an answer"))
    if len(said) > text.most:
        return Refused(words("Write at most {most} characters; you have {number}", most=text.most, number=len(said)))
    if text.kind == "phone":
        return parse_phone(said) or Refused(words("Enter a telephone number, like 01632 960 001 or 07700 900 982"))
    if text.kind == "email":
        return parse_email(said) or Refused(words("Enter an email address, like name@example.com"))
    return said


def _place(kind: Simple, sent: Entered, words: Words, today: date) -> Parsed:
    place = cast(Place, kind)
    said = " ".join(clean(first(sent)).split())
    if place.kind == "spot":
        spot = parse_spot(said, first(sent, f"{ANSWER}.at"))
        return spot or Refused(words("Say where it is: the street, and what is near it"))
    if not said:
        return Refused(words("Enter the house number or name, and the postcode"))
    found = parse_address(said)
    if found is None:
        return Refused(words("Enter the house number or name, and the whole postcode, like 12 EM4 2QT"))
    return found


def _picture(kind: Simple, sent: Entered, words: Words, today: date) -> Parsed:
    return Refused(words("Choose a photo"))


_PARSERS: Mapping[type, Callable[[Simple, Entered, Words, date], Parsed]] = {
    Pick: _pick,
    Number: _number,
    Money: _money,
    Day: _day,
    Text: _text,
    Place: _place,
    Picture: _picture,
}
