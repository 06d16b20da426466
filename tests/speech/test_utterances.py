"""The utterances of a screen, and their order."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from support.samples.block_samples import BLOCKS, WORDS

from onestop.language import Words, load_words
from onestop.screen import (
    BLOCK_KINDS,
    Action,
    Alert,
    Block,
    Bullets,
    Facts,
    Menu,
    MenuItem,
    Note,
    Paragraph,
    Place,
    Reference,
    Run,
    Screen,
    Search,
    Steps,
    Table,
)
from onestop.site.site import WORDS as TEXTS
from onestop.speech.utterances import BLOCK_READERS, utterances

SAID = load_words([TEXTS], ["en", "cy"], ZoneInfo("Europe/London"))
SCREEN = Screen("Title", (), "/bins/missed-bin", "en")


def _read(*blocks: Block, pressed: tuple[int, ...] = (), words: Words = SAID["en"]) -> list[str]:
    return list(utterances(replace(SCREEN, blocks=blocks), words, pressed=pressed))[1:]


def _text(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def test_every_kind_of_block_has_utterances() -> None:
    assert set(BLOCK_READERS) == set(BLOCK_KINDS)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_every_visible_text_of_a_block_is_spoken(block: Block) -> None:
    said = " ".join(_read(block))
    # The label of a choice and the search query are not spoken.
    unsaid = {"Cranes", "finches"}
    assert not [word for word in WORDS[type(block)].split() if word not in said and word not in unsaid]


def test_title_progress_and_alert_come_first() -> None:
    screen = replace(
        SCREEN, progress="Question 2 of 5", alert=Alert("Ice", "Roads are icy."), blocks=(Paragraph(_text("a")),)
    )
    assert utterances(screen, SAID["en"]) == ("Title", "Question 2 of 5", "Ice", "Roads are icy.", "a")


def test_a_page_speaks_its_number_and_whether_more_follow() -> None:
    screen = replace(SCREEN, alert=Alert("Ice"))
    blocks = (Paragraph(_text("a")),)
    assert utterances(screen, SAID["en"], blocks, page=2, pages=3) == (
        "Title",
        "Page 2 of 3",
        "a",
        "There is more on the next page.",
    )
    assert utterances(screen, SAID["en"], blocks, page=3, pages=3) == ("Title", "Page 3 of 3", "a")


def test_a_table_is_spoken_row_by_row_with_column_headings() -> None:
    table = Table((_text("Day"), _text("From"), _text("Until")), ((_text("Monday"), _text("8am"), _text("")),), "Hours")
    assert _read(table) == ["Hours", "Day: Monday. From: 8am"]


def test_options_are_spoken_with_their_digits_on_devices_with_digit_keys() -> None:
    menu = Menu((MenuItem("Missed bin", "/bins/missed-bin", "214"), MenuItem("Bulky", "/bins/bulky")), label="Bins")
    assert _read(menu) == ["Bins", "Missed bin, number 214", "Bulky"]
    assert _read(Action("Go", "/x"), menu, Search(), pressed=(0, 1, 3)) == [
        "Press 1 for Go",
        "Bins",
        "Press 2 for Missed bin, number 214",
        "Press 3 for Bulky",
        "Press 4 for Search",
    ]


def test_the_letters_of_the_a_to_z_are_not_spoken() -> None:
    letters = Menu(tuple(MenuItem(letter, f"/a-z/{letter}") for letter in "abcdef"), "letters")
    assert _read(letters, pressed=(0,)) == ["Choose a letter."]


def test_lists_are_spoken_with_their_length_and_steps_with_numbers() -> None:
    assert _read(Bullets((_text("a"), _text("b"), _text("c")))) == ["3 things:", "a", "b", "c"]
    assert _read(Bullets((_text("a"),))) == ["a"]
    assert _read(Steps((_text("a"), _text("b")), start=4)) == ["Step 4: a", "Step 5: b"]


def test_notes_facts_places_links_and_references() -> None:
    assert _read(Note(_text("Hot."), "warning")) == ["Warning: Hot."]
    assert _read(Note(_text("Warning: hot."), "warning")) == ["Warning: hot."]
    assert _read(Facts((("Cost", _text("Free")), ("", _text("on"))))) == ["Cost: Free", "on"]
    place = Place(
        "Market Hall", ("1 High Street", "EM1 1AA"), "01632 960 100", "", (("Monday", "08:30 to 17:00"),), "Open"
    )
    assert _read(place) == [
        "Market Hall",
        "Open",
        "Telephone: 01632 960 100",
        "Address: 1 High Street, EM1 1AA",
        "Monday: 08:30 to 17:00",
    ]
    assert _read(Paragraph((Run("See "), Run("bulky waste", target="/bins/bulky", number="215"), Run(".")))) == [
        "See bulky waste (number 215)."
    ]
    assert _read(Paragraph((Run("bulky waste (215)", target="/bins/bulky", number="215"),))) == [
        "bulky waste (number 215)"
    ]
    assert _read(Reference("Your reference", "123 456 7890")) == ["Your reference: 123 456 7890", "123 456 7890"]


def test_connecting_words_are_in_the_language_of_the_page() -> None:
    assert _read(Action("Dechrau", "/x"), pressed=(0,), words=SAID["cy"]) == ["Pwyswch 1 am Dechrau"]
