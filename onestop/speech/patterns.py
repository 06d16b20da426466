"""Patterns of text that needs normalisation before speech, shared by English and Welsh."""

import re
from collections.abc import Callable, Iterable, Mapping

Say = Callable[[re.Match[str]], str]

START, END = r"(?<![\w.,:/£-])", r"(?![\w/]|[.,:-]\d)"
"""Boundaries of a number: not in the middle of a longer one."""

PHONE = (
    START + r"(?:\+44 ?(?:\(0\) ?)?[1-9]\d{1,4}(?: ?\d{3,4}){1,3}"
    r"|0[38]\d\d \d{2} (?:\d{4}|\d{2} \d{2})|\(?0\d{2,4}\)?[ -]\d{3,6}(?:[ -]\d{3,4})?|0\d{9,10})" + END
)
"""A telephone number of the United Kingdom, as Ofcom writes them or without spaces."""
SHORT_PHONE = START + r"(?:999|111|101|112)" + END
"""Short numbers: emergencies, the NHS, the police."""
GROUPS = {"011": (4, 3, 4), "02": (3, 4, 4), "03": (4, 3, 4), "08": (4, 3, 4)}
OTHERWISE = (5, 3, 3)
"""Digit groups of a telephone number, by its prefix (Ofcom's National Telephone Numbering Plan)."""

DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
YEAR = r"(?:19|20)\d\d"
ISO_DATE = START + rf"(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])" + END
SLASHED_DATE = START + rf"{DAY}/(?P<month>0?[1-9]|1[0-2])/(?P<year>{YEAR})" + END
FINANCIAL_YEAR = START + rf"(?P<year>{YEAR})/(?P<next>\d\d)" + END
BARE_YEAR = START + rf"{YEAR}" + END

CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d"
HALF_DAY = r"(?:[1-9]|1[0-2])(?:[:.][0-5]\d)? ?(?:am|pm|a\.m\.|p\.m\.)"
WELSH_HALF_DAY = (
    r"(?:[1-9]|1[0-2])(?:[:.][0-5]\d ?am|am|(?:[:.][0-5]\d)? ?(?:pm|a\.m\.|p\.m\.)"
    r"| am(?=[.,;)!?]|$|\s?[-–]\s?\d| (?:to|tan|hyd) \d))"
)
"""Like HALF_DAY, but "1 am" is a time only before another or at an end: "am" is a Welsh word, "Pwyswch 1 am Biniau"."""
PARTS = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>[ap]?)")

AMOUNT = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})"
MONEY = rf"£(?P<pounds>{AMOUNT})(?:\.(?P<pence>\d\d))?" + END
LARGE_MONEY = r"£(?P<amount>\d{1,4}(?:\.\d{1,3})?) ?(?P<scale>million|billion|miliwn|biliwn|m|bn|k)\b"
PENCE = START + r"(?P<pence>[1-9]\d{0,2})c?p" + END
TENTHS = START + r"(?P<amount>\d{1,3}\.\d{1,2})p" + END
PERCENT = rf"(?P<amount>{AMOUNT}(?:\.\d{{1,3}})?) ?%"
DEGREES = rf"(?P<minus>[-−]?)(?P<amount>{AMOUNT}) ?°C?(?!\w)"
GROUPED = START + r"\d{1,3}(?:,\d{3}){1,4}(?![\w/]|,\d)"
"""A number with thousands separators."""
RANGE = r"(?<![\w.,:/£–-])(?P<from>\d{1,6})(?:–|-)(?P<to>\d{1,6})(?![\w.,:/–-]*\d)(?!\w)"

POSTCODE = r"(?<!\w)(?P<outward>[A-Z]{1,2}\d[A-Z\d]?) ?(?P<inward>\d[A-Z]{2})(?!\w)"
MARK = r"(?<![\w/])(?P<letters>[A-Z]{2,3})(?P<digits>\d{1,3})(?!\w)"
"""Letters followed by a number: half a postcode, the name of a form or a gas."""
CODE = START + r"(?:\d{3} \d{3} \d{4}|\d{5,20}|0\d{1,20})(?![\w/]|[.,:-]\d)"
"""Digits that are not a count: references, and numbers that are very long or begin with zero."""

CASE = START + r"\d{2,4}/\d{3,6}(?:/[A-Z]{1,5})?(?![\w/])"
"""The reference of a planning application: 26/01184/HOU."""
SCALE = START + r"1:(?P<scale>\d{1,3}(?:,\d{3}){1,2}|\d{3,6})" + END
"""The scale of a plan. "1:50" is left alone: it may be a time."""
SQUARE = rf"(?<![\w.,£])(?P<amount>{AMOUNT}(?:\.\d{{1,3}})?) ?(?:m²|sq ?m\b)"
HALVES = r"(?P<whole>\d{0,4}) ?(?P<part>[½¼¾])"

