"""Pagination of arbitrary screens on televisions: every page fits, and no text is lost."""

import re
import xml.etree.ElementTree as ElementTree
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.render_screen import draw, words_for
from support.samples.block_samples import screen

from channels.block_heights import height
from channels.text_metrics import plain
from channels.tv import CHANNEL
from channels.tv.measures import measures_for
from channels.tv.questions import split_question
from onestop.screen import (
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
    Picture,
    Run,
    Steps,
    Table,
    Text,
)

pytestmark = pytest.mark.slow

WORDS, SETS = words_for(CHANNEL), CHANNEL.sets
WORD = st.text(alphabet="abcdefgmwiâŵ&<", min_size=1, max_size=14) | st.just("m" * 90)
TEXT = st.lists(WORD, min_size=1, max_size=60).map(lambda words: (Run(" ".join(words)),))
SHORT = st.lists(WORD, min_size=1, max_size=5).map(" ".join)
ITEMS = st.lists(TEXT, min_size=1, max_size=6).map(tuple)
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, TEXT),
    st.builds(Heading, SHORT),
    st.builds(Bullets, ITEMS),
    st.builds(Steps, ITEMS),
    st.builds(Note, TEXT),
    st.builds(Facts, st.lists(st.tuples(SHORT, TEXT), min_size=1, max_size=5).map(tuple)),
    st.builds(Table, st.just(((Run("One"),), (Run("Two"),))), st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6).map(tuple)),
    st.lists(SHORT, min_size=1, max_size=14).map(lambda names: Menu(tuple(MenuItem(n, "/bins", "200") for n in names))),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=8), st.sampled_from(("browser", "browser.large.contrast")))
def test_every_page_fits_and_no_text_is_lost(blocks: list[Block], device: str) -> None:
    shown = screen(*blocks, alert=None)
    pages = CHANNEL.lay_out(shown, SETS[device], WORDS)
    measures = measures_for(shown, WORDS, SETS[device].sizes, parts=bool(pages[0].frame["parts"]))
    for page in pages:
        alone = len(page.blocks) == 1
        on = SETS[device].sizes.row if page.frame["more"] is not None else 0
        assert (alone and not on) or sum(height(block, measures) for block in page.blocks) + on <= measures.height
    drawn = "".join(draw(CHANNEL, shown, device=device))
    told = re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", drawn)))
    for block in blocks:
        for text in _texts(block):
            for word in plain(text).split():
                assert word[:20] in told


@settings(max_examples=40, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=6))
def test_every_page_is_strict_xml(blocks: list[Block]) -> None:
    for device in ("browser", "hbbtv", "maple"):
        for page in draw(CHANNEL, screen(*blocks), device=device):
            assert ElementTree.fromstring(page).tag.endswith("html")


@given(st.integers(1, 30), st.sampled_from(("browser", "browser.large")))
def test_a_choice_has_at_most_nine_options_on_a_page(number: int, device: str) -> None:
    options = tuple(Option(f"o{n}", f"Option {n}") for n in range(number))
    split_question = screen(
        Form("/x/y/ask/z", "Continue", Choice("answer", options)), kind="question", personal=True, alert=None
    )
    pages = CHANNEL.lay_out(split_question, SETS[device], WORDS)
    forms = [block for page in pages for block in page.blocks if isinstance(block, Form)]
    fields = [form.field for form in forms if isinstance(form.field, Choice)]
    assert tuple(option for field in fields for option in field.options) == options
    assert max(len(field.options) for field in fields) <= 9


def _texts(block: Block) -> list[Text]:
    if isinstance(block, Paragraph | Note):
        return [block.text]
    if isinstance(block, Bullets | Steps):
        return list(block.items)
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row]
    return [said for _, said in block.rows] if isinstance(block, Facts) else []


@pytest.mark.parametrize(("device", "lines"), [("browser", 4), ("browser.large", 3)])
def test_a_picture_takes_its_height_from_the_page(device: str, lines: int) -> None:
    """Below a picture of 300 px there is room for `lines`, with 10 px above each block."""
    shown = screen(Picture("/pictures/x/a.png", "A", 1024, 300), *[Paragraph((Run("One line."),))] * 6, alert=None)
    first, second, *_ = CHANNEL.lay_out(shown, SETS[device], WORDS)
    assert [type(block) for block in first.blocks] == [Picture, *[Paragraph] * lines]
    assert first.total == 2 and len(second.blocks) == 6 - lines
    assert 'width="1024" height="300"/>' in draw(CHANNEL, shown, device=device)[0]


@pytest.mark.parametrize(("options", "pages"), [(4, [4]), (5, [3, 2]), (7, [3, 4]), (8, [3, 3, 2])])
def test_the_row_more_counts_as_an_option(options: int, pages: list[int]) -> None:
    def rows(form: Form) -> int:
        return len(form.field.options) if isinstance(form.field, Choice) else 0

    form = Form("/x", "Continue", Choice("answer", tuple(Option(str(n), str(n)) for n in range(options))))
    cut = split_question(form, lambda part, goes_on: rows(part) + goes_on <= 4, whole=False)
    assert [rows(part) for part in cut if isinstance(part, Form)] == pages


def test_the_link_more_is_in_the_foot_if_the_menu_fills_the_page() -> None:
    rows = Menu(tuple(MenuItem(f"Row {n}", "/bins", "200") for n in range(3)), "related")
    first, second = CHANNEL.lay_out(
        screen(*[Paragraph((Run("A line."),))] * 8, rows, alert=None), SETS["browser"], WORDS
    )
    assert [len(block.items) for page in (first, second) for block in page.blocks if isinstance(block, Menu)] == [2, 1]
    assert first.frame["more"] is None
    many = Menu(rows.items * 5, "related")
    assert CHANNEL.lay_out(screen(many, alert=None), SETS["browser"], WORDS)[0].frame["more"] == 0
