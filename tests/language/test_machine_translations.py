"""The translations that a machine made: Polish, Urdu and Bengali say so, and fit the texts and the plural rules of the CLDR."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.messages.pofile import read_po
from support.paths import ROOT

from onestop.language import Words, load_words

FOLDER = ROOT / "onestop" / "language"
MADE = ("pl", "ur", "bn")
PLACE = re.compile(r"\{(\w+)\}")
LEAST = 90
"""Texts that each has: those of every public page."""


@pytest.fixture(scope="module")
def words() -> dict[str, Words]:
    return dict(load_words([FOLDER], ("en", "cy", *MADE), ZoneInfo("Europe/London")))


@pytest.mark.parametrize("code", MADE)
def test_each_text_is_one_of_ours_with_its_placeholders_and_plural_forms(code: str) -> None:
    known = {_first(id_) for file in _welsh() for id_ in _ids(file, "cy")}
    count = len(Locale(code).plural_form.tags | {"other"})
    found = 0
    with (FOLDER / f"{code}.po").open("rb") as source:
        for message in read_po(source, locale=code):
            if not message.id:
                continue
            found += 1
            assert _first(message.id) in known, message.id
            forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
            assert len(forms) == (1 if isinstance(message.id, str) else count), message.id
            for form in forms:
                assert form.strip()
                assert set(PLACE.findall(form)) == set(PLACE.findall(_first(message.id))), message.id
    assert found > LEAST


def test_a_machine_made_translation_awaits_a_translator(words: dict[str, Words]) -> None:
    assert {code: one.unchecked for code, one in words.items()} == {"en": False, "cy": False} | dict.fromkeys(
        MADE, True
    )


def test_polish_has_the_plural_forms_of_the_cldr(words: dict[str, Words]) -> None:
    said = [words["pl"].count("{number} service", "{number} services", number) for number in (1, 2, 5, 12, 22, 25)]
    assert said == ["1 usługa", "2 usługi", "5 usług", "12 usług", "22 usługi", "25 usług"]


def test_each_language_knows_the_names_of_the_others(words: dict[str, Words]) -> None:
    assert [words[code].name for code in MADE] == ["Polski", "اردو", "বাংলা"]
    assert words["cy"].language_name("en") == "Saesneg"


def _welsh() -> list[Path]:
    return [FOLDER / "cy.po", *sorted((ROOT / "channels").glob("*/cy.po")), ROOT / "tvapp" / "cy.po"]


def _ids(file: Path, code: str) -> list[object]:
    with file.open("rb") as source:
        return [message.id for message in read_po(source, locale=code) if message.id]


def _first(id_: object) -> str:
    return str(id_[0]) if isinstance(id_, list | tuple) else str(id_)
