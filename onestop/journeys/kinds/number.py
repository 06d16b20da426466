"""`number`: a whole number, with a unit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onestop.authoring.node import Node
from onestop.journeys.condition import Value
from onestop.journeys.kind import Declaration, FormContext, Kind, Refused, WrongValue
from onestop.journeys.text_limits import UNIT
from onestop.journeys.values.amount import parse_whole
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.boundaries import boundary_integers
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.journeys.values.visible_text import plain_line
from onestop.language import PLURAL_TAGS, Translations, Words, plural_tag, plural_tags, translated
from onestop.screen import Entry, Field

LARGEST = 999_999
"""What `max` is unless it is declared."""


@dataclass(frozen=True, slots=True)
class NumberKind(Kind):
    """A whole number from `least` to `most`, stored as itself.

    `forms` are the unit's plural forms by their tag in the CLDR: "day" for `one` where `unit` is "days".
    """

    least: int
    most: int
    unit: Translations
    forms: Mapping[str, Translations]

    ordered = True

    def field(self, values: FormValues, language: str) -> Field:
        longest = max(len(str(self.least)), len(str(self.most)))
        return Entry(ANSWER, "number", first_value(values), longest, translated(self.unit, language))

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        text, words = self._without_unit(plain_line(first_value(values))), context.words
        if not text:
            return Refused(words("Enter a number"))
        number = parse_whole(text)
        if number is None:
            return Refused(words("Enter a number in digits, like 3"))
        if not self.least <= number <= self.most:
            return Refused(words("Enter a number from {least} to {most}", least=self.least, most=self.most))
        return number

    def _without_unit(self, text: str) -> str:
        texts = (text for texts in (self.unit, *self.forms.values()) for text in texts.values())
        folded, units = text.casefold(), {plain_line(unit).casefold() for unit in texts} - {""}
        # "days" ends in "s", which may be a unit too: the longest first.
        for unit in sorted(units, key=len, reverse=True):
            if folded.endswith(unit):
                return folded.removesuffix(unit).rstrip()
        return text

    def say(self, answer: Answer, words: Words, *, inline: bool = False) -> str:
        tag = plural_tag(words.language, answer) if isinstance(answer, int) else "other"
        unit = self.forms.get(tag, {}).get(words.language) or translated(self.unit, words.language)
        return f"{answer} {unit}".strip()

    def summary(self, answer: Answer) -> str:
        return str(answer)

    def condition_value(self, name: str, word: str) -> Value:
        if word.removeprefix("-").isdecimal() and word.isascii() and len(word) < 10:
            return int(word)
        raise WrongValue(f"`{word}` is not a whole number, which `{name}` is: write digits")

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield from boundary_integers(compared, self.least, self.most)


def _read(node: Node) -> Kind:
    node.entries(("min", "max", "unit", *PLURAL_TAGS))
    least, most = node.whole("min", 0), node.whole("max", LARGEST)
    if least > most:
        node.fault("has a `min` above its `max`: no answer is right", key=True)
    unit = (node / "unit").translations(UNIT) if node.has("unit") else {}
    return NumberKind(least, most, unit, {tag: _read_form(node / tag, tag) for tag in PLURAL_TAGS if node.has(tag)})


def _read_form(node: Node, tag: str) -> Translations:
    """Return the unit in one plural form, in the languages that have this form."""
    languages = node.file.languages
    having = {code for code in languages if tag in plural_tags(code)}
    found = node.translations(UNIT, having)
    for code in found.keys() - having:
        # English has no form for 2: what is written would never be shown.
        known = ", ".join(f"`{one}`" for one in PLURAL_TAGS if one in plural_tags(code)) or "no other"
        (node / code).fault(f"`{code}` has no form `{tag}`: it has {known}, and `unit` for all other numbers", key=True)
    return found


DECLARATIONS = (
    Declaration(
        "number",
        _read,
        (
            "{min: 1, max: 90, unit: days, one: day}",
            "{max: 9, unit: {en: days, cy: diwrnod}, one: {en: day, cy: diwrnod}, two: {cy: ddiwrnod}}",
            "{min: -20, max: 40}",
        ),
    ),
)
