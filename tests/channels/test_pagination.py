"""Pagination of arbitrary blocks: pages fit, and together contain every text once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.block_heights import columns, count_words, height
from channels.measures import Face, Grid, Measures
from channels.page_builder import strong
from channels.pagination import paginate
from channels.text_metrics import lines, plain, text_lines, width
from onestop.screen import (
    Action,
    Block,
    Bullets,
    Facts,
    Heading,
    Menu,
    MenuItem,
    Note,
    Paragraph,
    Run,
    Steps,
    Table,
    Text,
)

pytestmark = pytest.mark.slow

FACE = Face(28, 38, before=14)
MEASURES = Measures(
    1024,
    378,
    dict.fromkeys(
        ("paragraph", "lead", "item", "note", "fact", "cell", "caption", "heading", "subheading", "menu"), FACE
    ),
    {kind: Grid(62, 6, 1, 6) for kind in ("sections", "services", "letters", "related")},
    fixed={Action: 70},
    most_words=80,
)
# Arbitrary words, some longer than any line.
WORD = st.one_of(st.text("abcdefgh.,£ŵ", min_size=1, max_size=12), st.text("mW", min_size=30, max_size=200))
SAID = st.lists(WORD, min_size=1, max_size=60).map(" ".join)
SHORT = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
TEXT = st.lists(st.builds(Run, SAID, st.booleans()), min_size=1, max_size=3).map(tuple)
CELL = st.builds(lambda said: (Run(said),), SHORT)


def rows(count: int) -> st.SearchStrategy[tuple[tuple[Text, ...], ...]]:
    return st.lists(st.lists(CELL, min_size=count, max_size=count).map(tuple), min_size=1, max_size=12).map(tuple)


TABLE = st.integers(2, 4).flatmap(
    lambda count: st.builds(Table, st.lists(CELL, min_size=count, max_size=count).map(tuple), rows(count), st.just(""))
)
ITEM = st.builds(MenuItem, st.text("abc ", min_size=1, max_size=40), st.just("/a"), st.just("214"))
BLOCK = st.one_of(
    st.builds(Paragraph, TEXT),
    st.builds(Heading, SHORT, st.sampled_from((2, 3))),
    st.builds(Bullets, st.lists(TEXT, min_size=1, max_size=8).map(tuple)),
    st.builds(Steps, st.lists(TEXT, min_size=1, max_size=8).map(tuple)),
    st.builds(Note, TEXT),
    st.builds(Facts, st.lists(st.tuples(SHORT, TEXT), min_size=1, max_size=6).map(tuple)),
    st.builds(Menu, st.lists(ITEM, min_size=1, max_size=20).map(tuple)),
    TABLE,
)


def said(blocks: list[Block]) -> list[str]:
    """Return all characters but spaces, in order, without headings and table heads."""
    return [
        character
        for block in blocks
        for text in SAYS[type(block)](block)
        for character in text
        if not character.isspace()
    ]


SAYS: dict[type, Callable[..., list[str]]] = {
    Paragraph: lambda b: [plain(b.text)],
    Note: lambda b: [plain(b.text)],
    Heading: lambda b: [],
    Bullets: lambda b: [plain(item) for item in b.items],
    Steps: lambda b: [plain(item) for item in b.items],
    Facts: lambda b: [part for label, text in b.rows for part in (label, plain(text))],
    Menu: lambda b: [item.label for item in b.items],
    Table: lambda b: [plain(cell) for row in b.rows for cell in row],
}


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCK, max_size=12))
def test_pages_fit_and_contain_every_text_once(blocks: list[Block]) -> None:
    pages = paginate(blocks, MEASURES)
    assert pages
    for page in pages:
        assert sum(height(block, MEASURES) for block in page) <= MEASURES.height
        assert sum(count_words(block) for block in page) <= MEASURES.most_words
        assert sum(len(block.items) for block in page if isinstance(block, Menu)) <= 6
    blocks = [_as_drawn(block) for block in blocks]
    told, meant = Counter(said(list(chain(*pages)))), Counter(said(blocks))
    assert not meant - told, "lost"
    assert set(told - meant) <= _heads(blocks), "said twice"
    if not any(isinstance(block, Table | Facts | Heading) for block in blocks):
        assert said(list(chain(*pages))) == said(blocks)


def _as_drawn(block: Block) -> Block:
    """Return a heading that takes a third of a page as the strong paragraph that it becomes."""
    giant = isinstance(block, Heading) and height(block, MEASURES) * 3 > MEASURES.height
    return strong(block) if giant else block


def _heads(blocks: list[Block]) -> set[str]:
    """Return the letters of table heads, which are repeated when a table becomes a list, and of headings, which may become text."""
    heads = {letter for block in blocks if isinstance(block, Table) for cell in block.head for letter in plain(cell)}
    return heads | {letter for block in blocks if isinstance(block, Heading) for letter in block.text}


@settings(max_examples=200, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=10), st.booleans(), st.booleans())
def test_no_page_ends_with_a_heading(blocks: list[Block], repeats: bool, splits: bool) -> None:
    measures = replace(MEASURES, repeats=repeats, splits=splits)
    for page in paginate([*blocks, Paragraph((Run("The end."),))], measures):
        assert not isinstance(page[-1], Heading)


def test_a_heading_is_repeated_where_its_text_continues() -> None:
    long = [Paragraph((Run("word " * 40),)) for _ in range(4)]
    pages = paginate([Heading("Who can have one"), *long], MEASURES)
    assert len(pages) > 1
    assert all(page[0] == Heading("Who can have one") for page in pages)


def test_step_numbers_continue_on_the_next_page() -> None:
    pages = paginate([Steps(tuple((Run("word " * 20),) for _ in range(9)))], MEASURES)
    lists = [block for page in pages for block in page if isinstance(block, Steps)]
    assert len(lists) > 1
    assert [one.start for one in lists][1] == len(lists[0].items) + 1


def test_a_table_head_is_repeated_on_the_next_page() -> None:
    head = ((Run("Day"),), (Run("Bin"),))
    pages = paginate([Table(head, tuple(((Run("Monday"),), (Run("Blue"),)) for _ in range(20)))], MEASURES)
    assert len(pages) > 1
    assert all(isinstance(page[0], Table) and page[0].head == head for page in pages)


@pytest.mark.parametrize(
    ("said_", "room", "count"), [("", 100, 0), ("a", 100, 1), ("aaaa aaaa", 1000, 1), ("m" * 100, 280, 11)]
)
def test_lines_are_counted_as_a_browser_wraps_them(said_: str, room: float, count: int) -> None:
    assert lines(said_, 28, room) == count


@given(TEXT, st.integers(60, 1200))
def test_more_room_never_takes_more_lines(text: Text, room: int) -> None:
    assert text_lines(text, 28, room + 100) <= text_lines(text, 28, room)


@given(TABLE)
def test_columns_share_the_whole_width(table: Table) -> None:
    assert sum(columns(table, MEASURES)) == 100


def test_every_welsh_letter_has_an_advance_width() -> None:
    wide = width("\U0001f600", 28)
    assert all(width(letter, 28) < wide for letter in "âêîôûŵŷÂÊÎÔÛŴŶáéíóúïö")
