"""Text normalisation rules for Welsh.

Counts are left to the voice, which counts in tens as schools and broadcasters do ("dau gant un deg pedwar"). Clock times, days of
the month, pounds and pence use the traditional forms with their mutations.
"""

import re
from collections.abc import Mapping

from onestop.speech import patterns as p
from onestop.speech.rules import Rule, Rules

DIGITS = p.phrases("dim, un, dau, tri, pedwar, pump, chwech, saith, wyth, naw")
HOURS = ("deuddeg", *DIGITS[1:], "deg", "un ar ddeg")
SOFT_HOURS = ("ddeuddeg", *p.phrases("un, ddau, dri, bedwar, bump, chwech, saith, wyth, naw, ddeg"), "un ar ddeg")
MINUTES = {
    5: "pum munud",
    10: "deng munud",
    15: "chwarter",
    20: "ugain munud",
    25: "pum munud ar hugain",
    30: "hanner awr",
}
ORDINALS = p.phrases(
    "y cyntaf, yr ail, y trydydd, y pedwerydd, y pumed, y chweched, y seithfed, yr wythfed, y nawfed, y degfed, yr unfed ar ddeg, "
    "y deuddegfed, y trydydd ar ddeg, y pedwerydd ar ddeg, y pymthegfed, yr unfed ar bymtheg, yr ail ar bymtheg, y deunawfed, "
    "y pedwerydd ar bymtheg, yr ugeinfed, yr unfed ar hugain, yr ail ar hugain, y trydydd ar hugain, y pedwerydd ar hugain, "
    "y pumed ar hugain, y chweched ar hugain, y seithfed ar hugain, yr wythfed ar hugain, y nawfed ar hugain, "
    "y degfed ar hugain, yr unfed ar ddeg ar hugain"
)
MONTHS = p.phrases("Ionawr, Chwefror, Mawrth, Ebrill, Mai, Mehefin, Gorffennaf, Awst, Medi, Hydref, Tachwedd, Rhagfyr")
OF_MONTHS = p.phrases("Ionawr, Chwefror, Fawrth, Ebrill, Fai, Fehefin, Orffennaf, Awst, Fedi, Hydref, Dachwedd, Ragfyr")
MONTH_NUMBERS = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
MONTH = rf"(?P<month>{p.either(MONTHS)})\b"
WEEK = tuple(f"dydd {day}" for day in p.phrases("Llun, Mawrth, Mercher, Iau, Gwener, Sadwrn, Sul"))
SOFT_WEEK = tuple(f"d{day}" for day in WEEK)
DAYS = {code: number for number, code in enumerate(p.DAY_CODES)}
POUNDS = p.phrases(
    "dim punt, un bunt, dwy bunt, tair punt, pedair punt, pum punt, chwe phunt, saith punt, wyth punt, naw punt, deg punt"
)
PENCE = p.phrases(
    ", un geiniog, dwy geiniog, tair ceiniog, pedair ceiniog, pum ceiniog, chwe cheiniog, saith ceiniog, wyth ceiniog, naw ceiniog, "
    "deg ceiniog"
)
TENS = p.phrases(", un deg, dau ddeg, tri deg, pedwar deg, pum deg, chwe deg, saith deg, wyth deg, naw deg")
AFTER_A = {3: "thri", 4: "phedwar", 5: "phump"}
UNITS = {
    "m²": "metr sgwâr",
    "m2": "metr sgwâr",
    "km": "cilomedr",
    "cm": "centimetr",
    "mm": "milimetr",
    "m": "metr",
    "kg": "cilogram",
    "g": "gram",
    "ml": "mililitr",
    "l": "litr",
}
SHORT = {"e.e.": "er enghraifft", "h.y.": "hynny yw", "ayyb": "ac yn y blaen", "a/neu": "a neu"}
SCALES = {"m": "miliwn", "million": "miliwn", "bn": "biliwn", "billion": "biliwn", "k": "mil"}
PARTS = {"½": "hanner", "¼": "chwarter", "¾": "tri chwarter"}
MARKS = {"≥": "o leiaf", "≤": "ar y mwyaf", "±": "plws neu minws", "#": "rhif"}
SIGNS = {"@": "at", ".": "dot", "-": "cysylltnod", "_": "tanlinell", "/": "slaes", "+": "plws", "uk": "iw cei"}
ENDINGS = r"(?:af|ail|il|ydd|edd|ed|fed|eg|ain)"