EITHER = r"(?<![\w/.-])(?P<one>[a-z]{2,20})/(?P<other>[a-z]{2,20})(?![\w/])"
"""Two words with a slash between them."""

EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
WEB = (
    r"(?i:(?:https?://)(?P<at>[^\s/?#<>]{1,200})(?P<path>(?:/[\w.~%-]{0,200}){0,12})[^\s<>()]{0,500}(?<![.,;:!?])"
    r"|(?<![\w.@-])(?P<host>[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,6}"
    r"\.(?:uk|org|com|net|example|cymru|wales))(?P<below>(?:/[\w~%-]{1,200}){0,12})(?![\w@]))"
)


DAY_CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def time_of_day(half_day: str) -> str:
    """Return a pattern for a time of day, given that of one with "am" or "pm"."""
    return START + rf"(?:{half_day}|{CLOCK})(?![\w/])"


def time_range(half_day: str, joined: str = "") -> str:
    """Return a pattern for two times with a dash, or one of the words `joined`, between them."""
    between = rf"(?:\s?[-–]\s?| (?:{joined}) )" if joined else r"\s?[-–]\s?"
    return START + rf"(?P<from>{half_day}|{CLOCK}|1?\d){between}(?P<to>{half_day}|{CLOCK})(?![\w/])"


def numbered(words: str) -> str:
    """Return a pattern for one of `words` and the digits that it names: "service 214", but not part of "number 07700 900 982"."""
    return rf"(?P<what>(?i:{words}))(?::)? (?P<number>\d{{3,10}})(?![\w,]|\.\d| \d{{2}})"


def groups(number: str) -> list[str]:
    """Return the digits of a telephone number in the groups in which they are read: "01632960200" -> ["01632", "960", "200"]."""
    written = re.findall(r"\d+", number)
    digits = "".join(written)
    if len(written) == 1:
        lengths = next((known for start, known in GROUPS.items() if digits.startswith(start)), OTHERWISE)
        return cut(digits, lengths)
    return [part for group in written for part in (cut(group, (3,) * 4) if len(group) > 5 else [group])]


def cut(text: str, lengths: Iterable[int]) -> list[str]:
    """Return the text in pieces of these lengths, and the rest."""
    pieces: list[str] = []
    for length in lengths:
        pieces.append(text[:length])
        text = text[length:]
    return [piece for piece in (*pieces, text) if piece]


def clock(text: str) -> tuple[int, int, bool]:
    """Return the hour from 0 to 24, the minute, and whether "am" or "pm" was written: "5pm" -> (17, 0, True)."""
    found = PARTS.match(text.strip().lower())
    assert found
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    return (hour % 12 + 12 * (half == "p") if half else hour), minute, bool(half)


def spelled(text: str) -> str:
    """Return letters one by one, with hyphens: after a space, "A" would be read as the article."""
    return "-".join(text)


def address(text: str, said: Mapping[str, str]) -> str:
    """An email or web address in words: "bins@eastmere.example" -> "bins at eastmere dot example". `said` has signs and endings."""
    parts = re.findall(r"[@./+_-]|[^@./+_-]+", text)
    return " ".join(said.get(part.lower(), part) for part in parts)


def web(found: re.Match[str]) -> str:
    """Return a web address as people read it: without scheme, www and query."""
    host = (found["at"] or found["host"]).lower().removeprefix("www.")
    return host + (found["path"] or found["below"] or "").rstrip("/")


def either(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def number_of(months: Mapping[str, int], name: str) -> int:
    """Return the number of a month by its name or first three letters, ignoring case."""
    return months[name.lower()[:3]]


def measured(units: Iterable[str]) -> str:
    """Return a pattern for an amount in any of the units."""
    return rf"(?<![\w.,£])(?P<amount>{AMOUNT}(?:\.\d{{1,3}})?) ?(?P<unit>{either(units)})(?![\w²])"


def phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of a comma-separated line: "a, b c" -> ("a", "b c")."""
    return tuple(text.split(", "))


def reference(text: str, digits: Callable[[str], str]) -> str:
    """Return a reference in its parts, digits and letters one by one: "26/HOU" -> "two six, H-O-U"."""
    return ", ".join(spelled(part) if part.isalpha() else digits(part) for part in text.split("/"))


def fraction(found: re.Match[str], joined: str, parts: Mapping[str, str]) -> str:
    """Return a fraction in words, behind a whole number with the word that joins them: "2½" -> "2 and a half"."""
    part = parts[found["part"]]
    return f"{found['whole']} {joined} {part}" if found["whole"] else part
