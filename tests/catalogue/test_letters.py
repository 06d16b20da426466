"""The A to Z in the alphabets of several languages, and the words of a search in several scripts."""

from dataclasses import replace

import pytest

from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.search.index import SearchIndex
from onestop.catalogue.search.letters import by_letter, capital
from onestop.catalogue.search.terms import digits, terms

Titles = dict[str, str]


def letters(catalogue: Catalogue, language: str, titles: list[Titles]) -> dict[str, list[str]]:
    """Return the titles under each letter of an A to Z."""
    sample = catalogue.services[0]
    text = next(iter(sample.texts.values()))
    services = [
        replace(sample, texts={code: replace(text, title=title) for code, title in those.items()}) for those in titles
    ]
    found = by_letter(services, language)
    return {letter: [service.title(language) for service in those] for letter, those in found.items()}


@pytest.mark.parametrize(
    ("language", "titles", "found"),
    [
        (
            "cy",
            ["Cyngor", "Chwarae", "Casglu", "Dŵr", "Ddoe", "Ffyrdd", "Fan", "Llyfrgell", "Lôn", "Rhent", "Rwan", "Theatr", "Tai"],
            {"c": ["Casglu", "Cyngor"], "ch": ["Chwarae"], "d": ["Dŵr"], "dd": ["Ddoe"], "f": ["Fan"], "ff": ["Ffyrdd"], "l": ["Lôn"],
             "ll": ["Llyfrgell"], "r": ["Rwan"], "rh": ["Rhent"], "t": ["Tai"], "th": ["Theatr"]},
        ),
        ("cy", ["Ngwaith", "Hamdden", "Gwastraff", "Phlant", "Priodi"],
         {"g": ["Gwastraff"], "ng": ["Ngwaith"], "h": ["Hamdden"], "p": ["Priodi"], "ph": ["Phlant"]}),
        ("cy", ["Ôl", "Êtifedd", "2 fin"], {"0-9": ["2 fin"], "e": ["Êtifedd"], "o": ["Ôl"]}),
        ("cy", ["Call", "Calon", "Cadw", "Caddug"], {"c": ["Cadw", "Caddug", "Calon", "Call"]}),
        ("pl", ["Śmieci", "Szkoły", "Łąki", "Lokale", "Żłobki", "Zgony"],
         {"l": ["Lokale"], "ł": ["Łąki"], "s": ["Szkoły"], "ś": ["Śmieci"], "z": ["Zgony"], "ż": ["Żłobki"]}),
        ("ur", ["ٹیکس", "پارکنگ", "اسکول", "کوڑا"], {"ا": ["اسکول"], "پ": ["پارکنگ"], "ٹ": ["ٹیکس"], "ک": ["کوڑا"]}),
        ("bn", ["স্কুল", "কর", "আবর্জনা"], {"আ": ["আবর্জনা"], "ক": ["কর"], "স": ["স্কুল"]}),
    ],
)  # fmt: skip
def test_titles_stand_under_the_letters_of_their_alphabet_in_its_order(
    language: str, titles: list[str], found: dict[str, list[str]], catalogue: Catalogue
) -> None:
    listed = letters(catalogue, language, [{language: title} for title in titles])
    assert listed == found
    assert list(listed) == list(found)


def test_a_title_that_is_not_translated_keeps_the_letters_of_its_own_language(catalogue: Catalogue) -> None:
    assert letters(catalogue, "cy", [{"en": "Child care"}, {"cy": "Chwarae"}]) == {
        "c": ["Child care"],
        "ch": ["Chwarae"],
    }


def test_a_letter_of_two_signs_has_one_capital() -> None:
    assert [capital(letter) for letter in ("ll", "c", "ł", "ا", "0-9")] == ["Ll", "C", "Ł", "ا", "0-9"]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Śmieci", "smieci"),
        ("ŁĄKI", "laki"),
        ("تَعلِیم", "تعلیم"),
        ("كوڑا", "کوڑا"),
        ("۲۱۴", "214"),
        ("২১৪", "214"),
        ("Dŵr", "dwr"),
    ],
)
def test_words_are_found_however_they_are_typed(text: str, same: str) -> None:
    assert terms(text) == terms(same)
    assert len(terms(text)) == 1


def test_the_keys_of_a_remote_spell_polish_words() -> None:
    assert digits(terms("Śmieci")[0]) == "764324"


@pytest.mark.parametrize("number", ["214", "۲۱۴", "২১৪"])
def test_a_number_is_found_in_the_digits_of_any_script(number: str, catalogue: Catalogue) -> None:
    assert SearchIndex.build(catalogue, "en").find(number)[0].number == "214"