def small(number: int) -> str:
    """Return a number from 1 to 99 in words, counted in tens."""
    ten, one = divmod(number, 10)
    return " ".join(part for part in (TENS[ten], DIGITS[one] if one else "") if part)


def digits(text: str) -> str:
    """Return digits one by one; Welsh does not say "double"."""
    return " ".join(DIGITS[int(digit)] for digit in text)


def phone(text: str) -> str:
    """Return a telephone number with a pause after each group."""
    plus = "plws " if text.startswith("+") else ""
    return plus + ", ".join(map(digits, p.groups(text.replace("(0)", ""))))


def year(text: str) -> str:
    """Return a year: "2026" -> "dwy fil dau ddeg chwech", "1998" -> "mil naw naw wyth", digit by digit after the thousand."""
    rest = int(text) % 100
    if text.startswith("19"):
        return f"mil naw {digits(text[2:])}"
    if not rest:
        return "dwy fil"
    return f"dwy fil {small(rest) if rest >= 10 else 'a ' + AFTER_A.get(rest, DIGITS[rest])}"


def day(number: str, month: int, written: str | None = None) -> str:
    """Return a day of a month: "y pumed ar hugain o Ragfyr, dwy fil dau ddeg chwech"."""
    said = f"{ORDINALS[int(number) - 1]} o {OF_MONTHS[month - 1]}"
    return f"{said}, {year(written)}" if written else said


def time(text: str) -> str:
    """Return a time of day: "8:30am" -> "hanner awr wedi wyth y bore", "12:00" -> "hanner dydd"."""
    hour, minute, _ = p.clock(text)
    if not minute and hour % 12 == 0:
        return "hanner dydd" if hour == 12 else "hanner nos"
    part = "y bore" if hour < 12 or hour == 24 else "y prynhawn" if hour < 18 else "yr hwyr"
    return f"{_clock(hour % 12, minute)} {part}"


def _clock(hour: int, minute: int) -> str:
    if not minute:
        return f"{HOURS[hour]} o'r gloch"
    if minute in MINUTES:
        return f"{MINUTES[minute]} wedi {HOURS[hour]}"
    if 60 - minute in MINUTES:
        return f"{MINUTES[60 - minute]} i {SOFT_HOURS[(hour + 1) % 12]}"
    return f"{small(minute)} munud wedi {HOURS[hour]}"


def money(pounds: str, pence: str | None) -> str:
    """Return pounds and pence: ("5", None) -> "pum punt", ("1,250", None) -> "1250 o bunnoedd"."""
    whole, part = int(pounds.replace(",", "")), int(pence or 0)
    said = [POUNDS[whole] if whole < len(POUNDS) else f"{whole} o bunnoedd"] if whole or not part else []
    return " ".join([*said, *([_pence(part)] if part else [])])


def _pence(number: int) -> str:
    return PENCE[number] if number < len(PENCE) else f"{number} ceiniog"


def _date(found: re.Match[str]) -> str:
    return _joined(found, day(found["day"], p.number_of(MONTH_NUMBERS, found["month"]), found["year"]))


def _joined(found: re.Match[str], said: str) -> str:
    """Return a day with the article shortened after a vowel: "o 8 Mawrth" -> "o'r wythfed o Fawrth"."""
    before = found["before"]
    return f"{before.strip()}'r {said.partition(' ')[2]}" if before else said


def _ordinal(found: re.Match[str]) -> str:
    return ORDINALS[int(found["number"]) - 1].partition(" ")[2]


def _times(found: re.Match[str]) -> str:
    until = time(found["to"])
    begun = HOURS[int(found["from"]) % 12] if found["from"].isdecimal() else time(found["from"])
    return f"{begun} tan {until}"


def _postcode(found: re.Match[str]) -> str:
    return f"{_half(found['outward'])}, {_half(found['inward'])}"


def _half(half: str) -> str:
    parts = re.findall(r"[A-Z]+|\d+", half)
    return " ".join(p.spelled(part) if part.isalpha() else digits(part) for part in parts)


