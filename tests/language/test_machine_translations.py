"""The translations that a machine made: Polish, Urdu and Bengali say so, are whole, and fit the texts and the plural rules of the CLDR."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from support.paths import ROOT

from onestop.language import Words, load_words
from onestop.language.words import AWAITING

OFFICERS = ("staff", "desk")
"""Rooms whose texts only officers read: English and Welsh."""
WELSH = sorted(
    file
    for room in ("onestop", "channels", "tvapp")
    for file in (ROOT / room).rglob("cy.po")
    if file.parent.name not in OFFICERS
)
"""The files with every text that residents read: tests/language/test_welsh.py holds that none is missing."""
MADE = ("pl", "ur", "bn")
PLACE = re.compile(r"\{(\w+)\}")
IN_THE_ROOM = pytest.mark.parametrize("welsh", WELSH, ids=lambda file: str(file.parent.name))


@pytest.fixture(scope="module")
def words() -> dict[str, Words]:
    return dict(load_words([ROOT / "onestop" / "language"], ("en", "cy", *MADE), ZoneInfo("Europe/London")))


@IN_THE_ROOM
@pytest.mark.parametrize("code", MADE)
def test_every_text_is_translated_with_its_placeholders_and_plural_forms(code: str, welsh: Path) -> None:
    made = _messages(welsh.with_name(f"{code}.po"))
    assert [str(id_) for id_ in made] == [str(id_) for id_ in _messages(welsh)], (
        "the texts of the Welsh file, in its order"
    )
    for id_, message in made.items():
        texts, forms = _forms(id_), _forms(message.string)
        assert len(forms) == (1 if len(texts) == 1 else len(Locale(code).plural_form.tags | {"other"})), id_
        for form in forms:
            assert form.strip(), id_
            assert sorted(PLACE.findall(form)) == sorted(PLACE.findall(texts[-1])), id_
            assert _edges(form) == _edges(texts[-1]), id_


@IN_THE_ROOM
@pytest.mark.parametrize("code", MADE)
def test_a_file_that_a_machine_made_says_so(code: str, welsh: Path) -> None:
    with welsh.with_name(f"{code}.po").open("rb") as source:
        assert AWAITING in read_po(source, locale=code).header_comment


@pytest.mark.parametrize("code", MADE)
def test_a_text_is_in_the_script_of_its_language(code: str) -> None:
    """A text that was left in English, or put into the file of another language, has none of the language's own letters."""
    letters = {"pl": "[a-z]", "ur": "[\u0600-\u06ff]", "bn": "[\u0980-\u09ff]"}[code]
    other = {"pl": "[\u0600-\u06ff\u0980-\u09ff]", "ur": "[\u0980-\u09ff]", "bn": "[\u0600-\u06ff]"}[code]
    for welsh in WELSH:
        for id_, message in _messages(welsh.with_name(f"{code}.po")).items():
            for form in _forms(message.string):
                told = PLACE.sub("", form)
                assert not re.search(other, told), form
                assert re.search(letters, told) or not re.search("[a-z]{3}", PLACE.sub("", str(id_))), form


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


def _messages(file: Path) -> dict[object, Message]:
    with file.open("rb") as source:
        return {message.id: message for message in read_po(source, locale=file.stem) if message.id}


def _forms(text: object) -> list[str]:
    """Return the plural forms of a text."""
    return [str(form) for form in text] if isinstance(text, list | tuple) else [str(text)]


def _edges(text: str) -> tuple[bool, bool]:
    """Return whether a text begins and ends with a space: it is put between others."""
    return text[:1].isspace(), text[-1:].isspace()
