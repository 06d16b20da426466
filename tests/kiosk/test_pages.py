"""Pagination of arbitrary screens on a kiosk: no scrolling, no text lost."""

import re
from collections import Counter
from itertools import chain

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from support.render_screen import draw, words_for
from support.samples.block_samples import screen

from channels.block_heights import height
from channels.contract import Page
from channels.kiosk import ANSWERING, BROWSING, CHANNEL
from channels.kiosk.devices import DEVICES
from channels.kiosk.pagination import FULL_WIDTH, page_height, paginate_screen
from channels.kiosk.row_heights import option_columns
from onestop.screen import (
    Action,
    Alert,
    AnswerRow,
    Answers,
    Block,
    Bullets,
    Choice,
    Facts,
    Form,
    Heading,
    Menu,
    MenuItem,
    Note,
    Option,
    Paragraph,
    Place,
    Run,
    Search,
    Steps,
    Table,
)

pytestmark = pytest.mark.slow

WORDS = words_for(CHANNEL)
PLAIN = DEVICES["portrait"]
WORD = some.text("abcdefghijklmnop.,ŵ", min_size=1, max_size=14)
SAID = some.lists(WORD, min_size=1, max_size=40).map(" ".join)
SHORT = some.lists(WORD, min_size=1, max_size=5).map(" ".join)
TEXT = SAID.map(lambda said: (Run(said),))
ITEM = some.builds(MenuItem, SHORT, some.just("/a"), some.just("214"), some.just(""), some.one_of(some.just(""), SAID))
CELL = SHORT.map(lambda said: (Run(said),))
BLOCK: some.SearchStrategy[Block] = some.one_of(
    some.builds(Paragraph, TEXT, some.booleans()),
    some.builds(Heading, SHORT, some.sampled_from((2, 3))),
    some.builds(Bullets, some.lists(TEXT, min_size=1, max_size=6).map(tuple)),
    some.builds(Steps, some.lists(TEXT, min_size=1, max_size=6).map(tuple)),
    some.builds(Note, TEXT),
    some.builds(Facts, some.lists(some.tuples(SHORT, TEXT), min_size=1, max_size=6).map(tuple)),
    some.builds(Menu, some.lists(ITEM, min_size=1, max_size=18).map(tuple), some.sampled_from(("services", "related"))),
    some.builds(Table, some.tuples(CELL, CELL), some.lists(some.tuples(CELL, CELL), min_size=1, max_size=8).map(tuple)),
    some.builds(Place, SHORT, some.lists(SHORT, max_size=3).map(tuple), some.just("01632 960 200")),
)  # fmt: skip
KINDS = ("home", "section", "service", "search", "letters", "problem", "check", "done")


@settings(max_examples=80, deadline=None)
@given(
    some.lists(BLOCK, min_size=1, max_size=9),
    some.sampled_from(KINDS),
    some.sampled_from(sorted(DEVICES)),
    SHORT,
    some.booleans(),
)
def test_every_column_fits_its_page(blocks: list[Block], kind: str, device: str, title: str, alert: bool) -> None:
    look = DEVICES[device].look
    shown = screen(*blocks, kind=kind, title=title, **({} if alert else {"alert": None}))
    cut = paginate_screen(shown, WORDS, look)
    assert cut.measures.height == page_height(shown, look, foot=cut.foot)
    for spread in cut.spreads:
        assert len(spread) <= (1 if kind in FULL_WIDTH else look.columns)
        for column in spread:
            assert sum(height(block, cut.measures) for block in column) <= cut.measures.height
    assert len(cut.spreads) == 1 or cut.foot


@settings(max_examples=80, deadline=None)
@given(some.lists(BLOCK, min_size=1, max_size=9), some.sampled_from(KINDS), some.sampled_from(sorted(DEVICES)))
@example([Heading("a a"), Place("a a", phone="01632 960 200")], "check", "landscape.large")
def test_pages_contain_every_text(blocks: list[Block], kind: str, device: str) -> None:
    pages = CHANNEL.lay_out(screen(*blocks, kind=kind), DEVICES[device], WORDS)
    shown: Counter[str] = Counter(chain.from_iterable(_said(page) for page in pages))
    meant = Counter(letter for block in blocks for letter in _letters(block))
    assert not meant - shown


def _said(page: Page) -> list[str]:
    return [letter for block in page.blocks for letter in _letters(block)]


def _letters(block: Block) -> list[str]:
    """Return the letters of the text; menu summaries may be dropped and headings repeated."""
    match block:
        case Paragraph(text) | Note(text):
            said = [run.text for run in text]
        case Bullets(items) | Steps(items):
            said = [run.text for item in items for run in item]
        case Facts(rows):
            said = [part for label, text in rows for part in (label, *(run.text for run in text))]
        case Menu(items):
            said = [item.label for item in items]
        case Table(_, rows):
            said = [run.text for row in rows for cell in row for run in cell]
        case Heading(text):
            said = [text]
        case Place(name, address, phone):
            said = [name, phone, *address]
        case _:
            said = []
    return [letter for part in said for letter in part if letter.isalpha()]


def test_a_section_drops_summaries_to_fit_one_page() -> None:
    items = tuple(MenuItem(f"Service {n}", "/a", "214", summary="What it is for. " * 6) for n in range(12))
    (page,) = CHANNEL.lay_out(screen(Menu(items), kind="section"), PLAIN, WORDS)
    (menu,) = page.blocks
    assert isinstance(menu, Menu)
    assert [item.summary for item in menu.items] == [""] * 12


