"""Text normalisation rules for British English.

Counts stay in digits, which voices read well; what they read badly is written in words. Zero is "oh" in telephone numbers and
references, two equal digits are "double", and three are read one by one, as in 999.
"""

import re
from collections.abc import Mapping
from itertools import groupby

from onestop.speech import patterns as p
from onestop.speech.rules import Rule, Rules

ONES = p.phrases(
    "nought, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen"
    ", seventeen, eighteen, nineteen"
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
DIGITS = ("oh", *ONES[1:10])
LONE = ("zero", *ONES[1:10])
ORDINALS = p.phrases(
    "first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth, thirteenth, fourteenth, fifteenth"
    ", sixteenth, seventeenth, eighteenth, nineteenth, twentieth, twenty-first, twenty-second, twenty-third, twenty-fourth"
    ", twenty-fifth, twenty-sixth, twenty-seventh, twenty-eighth, twenty-ninth, thirtieth, thirty-first"
)
MONTHS = p.phrases("January, February, March, April, May, June, July, August, September, October, November, December")
MONTH_NUMBERS = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
MONTH = rf"(?P<month>{p.either([*MONTHS, *(month[:3] for month in MONTHS), 'Sept'])})\b"
WEEK = p.phrases("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday")
SHORT_DAYS = {code: day for day, code in zip(WEEK, p.DAY_CODES, strict=True)} | {day[:3]: day for day in WEEK}
SUFFIX = "(?:st|nd|rd|th)?"
UNITS = {
    "m²": "square metre",
    "m2": "square metre",
    "sq m": "square metre",
    "km": "kilometre",
    "cm": "centimetre",
    "mm": "millimetre",
    "m": "metre",
    "kg": "kilogram",
    "g": "gram",
    "ml": "millilitre",
    "l": "litre",
    "kWh": "kilowatt hour",
    "kW": "kilowatt",
    "mins": "minute",
    "min": "minute",
    "hrs": "hour",
    "hr": "hour",
}
SHORT = {
    "e.g.": "for example",
    "i.e.": "that is",
    "etc.": "and so on",
    "approx.": "approximately",
    "approx": "approximately",
    "incl.": "including",
    "excl.": "excluding",
    "max.": "at most",
    "min.": "at least",
    "tel:": "telephone:",
    "tel.": "telephone",
    "vs": "versus",
    "24/7": "twenty-four seven",
    "and/or": "and or",
    "n/a": "not applicable",
}
SCALES = {"m": "million", "bn": "billion", "k": "thousand"}
PARTS = {"½": "a half", "¼": "a quarter", "¾": "three quarters"}
MARKS = {"≥": "at least", "≤": "at most", "±": "plus or minus", "#": "number"}
SIGNS = {"@": "at", ".": "dot", "-": "dash", "_": "underscore", "/": "slash", "+": "plus", "uk": "U-K"}


def small(number: int) -> str:
    """Return a number from 0 to 99 in words."""
    ten, one = divmod(number, 10)
    return ONES[number] if number < 20 else TENS[ten] + (f"-{ONES[one]}" if one else "")


def digits(text: str) -> str:
    """Return digits one by one: "01632" -> "oh one six three two", "200" -> "two double oh", "999" -> "nine nine nine"."""
    runs = ((DIGITS[int(digit)], len(list(run))) for digit, run in groupby(text))
    return " ".join(f"double {said}" if times == 2 else " ".join([said] * times) for said, times in runs)


def phone(text: str) -> str:
    """Return a telephone number with a pause after each group; 0800 is "oh eight hundred"."""
    plus = "plus " if text.startswith("+") else ""
    text = text.replace("(0)", "")
    return plus + ", ".join(map(_group, p.groups(text)))


def _group(group: str) -> str:
    hundreds = re.fullmatch("0([1-9])00", group)
    return f"oh {DIGITS[int(hundreds[1])]} hundred" if hundreds else digits(group)


def year(text: str) -> str:
    """Return a year: "2026" -> "twenty twenty-six", "2007" -> "two thousand and seven"."""
    number = int(text)
    century, rest = divmod(number, 100)
    if 2000 <= number < 2010:
        return "two thousand" + (f" and {ONES[rest]}" if rest else "")
    if not rest:
        return f"{small(century)} hundred"
    return f"{small(century)} {small(rest) if rest >= 10 else 'oh ' + ONES[rest]}"


def _decade(text: str) -> str:
    """Return a decade: "1960s" -> "nineteen sixties"."""
    return f"{small(int(text[:2]))} {TENS[int(text[2])].removesuffix('y')}ies"


def day(number: str, month: int, written: str | None = None) -> str:
    """Return a day of a month: "the twenty-fifth of December, twenty twenty-six"."""
    said = f"the {ORDINALS[int(number) - 1]} of {MONTHS[month - 1]}"
    return f"{said}, {year(written)}" if written else said


def time(text: str) -> str:
    """Return a time of day: "8:30am" and "08:30" -> "eight thirty a.m.", "12:00" -> "twelve noon"."""
    hour, minute, _ = p.clock(text)
    if not minute and hour % 12 == 0:
        return "twelve noon" if hour == 12 else "midnight"
    past = f" {small(minute) if minute >= 10 else 'oh ' + ONES[minute]}" if minute else ""
    return f"{small((hour - 1) % 12 + 1)}{past} {'p.m.' if 12 <= hour < 24 else 'a.m.'}"


def money(pounds: str, pence: str | None) -> str:
    """Return pounds and pence: ("1,250", None) -> "1250 pounds", ("3", "50") -> "3 pounds 50"."""
    whole, part = int(pounds.replace(",", "")), int(pence or 0)
    if part and not whole:
        return _pence(part)
    said = f"{whole} pound{'s' * (whole != 1)}"
    return f"{said} {part if part >= 10 else 'and ' + _pence(part)}" if part else said


def _pence(number: int) -> str:
    return "1 penny" if number == 1 else f"{number} pence"


def _times(found: re.Match[str]) -> str:
    """Return a time range; "9-11am" says "a.m." once."""
    bare = found["from"].isdecimal()
    return f"{small(int(found['from'])) if bare else time(found['from'])} to {time(found['to'])}"


def _days(found: re.Match[str]) -> str:
    month = p.number_of(MONTH_NUMBERS, found["month"])
    joined = {"-": "to", "–": "to"}.get(found["joined"].strip(), found["joined"].strip())
    return f"the {ORDINALS[int(found['first']) - 1]} {joined} {day(found['day'], month, found['year'])}"


def _unit(found: re.Match[str]) -> str:
    amount, unit = found["amount"].replace(",", ""), UNITS[found["unit"]]
    return f"{amount} {unit}{'s' * (amount != '1')}"


def _mark(found: re.Match[str]) -> str:
    return f"{p.spelled(found['letters'])} {found['digits']}"


def _postcode(found: re.Match[str]) -> str:
    return f"{_half(found['outward'])}, {_half(found['inward'])}"


def _half(half: str) -> str:
    """Return half a postcode. Zero is "zero" here, because "oh" would be taken for a letter."""
    parts = re.findall(r"[A-Z]+|\d+", half)
    return " ".join(p.spelled(part) if part.isalpha() else " ".join(LONE[int(d)] for d in part) for part in parts)


def _numbered(found: re.Match[str]) -> str:
    return f"{found['what']} {digits(found['number'])}"


TABLE: Mapping[str, tuple[str, p.Say]] = {
    "email": (p.EMAIL, lambda found: p.address(found[0], SIGNS)),
    "web": (p.WEB, lambda found: p.address(p.web(found), SIGNS)),
    "short": (rf"(?i:(?<!\w)(?P<short>{p.either(SHORT)})(?!\w))", lambda found: SHORT[found["short"].lower()]),
    "and": (r" & ", lambda found: " and "),
    "numbered": (p.numbered("service|number|code"), _numbered),
    "phone": (p.PHONE, lambda found: phone(found[0])),
    "emergency": (p.SHORT_PHONE, lambda found: digits(found[0])),
    "case": (p.CASE, lambda found: p.reference(found[0], digits)),
    "scale": (p.SCALE, lambda found: f"1 to {found['scale'].replace(',', '')}"),
    "square": (p.SQUARE, lambda found: f"{found['amount'].replace(',', '')} square metres"),
    "fraction": (p.HALVES, lambda found: p.fraction(found, "and", PARTS)),
    "by": (r"(?<=\d) ?[x×] ?(?=\d)", lambda found: " by "),
    "more": (r"(?<=\d)\+(?!\w)", lambda found: " or more"),
    "sign": (r"[≥≤±#](?= ?\d)", lambda found: MARKS[found[0]] + " "),
    "iso": (p.ISO_DATE, lambda found: day(found["day"], int(found["month"]), found["year"])),
    "slashed": (p.SLASHED_DATE, lambda found: day(found["day"], int(found["month"]), found["year"])),
    "days": (
        rf"(?<![\w.,:/£-])(?:the )?(?P<first>[1-9]|[12]\d|3[01]){SUFFIX}(?P<joined> and | or | to |\s?[-–]\s?)"
        rf"{p.DAY}{SUFFIX} {MONTH}(?: (?P<year>{p.YEAR})\b)?",
        _days,
    ),
    "date": (
        rf"(?<![\w.,:/£-])(?:the )?{p.DAY}{SUFFIX} {MONTH}(?:,? (?P<year>{p.YEAR})\b)?",
        lambda found: day(found["day"], p.number_of(MONTH_NUMBERS, found["month"]), found["year"]),
    ),
    "weekdays": (
        rf"(?<!\w)(?P<from>{p.either(SHORT_DAYS)})[-–](?P<to>{p.either(SHORT_DAYS)})(?!\w)",
        lambda found: f"{SHORT_DAYS[found['from']]} to {SHORT_DAYS[found['to']]}",
    ),
    "weekday": (
        rf"(?<!\w)(?P<day>{p.either(SHORT_DAYS)})\.?(?= \d?\d[:.]?\d\d|: | \d{{1,2}}(?!\w)| {p.DAY.replace('?P<day>', '?:')} )",
        lambda found: SHORT_DAYS[found["day"]],
    ),
    "named_days": (
        rf"(?<!\w)(?P<from>{p.either(WEEK)})\s?[-–]\s?(?P<to>{p.either(WEEK)})(?!\w)",
        lambda found: f"{found['from']} to {found['to']}",
    ),
    "times": (p.time_range(p.HALF_DAY), _times),
    "time": (p.time_of_day(p.HALF_DAY), lambda found: time(found[0])),
    "large": (
        p.LARGE_MONEY,
        lambda found: f"{found['amount']} {SCALES.get(found['scale'], found['scale'])} pounds",
    ),
    "money": (p.MONEY, lambda found: money(found["pounds"], found["pence"])),
    "moneys": (r"(?<=\d)\s?[-–]\s?(?=£\d)", lambda found: " to "),
    "tenths": (p.TENTHS, lambda found: f"{found['amount']} pence"),
    "pence": (p.PENCE, lambda found: _pence(int(found["pence"]))),
    "percent": (p.PERCENT, lambda found: f"{found['amount'].replace(',', '')} per cent"),
    "degrees": (
        p.DEGREES,
        lambda found: f"{'minus ' * bool(found['minus'])}{found['amount']} degrees",
    ),
    "unit": (p.measured(UNITS), _unit),
    "mph": (r"(?<=\d) ?mph\b", lambda found: " miles an hour"),
    "ordinal": (
        r"(?<![\w.,:/£-])(?P<number>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)(?!\w)",
        lambda found: ORDINALS[int(found["number"]) - 1],
    ),
    "decade": (r"(?<![\w-])(?:19|20)[2-9]0s(?!\w)", lambda found: _decade(found[0])),
    "per": (r"(?<=[a-z])/km(?!\w)", lambda found: " per kilometre"),
    "or": (p.EITHER, lambda found: f"{found['one']} or {found['other']}"),
    "hyphen": (r"(?<=[A-Za-z]{2})-(?=\d)", lambda found: " "),
    "finance": (p.FINANCIAL_YEAR, lambda found: f"{year(found['year'])} to {small(int(found['next']))}"),
    "postcode": (p.POSTCODE, _postcode),
    "mark": (p.MARK, _mark),
    "year": (p.BARE_YEAR, lambda found: year(found[0])),
    "code": (p.CODE, lambda found: ", ".join(map(digits, found[0].split()))),
    "grouped": (p.GROUPED, lambda found: found[0].replace(",", "")),
    "range": (p.RANGE, lambda found: f"{found['from']} to {found['to']}"),
}
ENGLISH = Rules(Rule(name, pattern, say) for name, (pattern, say) in TABLE.items())
