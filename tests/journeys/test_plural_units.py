"""Units in as many plural forms as a language has, by the rules of the CLDR."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from support.paths import ROOT
from support.samples.small_journeys import journey_of

from onestop.authoring.node import Node, SourceFile
from onestop.authoring.source import Source
from onestop.authoring.tree import read_tree
from onestop.journeys.kind import FormContext, Kind
from onestop.journeys.kinds.registry import find_kinds
from onestop.language import load_words, plural_tag

TODAY = date(2026, 11, 28)
LANGUAGES = ("en", "cy", "pl", "ar")
WORDS = load_words([ROOT / "onestop" / "language"], LANGUAGES, ZoneInfo("Europe/London"))
UNIT = """number:
  max: 999
  unit: {en: days, cy: diwrnod, pl: dnia, ar: يوم}
  zero: {cy: diwrnod, ar: يوم}
  one: {en: day, cy: diwrnod, pl: dzień, ar: يوم}
  two: {cy: ddiwrnod, ar: يومان}
  few: {cy: diwrnod, pl: dni, ar: أيام}
  many: {cy: diwrnod, pl: dni, ar: يومًا}
"""
SAID = {
    "en": {0: "0 days", 1: "1 day", 2: "2 days", 21: "21 days"},
    "cy": {0: "0 diwrnod", 1: "1 diwrnod", 2: "2 ddiwrnod", 3: "3 diwrnod", 6: "6 diwrnod", 12: "12 diwrnod"},
    "pl": {1: "1 dzień", 2: "2 dni", 5: "5 dni", 22: "22 dni", 25: "25 dni"},
    "ar": {0: "0 يوم", 2: "2 يومان", 3: "3 أيام", 11: "11 يومًا", 100: "100 يوم"},
}


def read(text: str, languages: tuple[str, ...] = LANGUAGES) -> tuple[Kind, list[str]]:
    source = Source("journeys/one.yaml")
    file = SourceFile(source, read_tree(text), text.split("\n"), languages)
    kind = find_kinds()["number"].read(Node(file) / "number")
    file.warn_missing_translations()
    assert kind
    return kind, [fault.message for fault in source.faults]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_takes_the_form_of_its_language(language: str) -> None:
    kind, faults = read(UNIT)
    assert not faults
    for number, said in SAID[language].items():
        assert kind.say(number, WORDS[language]) == said
        found = kind.parse({"answer": (said,)}, FormContext(WORDS[language], TODAY))
        assert found == number


def test_a_form_that_a_language_has_not_got_is_a_fault() -> None:
    _, faults = read("number: {unit: days, one: day, two: {en: days}}", ("en", "cy"))
    assert faults[0] == "`en` has no form `two`: it has `one`, and `unit` for all other numbers"


def test_a_form_is_wanted_only_in_the_languages_that_have_it() -> None:
    _, faults = read(
        "number: {unit: {en: days, cy: diwrnod}, one: {en: day, cy: diwrnod}, two: {cy: ddiwrnod}}", ("en", "cy")
    )
    assert not faults
    _, faults = read("number: {unit: {en: days, cy: diwrnod}, one: {en: day}}", ("en", "cy"))
    assert faults == ["`one` has no text in `cy`: write it"]


def test_a_language_without_rules_has_one_form() -> None:
    assert plural_tag("zz", 1) == "other"


def test_a_journey_says_the_form_inside_a_sentence() -> None:
    unit = "{max: 9, unit: {en: days, cy: diwrnod}, one: {en: day, cy: diwrnod}, two: {cy: ddiwrnod}}"
    journey = journey_of(
        "title: {en: T, cy: T}\nasks:\n"
        f"  - {{ask: count, text: {{en: Q, cy: Q}}, number: {unit}}}\n"
        "done: {say: {en: Done, cy: Wedi}, send: [housing]}\n"
    )
    kind = journey.asks[0].kind
    assert [kind.say(number, WORDS["cy"], inline=True) for number in (1, 2)] == ["1 diwrnod", "2 ddiwrnod"]
