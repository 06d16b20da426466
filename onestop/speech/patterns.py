"""What the things look like that are not said as they are written; the same in every language of Britain."""

import re
from collections.abc import Callable, Iterable, Mapping

Say = Callable[[re.Match[str]], str]

START, END = r"(?<![\w.,:/£-])", r"(?![\w/]|[.,:-]\d)"
"""Where a thing made of digits begins and ends: not in the middle of a longer one."""

PHONE = (
    START + r"(?:\+44 ?(?:\(0\) ?)?[1-9]\d{1,4}(?: ?\d{3,4}){1,3}"
    r"|\(?0\d{2,4}\)?[ -]\d{3,6}(?:[ -]\d{3,4})?|0\d{9,10})" + END
)
"""A telephone number of the United Kingdom, as Ofcom writes them or without spaces."""
SHORT_PHONE = START + r"(?:999|111|101|112)" + END
"""Numbers everybody knows: emergencies, the NHS, the police."""
GROUPS = {"011": (4, 3, 4), "02": (3, 4, 4), "03": (4, 3, 4), "08": (4, 3, 4)}
OTHERWISE = (5, 3, 3)
"""How the digits of a telephone number stand together, by what it begins with (Ofcom's National Telephone Numbering Plan)."""

DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
YEAR = r"(?:19|20)\d\d"
ISO_DATE = START + rf"(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])" + END
SLASHED_DATE = START + rf"{DAY}/(?P<month>0?[1-9]|1[0-2])/(?P<year>{YEAR})" + END
FINANCIAL_YEAR = START + rf"(?P<year>{YEAR})/(?P<next>\d\d)" + END
BARE_YEAR = START + rf"{YEAR}" + END

CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d"
HALF_DAY = r"(?:[1-9]|1[0-2])(?:[:.][0-5]\d)? ?(?:am|pm|a\.m\.|p\.m\.)"
TIME = START + rf"(?:{HALF_DAY}|{CLOCK})(?![\w/])"
TIMES = START + rf"(?P<from>{HALF_DAY}|{CLOCK}|1?\d)\s?[-–]\s?(?P<to>{HALF_DAY}|{CLOCK})(?![\w/])"
"""Times of day, and stretches from one to another."""
PARTS = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>[ap]?)")

AMOUNT = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})"
MONEY = rf"£(?P<pounds>{AMOUNT})(?:\.(?P<pence>\d\d))?" + END
LARGE_MONEY = r"£(?P<amount>\d{1,4}(?:\.\d{1,3})?) ?(?P<scale>million|billion|miliwn|biliwn|m|bn|k)\b"
PENCE = START + r"(?P<pence>[1-9]\d{0,2})c?p" + END
PERCENT = rf"(?P<amount>{AMOUNT}(?:\.\d{{1,3}})?) ?%"
DEGREES = rf"(?P<minus>[-−]?)(?P<amount>{AMOUNT}) ?°C?(?!\w)"
GROUPED = START + r"\d{1,3}(?:,\d{3}){1,4}(?![\w/]|,\d)"
"""A number with commas between its thousands."""
RANGE = r"(?<![\w.,:/£–-])(?P<from>\d{1,6})(?:–|-)(?P<to>\d{1,6})(?![\w.,:/–-]*\d)(?!\w)"

POSTCODE = r"(?<!\w)(?P<outward>[A-Z]{1,2}\d[A-Z\d]?) ?(?P<inward>\d[A-Z]{2})(?!\w)"
MARK = r"(?<![\w/])(?P<letters>[A-Z]{2,3})(?P<digits>\d{1,3})(?!\w)"
"""Letters with a number behind them: half a postcode, a form, a gas."""
CODE = START + r"(?:\d{3} \d{3} \d{4}|\d{5,20}|0\d{1,20})(?![\w/]|[.,:-]\d)"
"""Digits that count nothing: references, and whatever is too long or begins with a nought."""

EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
WEB = (
    r"(?i:(?:https?://)(?P<at>[^\s/?#<>]{1,200})(?P<path>(?:/[\w.~%-]{0,200}){0,12})[^\s<>()]{0,500}(?<![.,;:!?])"
    r"|(?<![\w.@-])(?P<host>[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,6}"
    r"\.(?:uk|org|com|net|example|cymru|wales))(?P<below>(?:/[\w~%-]{1,200}){0,12})(?![\w@]))"
)


DAY_CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def groups(number: str) -> list[str]:
    """The digits of a telephone number in the groups they are said in: "01632960200" -> ["01632", "960", "200"]."""
    written = re.findall(r"\d+", number)
    digits = "".join(written)
    if len(written) == 1:
        lengths = next((known for start, known in GROUPS.items() if digits.startswith(start)), OTHERWISE)
        return cut(digits, lengths)
    return [part for group in written for part in (cut(group, (3,) * 4) if len(group) > 5 else [group])]


def cut(text: str, lengths: Iterable[int]) -> list[str]:
    """The text in pieces of these lengths, and what is left over."""
    pieces: list[str] = []
    for length in lengths:
        pieces.append(text[:length])
        text = text[length:]
    return [piece for piece in (*pieces, text) if piece]


def clock(text: str) -> tuple[int, int, bool]:
    """Hour of the day from 0 to 24, minute, and whether the half of the day was written: "5pm" -> (17, 0, True)."""
    found = PARTS.match(text.strip().lower())
    assert found
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    return (hour % 12 + 12 * (half == "p") if half else hour), minute, bool(half)


def spelled(text: str) -> str:
    """Letters one by one. With a space between them an A would be taken for the article."""
    return "-".join(text)


def address(text: str, said: Mapping[str, str]) -> str:
    """An email or web address in words: "bins@eastmere.example" -> "bins at eastmere dot example". `said` has signs and endings."""
    parts = re.findall(r"[@./+_-]|[^@./+_-]+", text)
    return " ".join(said.get(part.lower(), part) for part in parts)


def web(found: re.Match[str]) -> str:
    """A web address as far as people say it: no scheme, no www, nothing behind a question mark."""
    host = (found["at"] or found["host"]).lower().removeprefix("www.")
    return host + (found["path"] or found["below"] or "").rstrip("/")


def either(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def number_of(months: Mapping[str, int], name: str) -> int:
    """The number of a month by its name or the beginning of it, in any case of letters."""
    return months[name.lower()[:3]]


def measured(units: Iterable[str]) -> str:
    """A pattern for an amount in any of some units."""
    return rf"(?<![\w.,£])(?P<amount>{AMOUNT}(?:\.\d{{1,3}})?) ?(?P<unit>{either(units)})(?![\w²])"


def phrases(text: str) -> tuple[str, ...]:
    """A table of words written in one line: "a, b c" -> ("a", "b c")."""
    return tuple(text.split(", "))