def test_home_drops_the_search_field_to_show_many_sections() -> None:
    def home(count: int) -> tuple[Page, ...]:
        items = tuple(MenuItem(f"Section {n}", "/a", "200", "house") for n in range(count))
        return CHANNEL.lay_out(screen(Search(), Menu(items, "sections"), kind="home", trail=()), PLAIN, WORDS)

    (nine,) = home(9)
    assert [type(block) for block in nine.blocks] == [Menu, Search]
    (many,) = home(15)
    assert [type(block) for block in many.blocks] == [Menu]


def test_on_a_wide_display_the_contact_begins_a_column() -> None:
    blocks = (Paragraph((Run("Tell us."),)), Place("Waste team", phone="01632 960 200"))
    (page,) = CHANNEL.lay_out(screen(*blocks), DEVICES["landscape"], WORDS)
    left, right = paginate_screen(screen(*blocks), WORDS, DEVICES["landscape"].look).spreads[0]
    assert left == blocks[:1]
    assert right[0] == Heading("Waste team")
    assert page.blocks == (*left, *right)


def test_an_untranslated_screen_declares_its_language() -> None:
    (page,) = CHANNEL.lay_out(screen(Paragraph((Run("Ailgylchu."),)), language="cy"), PLAIN, WORDS)
    assert isinstance(page.blocks[0], Note)
    assert "translated" in page.blocks[0].text[0].text


def test_a_third_level_heading_becomes_second_level_without_its_parent() -> None:
    first, second, third = Heading("One", 3), Heading("Two", 2), Heading("Three", 3)
    (page,) = CHANNEL.lay_out(screen(first, second, third), PLAIN, WORDS)
    assert page.frame["raised"] == {first}
    (drawn,) = draw(CHANNEL, screen(first, second, third))
    assert [re.sub("<.*?>", "", found) for found in re.findall("<h2.*?</h2>", drawn)][:2] == ["One", "Two"]
    assert "<h3>Three</h3>" in drawn


def test_answers_are_paginated_with_the_button_last() -> None:
    answers = Answers(tuple(AnswerRow(f"Question {n}?", "An answer " * 12, f"/q/{n}") for n in range(20)))
    pages = CHANNEL.lay_out(screen(answers, Form("/send", "Send it"), kind="check"), PLAIN, WORDS)
    assert len(pages) > 1
    assert sum(isinstance(block, Answers) for page in pages for block in page.blocks) == 20
    assert isinstance(pages[-1].blocks[-1], Form)


@pytest.mark.parametrize("device", ["portrait", "landscape", "landscape.large"])
def test_the_submit_form_is_on_the_last_page_with_answers(device: str) -> None:
    send, on = Form("/send", "Send it"), Action("Continue on your phone", "/move")
    for count in range(1, 24):
        answers = Answers(tuple(AnswerRow(f"Question {n}?", "An answer", f"/q/{n}") for n in range(count)))
        pages = CHANNEL.lay_out(screen(answers, send, on, kind="check"), DEVICES[device], WORDS)
        assert pages[-1].blocks[-2:] == (send, on)
        assert [block for page in pages for block in page.blocks if not isinstance(block, Answers)] == [send, on]


@pytest.mark.parametrize(("count", "portrait"), [(2, 1), (6, 1), (7, 2), (12, 2)])
def test_few_options_are_in_one_column_and_many_in_several(count: int, portrait: int) -> None:
    field = Choice("c", tuple(Option(str(n), f"Answer {n}") for n in range(count)))
    look = PLAIN.look
    assert option_columns(field, look.room(foot=False), look) == portrait
    wide = DEVICES["landscape"].look
    assert option_columns(field, wide.room(foot=False) - wide.send, wide) == 3


@pytest.mark.parametrize("device", DEVICES)
def test_options_that_do_not_fit_continue_on_more_pages(device: str) -> None:
    options = tuple(Option(str(n), f"Answer number {n} of many", "What it means, in a few words") for n in range(30))
    form = Form("/ask/x", "Continue", Choice("c", options), "Hint", "Wrong")
    pages = CHANNEL.lay_out(screen(form, kind="question"), DEVICES[device], WORDS)
    assert len(pages) > 1
    forms = [block for page in pages for block in page.blocks]
    assert len(forms) == len(pages)
    assert "More to choose" in draw(CHANNEL, screen(form, kind="question"), device=device)[0]
    shown = [
        option
        for part in forms
        if isinstance(part, Form) and isinstance(part.field, Choice)
        for option in part.field.options
    ]
    assert tuple(shown) == options
    assert all(isinstance(part, Form) and (part.hint, part.error) == ("Hint", "Wrong") for part in forms)


def test_personal_screens_have_a_longer_idle_timeout() -> None:
    block = Paragraph((Run("Aardvarks"),))
    (public,) = CHANNEL.lay_out(screen(block), PLAIN, WORDS)
    (personal,) = CHANNEL.lay_out(screen(block, personal=True), PLAIN, WORDS)
    assert public.frame["patience"] == BROWSING
    assert personal.frame["patience"] == ANSWERING
    assert (BROWSING.idle, BROWSING.warning, ANSWERING.idle, ANSWERING.warning) == (60, 20, 120, 45)


def test_a_question_shows_no_alert() -> None:
    block = Paragraph((Run("Aardvarks"),))
    alert = Alert("Ice.", "Take care.", "/roads/gritting", "608")
    (page,) = CHANNEL.lay_out(screen(block, kind="question", alert=alert), PLAIN, WORDS)
    assert page.frame["alert"] is None
    (page,) = CHANNEL.lay_out(screen(block, alert=alert), PLAIN, WORDS)
    assert page.frame["alert"] is alert