BEFORE = r"(?:(?P<before>(?<!\w)[oia] ))?"
TABLE: Mapping[str, tuple[str, p.Say]] = {
    "email": (p.EMAIL, lambda found: p.address(found[0], SIGNS)),
    "web": (p.WEB, lambda found: p.address(p.web(found), SIGNS)),
    "short": (rf"(?i:(?<!\w)(?P<short>{p.either(SHORT)})(?!\w))", lambda found: SHORT[found["short"].lower()]),
    "and": (r" & ", lambda found: " a "),
    "numbered": (
        p.numbered("gwasanaeth|rhif|cod"),
        lambda found: f"{found['what']} {digits(found['number'])}",
    ),
    "phone": (p.PHONE, lambda found: phone(found[0])),
    "emergency": (p.SHORT_PHONE, lambda found: digits(found[0])),
    "case": (p.CASE, lambda found: p.reference(found[0], digits)),
    "scale": (p.SCALE, lambda found: f"1 i {found['scale'].replace(',', '')}"),
    "square": (p.SQUARE, lambda found: f"{found['amount'].replace(',', '')} metr sgwâr"),
    "fraction": (p.HALVES, lambda found: p.fraction(found, "a", PARTS)),
    "by": (r"(?<=\d) ?[x×] ?(?=\d)", lambda found: " wrth "),
    "more": (r"(?<=\d)\+(?!\w)", lambda found: " neu fwy"),
    "sign": (r"[≥≤±#](?= ?\d)", lambda found: MARKS[found[0]] + " "),
    "iso": (p.ISO_DATE, lambda found: day(found["day"], int(found["month"]), found["year"])),
    "slashed": (p.SLASHED_DATE, lambda found: day(found["day"], int(found["month"]), found["year"])),
    "date": (rf"{BEFORE}(?<![\w.,:/£-]){p.DAY} {MONTH}(?: (?P<year>{p.YEAR})\b)?", _date),
    "weekdays": (
        rf"(?<!\w)(?P<from>{p.either(DAYS)})[-–](?P<to>{p.either(DAYS)})(?!\w)",
        lambda found: f"{WEEK[DAYS[found['from']]]} i {SOFT_WEEK[DAYS[found['to']]]}",
    ),
    "named_days": (
        rf"(?<!\w)(?i:(?P<from>{p.either(WEEK)})\s?[-–]\s?(?P<to>{p.either(WEEK)}))(?!\w)",
        lambda found: f"{found['from']} i d{found['to'].lower()}",
    ),
    "times": (p.time_range(p.WELSH_HALF_DAY, "to|tan|hyd"), _times),
    "time": (p.time_of_day(p.WELSH_HALF_DAY), lambda found: time(found[0])),
    "large": (
        p.LARGE_MONEY,
        lambda found: f"{found['amount']} {SCALES.get(found['scale'], found['scale'])} o bunnoedd",
    ),
    "money": (p.MONEY, lambda found: money(found["pounds"], found["pence"])),
    "moneys": (r"(?<=\d)\s?[-–]\s?(?=£\d)", lambda found: " i "),
    "tenths": (p.TENTHS, lambda found: f"{found['amount']} ceiniog"),
    "pence": (p.PENCE, lambda found: _pence(int(found["pence"]))),
    "percent": (p.PERCENT, lambda found: f"{found['amount'].replace(',', '')} y cant"),
    "degrees": (p.DEGREES, lambda found: f"{'minws ' * bool(found['minus'])}{found['amount']} gradd"),
    "unit": (p.measured(UNITS), lambda found: f"{found['amount'].replace(',', '')} {UNITS[found['unit']]}"),
    "mph": (r"(?<=\d) ?mya\b", lambda found: " milltir yr awr"),
    "ordinal": (rf"(?<!\w)(?P<number>[1-9]|[12]\d|3[01]){ENDINGS}(?!\w)", _ordinal),
    "or": (p.EITHER, lambda found: f"{found['one']} neu {found['other']}"),
    "hyphen": (r"(?<=[A-Za-z]{2})-(?=\d)", lambda found: " "),
    "finance": (p.FINANCIAL_YEAR, lambda found: f"{year(found['year'])}, {small(int(found['next']))}"),
    "postcode": (p.POSTCODE, _postcode),
    "mark": (p.MARK, lambda found: f"{p.spelled(found['letters'])} {found['digits']}"),
    "year": (p.BARE_YEAR, lambda found: year(found[0])),
    "code": (p.CODE, lambda found: ", ".join(map(digits, found[0].split()))),
    "grouped": (p.GROUPED, lambda found: found[0].replace(",", "")),
    "range": (p.RANGE, lambda found: f"{found['from']} i {found['to']}"),
}
WELSH = Rules(Rule(name, pattern, say) for name, (pattern, say) in TABLE.items())
