"""Days as people type them: three boxes or one line, names of months in English or Welsh, years of two digits."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

_MONTHS = (
    ("jan", "ion"), ("feb", "chwe"), ("mar", "maw"), ("apr", "ebr"), ("may", "mai"), ("jun", "meh"),
    ("jul", "gor"), ("aug", "aws"), ("sep", "med"), ("oct", "hyd"), ("nov", "tach"), ("dec", "rhag"),
)  # fmt: skip
_RELATIVE = {"today": 0, "heddiw": 0, "yesterday": -1, "ddoe": -1, "tomorrow": 1, "yfory": 1}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?")


class NoDay(Exception):
    """It is no day; `missing` is the part that was left out, or ""."""

    def __init__(self, missing: str = "") -> None:
        super().__init__(missing)
        self.missing = missing


def parse_day(parts: Sequence[str], today: date, earliest: date | None, latest: date | None) -> date:
    """The day in three parts (day, month, year) or in one line. Bounds only settle which century two digits mean."""
    found = _three(parts) if len(parts) == 3 else _line(parts[0], today)
    if isinstance(found, date):
        return found
    day, month, year = found
    ordinal = _ORDINAL.fullmatch(day.lower())
    number = _month(month)
    if not ordinal or not number or not re.fullmatch(r"[0-9]{2}|[0-9]{4}", year):
        raise NoDay
    try:
        return date(_century(year, today, earliest, latest), number, int(ordinal[1]))
    except ValueError:
        raise NoDay from None


def _three(parts: Sequence[str]) -> tuple[str, str, str]:
    day, month, year = parts
    empty = [name for name, part in zip(("day", "month", "year"), parts, strict=True) if not part]
    if empty:
        raise NoDay(empty[0] if len(empty) == 1 else "")
    return day, month, year


def _line(text: str, today: date) -> date | tuple[str, str, str]:
    lower = text.lower()
    if lower in _RELATIVE:
        return today + timedelta(_RELATIVE[lower])
    iso = _ISO.fullmatch(lower)
    if iso:
        return iso[3], iso[2], iso[1]
    parts = [part for part in re.split(r"[\s./,-]+", lower) if part and part not in ("of", "o")]
    # "Friday 27 March 2026": the weekday says nothing more.
    if len(parts) == 4 and parts[0].isalpha():
        parts = parts[1:]
    if len(parts) != 3:
        raise NoDay("year" if len(parts) == 2 else "")
    return parts[0], parts[1], parts[2]


def _month(text: str) -> int:
    """Its number, 0 if it is none."""
    if text.isascii() and text.isdecimal():
        return int(text)
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if c.isalpha())
    return next((n for n, names in enumerate(_MONTHS, 1) if plain.startswith(names)), 0)


def _century(year: str, today: date, earliest: date | None, latest: date | None) -> int:
    """A year of two digits is the one within the bounds, else of this century, unless that is far ahead."""
    if len(year) == 4:
        return int(year)
    near = today.year // 100 * 100 + int(year)
    most = latest.year if latest else today.year + 20
    least = earliest.year if earliest else 0
    return near - 100 if near > most and near - 100 >= least else near
