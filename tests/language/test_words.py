"""Texts, numbers, dates and times in each language, with English for missing translations."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from support.paths import ROOT

from onestop.language import Words, load_words

ZONE = ZoneInfo("Europe/London")
WORDS = load_words([ROOT / "onestop" / "language"], ("en", "cy"), ZONE)


@pytest.fixture(params=["en", "cy"])
def words(request: pytest.FixtureRequest) -> Words:
    return WORDS[request.param]


def test_a_text_is_translated_and_its_placeholders_are_filled_in() -> None:
    assert WORDS["en"]("Open until {time} today", time="17:00") == "Open until 17:00 today"
    assert WORDS["cy"]("Open until {time} today", time="17:00") == "Ar agor tan 17:00 heddiw"


def test_an_untranslated_text_is_in_english(words: Words) -> None:
    assert words("Aardvarks {number}", number=3) == "Aardvarks 3"


def test_braces_that_are_no_placeholders_stay(words: Words) -> None:
    assert words("{not a place}") == "{not a place}"


@pytest.mark.parametrize(
    ("number", "english", "welsh"),
    [
        (0, "0 services", "0 gwasanaeth"),
        (1, "1 service", "1 gwasanaeth"),
        (2, "2 services", "2 wasanaeth"),
        (6, "6 services", "6 gwasanaeth"),
    ],
)
def test_plural_forms_follow_the_language(number: int, english: str, welsh: str) -> None:
    said = {code: words.count("{number} service", "{number} services", number) for code, words in WORDS.items()}
    assert said == {"en": english, "cy": welsh}


def test_days_and_times_are_in_the_councils_time_zone() -> None:
    day, moment = date(2026, 11, 23), datetime(2026, 7, 1, 16, 0, tzinfo=UTC)
    assert WORDS["en"].date(day) == "Monday 23 November 2026"
    assert WORDS["cy"].date(day) == "Dydd Llun 23 Tachwedd 2026"
    assert WORDS["cy"].short_date(day) == "23 Tachwedd 2026"
    assert (WORDS["en"].weekday(6), WORDS["cy"].weekday(6)) == ("Sunday", "Dydd Sul")
    assert WORDS["en"].time(moment) == "17:00"
    assert WORDS["cy"].time(time(9, 5)) == "09:05"


def test_a_language_has_its_own_name() -> None:
    assert {code: words.name for code, words in WORDS.items()} == {"en": "English", "cy": "Cymraeg"}


def test_a_later_folder_overrides_translations(tmp_path: Path) -> None:
    (tmp_path / "cy.po").write_text('msgid "Home"\nmsgstr "Adref"\n', encoding="utf-8")
    welsh = load_words([ROOT / "onestop" / "language", tmp_path], ("cy",), ZONE)["cy"]
    assert (welsh("Home"), welsh("Search")) == ("Adref", "Chwilio")
