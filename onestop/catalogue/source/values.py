"""The types of single values in YAML: number, title, telephone, date and so on."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated
from zipfile import ZipFile
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from onestop.authoring.faults import nearest
from onestop.catalogue.hours.grammar import parse_hours

TITLE_LENGTH = 45
SUMMARY_LENGTH = 110
TEXT_LENGTH = 400
LOCATION_KINDS = ("library", "recycling", "one-stop-shop", "pharmacy", "toilet", "leisure", "family")
"""What residents look for near them."""

_NUMBER = re.compile(r"[1-9]\d{2,5}")
_PHONE = re.compile(r"0\d(?: ?\d){8,9}|1\d\d|999|116 ?\d{3}")
_EMAIL = re.compile(r"[^\s@<>]+@[\w-]+(?:\.[\w-]+)+")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?")
_POINT = re.compile(r"(-?\d{1,2}(?:\.\d+)?), *(-?\d{1,3}(?:\.\d+)?)")
_JOURNEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"/[a-z0-9-]+(?:/[a-z0-9-]+)?")


def _matching(pattern: re.Pattern[str], right: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not text:
            raise ValueError(f"is empty: {right}")
        if not pattern.fullmatch(text):
            raise ValueError(f"`{text[:60]}` is not right: {right}")
        return text

    return check


def _sentence(longest: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not text.strip():
            raise ValueError("is empty: write a text")
        if "\n" in text:
            raise ValueError("is more than one line: write it in one")
        if len(text) > longest:
            raise ValueError(f"is {len(text)} characters long: at most {longest}")
        return text.strip()

    return check


def _address(text: str) -> str:
    """Return an address on one line; it may be written on several."""
    lines = (line.strip().rstrip(",") for line in text.splitlines())
    return _sentence(TEXT_LENGTH)(", ".join(line for line in lines if line))


def _title(text: str) -> str:
    text = _sentence(TITLE_LENGTH)(text)
    if text.endswith("."):
        raise ValueError("ends with a full stop: take it off")
    return text


def _date(text: str) -> date:
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"`{text[:60]}` is not a date: write year-month-day, like 2026-10-01") from None


def _hours(text: str) -> str:
    parse_hours(text)
    return text


def _point(text: str) -> str:
    parts = _POINT.fullmatch(text)
    if not parts or abs(float(parts[1])) > 90 or abs(float(parts[2])) > 180:
        raise ValueError(
            f"`{text[:60]}` is not a point: write latitude and longitude in degrees, like 52.9541, -0.1277"
        )
    return text


def _kind(text: str) -> str:
    if text not in LOCATION_KINDS:
        raise ValueError(f"`{text[:60]}` is no kind of place: write one of {', '.join(LOCATION_KINDS)}")
    return text


def _icon(text: str) -> str:
    if text not in _icons():
        raise ValueError(f"`{text[:60]}` is not the name of a Lucide icon{nearest(text, _icons())}")
    return text


@cache
def _icons() -> frozenset[str]:
    with (files("lucide") / "lucide.zip").open("rb") as opened, ZipFile(opened) as icons:
        return frozenset(name.removesuffix(".svg") for name in icons.namelist())


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        raise ValueError(f"`{text[:60]}` is not a time zone: write one like Europe/London") from None
    return text


def _yes(text: str) -> str:
    if text not in ("yes", "no"):
        raise ValueError(f"`{text[:60]}` is neither yes nor no")
    return text


Number = Annotated[str, AfterValidator(_matching(_NUMBER, "write three to six digits, the first not 0, like 214"))]
Title = Annotated[str, AfterValidator(_title)]
Summary = Annotated[str, AfterValidator(_sentence(SUMMARY_LENGTH))]
Line = Annotated[str, AfterValidator(_sentence(TEXT_LENGTH))]
Postal = Annotated[str, AfterValidator(_address)]
Online = Annotated[
    str,
    AfterValidator(_matching(re.compile(r"https://[^\s/]+\.[^\s/]+\S*"), "write an address like https://pay.example")),
]
Former = Annotated[
    str,
    AfterValidator(
        _matching(re.compile(r"/\S*[^\s/]/?|\d{3,6}"), "write the address or number it had, like /old/bins or 214")
    ),
]
Phrase = Annotated[str, AfterValidator(_sentence(60))]
Phone = Annotated[str, AfterValidator(_matching(_PHONE, "write a UK number in digits and spaces, like 01632 960 200"))]
Email = Annotated[str, AfterValidator(_matching(_EMAIL, "write an address like waste@eastmere.example"))]
Colour = Annotated[str, AfterValidator(_matching(_COLOUR, "write # and six digits or letters a to f, like #1f6d7d"))]
Icon = Annotated[str, AfterValidator(_icon)]
Origin = Annotated[str, AfterValidator(_matching(_ORIGIN, "write an origin like https://www.eastmere.example"))]
Address = Annotated[str, AfterValidator(_matching(_ADDRESS, "write the address of a service, like /roads/gritting"))]
JourneyName = Annotated[
    str, AfterValidator(_matching(_JOURNEY, "write the name of a file in journeys/, like missed-bin"))
]
Lgsl = Annotated[str, AfterValidator(_matching(re.compile(r"\d{1,4}"), "write the digits of an LGSL id"))]
Day = Annotated[str, AfterValidator(lambda text: _date(text).isoformat())]
OpeningHours = Annotated[str, AfterValidator(_hours)]
Zone = Annotated[str, AfterValidator(_zone)]
Point = Annotated[str, AfterValidator(_point)]
LocationKind = Annotated[str, AfterValidator(_kind)]
STANDARD_DAYS = (1, 2, 3, 5, 7, 10, 14, 21, 28, 60, 90)
DeliveryStandard = Annotated[
    str,
    AfterValidator(
        _matching(
            re.compile(rf"(?:1 day|(?:{'|'.join(map(str, STANDARD_DAYS[1:]))}) days)"),
            f"write within how many days a case is to be delivered, like `2 days`: {', '.join(map(str, STANDARD_DAYS))}",
        )
    ),
]
YesNo = Annotated[str, AfterValidator(_yes)]
Few = Field(min_length=1, max_length=12)
