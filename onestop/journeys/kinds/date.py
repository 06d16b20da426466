"""`date`: a day, within limits that may be relative to today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onestop.authoring.node import Node
from onestop.journeys.condition import Value
from onestop.journeys.kind import Declaration, FormContext, Kind, Refused, WrongValue
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.bound import RIGHT, UNITS, Bound, parse_bound
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.journeys.values.visible_text import plain_line
from onestop.journeys.values.written_date import Span, read_date, wrong_parts
from onestop.language import Words
from onestop.screen import DateEntry, Field

PARTS = ("day", "month", "year")
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
"""The limits where none is declared."""
OLDEST = 120


@dataclass(frozen=True, slots=True)
class DateKind(Kind):
    """A day, stored as "2026-03-27". `birth` is a day of birth, which is not after today; `ages` are the fewest and most years since."""

    earliest: Bound | None = None
    latest: Bound | None = None
    birth: bool = False
    ages: tuple[int, int] | None = None

    ordered = True
    tracks = True

    def second_fact(self, answer: Answer) -> str:
        return date.fromisoformat(str(answer)).strftime("%d/%m/%Y")

    @property
    def reusable_as(self) -> str:
        return "birth" if self.birth else ""

    def span(self, today: date) -> Span:
        """Return the days that are allowed today."""
        latest = today if self.birth else LAST
        return Span(
            self.earliest.on(today) if self.earliest else FIRST, self.latest.on(today) if self.latest else latest
        )

    def field(self, values: FormValues, language: str) -> Field:
        day, month, year = (first_value(values, f"{ANSWER}.{part}") for part in PARTS)
        return DateEntry(ANSWER, day, month, year, "bday" if self.birth else "")

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        span, words = self.span(context.today), context.words
        day, month, year = (plain_line(first_value(values, f"{ANSWER}.{part}")) for part in PARTS)
        found = read_date(day or plain_line(first_value(values)), month, year, span, context.today)
        if isinstance(found, str):
            parts = wrong_parts(found, day, month, year)
            return Refused(_missing(found, words, context.today), parts)
        if found in span:
            return found.isoformat()
        return Refused(self._outside(span, words, ordinary=FIRST <= found <= LAST))

    def holds_on(self, answer: Answer, today: date) -> bool:
        return date.fromisoformat(str(answer)) in self.span(today)

    def _outside(self, span: Span, words: Words, *, ordinary: bool) -> str:
        """Return what to enter instead. A year that is not `ordinary` is beyond the limits where none is declared."""
        if self.ages:
            least, most = self.ages
            return words("Enter the date of birth of somebody aged {least} to {most}", least=least, most=most)
        earliest, latest = words.short_date(span.earliest), words.short_date(span.latest)
        if not (self.latest or self.birth) and ordinary:
            return words("Enter {day} or a later date", day=earliest)
        if not self.earliest and ordinary:
            return words("Enter {day} or an earlier date", day=latest)
        return words("Enter a date from {first} to {last}", first=earliest, last=latest)

    def form_values(self, answer: Answer) -> FormValues:
        year, month, day = str(answer).split("-")
        return {f"{ANSWER}.day": (str(int(day)),), f"{ANSWER}.month": (str(int(month)),), f"{ANSWER}.year": (year,)}

    def say(self, answer: Answer, words: Words, *, inline: bool = False) -> str:
        return words.short_date(date.fromisoformat(str(answer)))

    def summary(self, answer: Answer) -> str:
        return str(answer)

    def condition_value(self, name: str, word: str) -> Value:
        bound = parse_bound(word)
        if bound is None:
            raise WrongValue(f"`{word}` is not a day, which `{name}` is: {RIGHT}")
        return bound

    def continues(self, following: str) -> bool:
        return following.rstrip("s") in UNITS

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        earliest = self.earliest.on(today) if self.earliest else FIRST
        latest = self.latest.on(today) if self.latest else LAST
        marks = {today, *(bound.on(today) for bound in (self.earliest, self.latest) if bound)}
        one = timedelta(1)
        for value in compared:
            if isinstance(value, Bound):
                marks |= {value.on(today) - one, value.on(today), value.on(today) + one}
        yield from (mark.isoformat() for mark in sorted(marks) if earliest <= mark <= latest)


def _missing(what: str, words: Words, today: date) -> str:
    example = f"{today.day} {today.month} {today.year}"
    return {
        "all": words("Enter a date, like {example}", example=example),
        "day": words("Enter the day as well, like {example}", example=example),
        "month": words("Enter the month as well, like {example}", example=example),
        "year": words("Enter the year as well, like {example}", example=example),
        "unreal": words("Enter a date that there is, like {example}", example=example),
    }[what]


def _read(node: Node) -> Kind:
    node.entries(("from", "to", "birth", "age"))
    if node.has("age"):
        return _read_age(node)
    return DateKind(_read_bound(node, "from"), _read_bound(node, "to"), node.yes("birth", default=False))


def _read_age(node: Node) -> Kind:
    """Return a date of birth by the age today: `{age: {min: 4, max: 11}}`."""
    for key in ("from", "to"):
        if node.has(key):
            (node / key).fault("the age says already which days are right: take it out", key=True)
    age = node / "age"
    age.entries(("min", "max"))
    least, most = age.whole("min", 0, 0, OLDEST), age.whole("max", OLDEST, 0, OLDEST)
    if least > most:
        age.fault("has a `min` above its `max`: no answer is right", key=True)
    # Somebody is 11 until the day before the twelfth birthday.
    earliest, latest = Bound(months=-12 * (most + 1), days=1), Bound(months=-12 * least)
    return DateKind(earliest, latest, node.yes("birth", default=False), (least, most))


def _read_bound(node: Node, key: str) -> Bound | None:
    if not node.has(key):
        return None
    text = (node / key).text()
    bound = parse_bound(text)
    if text and not bound:
        (node / key).fault(f"`{text}` is not a day: {RIGHT}")
    return bound


DECLARATIONS = (
    Declaration("date", _read, ("{from: -30 days, to: today}", "{birth: yes}", "{age: {min: 4, max: 11}}")),
)
