"""How much fits a television page: the plane's sizes in px, as the style sheets draw them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import inf

from channels.block_heights import Face, Grid, Measures
from channels.text_metrics import lines
from channels.tv.display_screen import KIND
from channels.tv.questions import form_height
from channels.tv.sizes import BETWEEN, LARGE, USUAL, Sizes
from channels.tv.weight import first_weight, room, weigh
from onestop.language import Words
from onestop.screen import Action, Block, Code, Form, Picture, Reference, Screen, Search

WIDTH = 1024.0
LINES, WORDS = 9, 80
"""Of running text."""
ALERT_LOST = 60
"""Px in the line of the alert that its mark takes."""
PACKET = 1400
"""Bytes of every answer, headers included: less than the 1,460 that a segment of TCP carries on an Ethernet of 1,500."""
ONE_PAGE = ("home", KIND)
"""What is offered first is seen at once. They are ours, and weighed by a test."""
MENUS = ("section", "letters", "search")
"""Screens that are menus: the last row of a page may be the way to the next."""
MANY = 100_000
LIGHTEST = 80.0
"""What a page may weigh at least, however long its title and its alert."""
LEAST = 160
"""A page is as high at least, however long its title and its alert."""
PAD = 2
"""Rows of keys above what was found."""
NUMERAL = 80.0
"""A reference number's line."""


def _text(sizes: Sizes) -> Measures:
    """A page with nothing in particular on it."""
    plain = Face(sizes.text, sizes.line, before=BETWEEN)
    choices = Grid(sizes.row, 0, 1, sizes.rows, label=WIDTH - 82 - 20 - 80)
    faces = {
        **dict.fromkeys(("paragraph", "lead", "fact", "heading", "subheading"), plain),
        # A menu's label is a heading of its own.
        "menu": plain,
        "item": replace(plain, inset=44),
        "note": replace(plain, inset=28),
        "cell": Face(sizes.cell, sizes.cell_line, before=BETWEEN, padding=10),
        "caption": Face(sizes.cell, sizes.cell_line),
    }
    menus = {
        "sections": Grid(sizes.row, 0, 2, 9, label=500 - 82 - 20),
        "services": choices,
        "related": choices,
        "letters": Grid(72, 0, 9, 45),
    }
    row = BETWEEN + sizes.row
    fixed = {Action: row, Search: row, Code: 400, Reference: BETWEEN + sizes.line + BETWEEN + NUMERAL}
    own: Mapping[type, Callable[..., float]] = {Picture: lambda block: BETWEEN + block.height}
    return Measures(
        WIDTH, sizes.body, faces, menus, cell=24, label=0.3, most_words=WORDS, most_lines=LINES, weigh=weigh, fixed=fixed, own=own
    )  # fmt: skip


def _by_kind(sizes: Sizes) -> Mapping[str, Measures]:
    """By the kind of a screen; "" for any other."""
    text = _text(sizes)

    def caption(block: Code) -> float:
        return BETWEEN + sizes.line * lines(block.caption, sizes.text, BESIDE_CODE)

    beside = replace(text, width=BESIDE_CODE, own={**text.own, Code: caption})
    twice = BETWEEN + 2 * sizes.line + BETWEEN + NUMERAL
    return {
        "": text,
        # A line about numbers stands below what there is, if there is room for one.
        "home": replace(text, height=sizes.body - (BETWEEN + sizes.line if sizes.numbers else 0)),
        **dict.fromkeys(MENUS, replace(text, height=sizes.body - sizes.row)),
        # Text stands beside a code to scan, not below it.
        "phone": beside,
        "move": replace(beside, fixed={**beside.fixed, Reference: twice}),
    }


BESIDE_CODE = 600.0
"""Px of width beside a code to scan, as parts/code.css draws it."""
WITH_CODE, CODE_PACKETS = ("phone", "move"), 2
"""A page with a code to scan may take so many packets."""
BY_KIND = {sizes: _by_kind(sizes) for sizes in (USUAL, LARGE)}


def measures_for(screen: Screen, words: Words, sizes: Sizes = USUAL, around: float = 0) -> Measures:
    """A page of this screen: what its title and its progress leave, and on the first its alert; a packet has `around` bytes less."""
    kinds = BY_KIND[sizes]
    found = kinds.get(screen.kind) or kinds[""]
    lost = max(0, lines(screen.title, sizes.title, WIDTH, True) - 1) * sizes.title_line
    lost += BETWEEN + sizes.line if screen.progress else 0
    if screen.one_page:
        return replace(found, height=inf, most_words=MANY, most_lines=MANY)
    packets = CODE_PACKETS if screen.kind in WITH_CODE else 1
    pad = PAD * (BETWEEN + sizes.line) if screen.kind == "search" else 0
    return replace(
        found,
        height=max(LEAST, found.height - lost),
        most_weight=inf if screen.kind in ONE_PAGE else max(LIGHTEST, room(screen, words, packets * PACKET) - around),
        first=(_alert(screen, sizes) + pad, first_weight(screen)),
    )


def with_form_height(measures: Measures, blocks: Sequence[Block], sizes: Sizes) -> Measures:
    """The same with room for the highest form among the blocks."""
    forms = [form_height(block, measures, sizes) for block in blocks if isinstance(block, Form)]
    return replace(measures, fixed={**measures.fixed, Form: max(forms)}) if forms else measures


def _alert(screen: Screen, sizes: Sizes) -> float:
    """Px that the alert takes above the strip."""
    if screen.alert is None:
        return 0
    said = f"{screen.alert.title} {screen.alert.number}"
    return BETWEEN + max(1, lines(said, sizes.text, WIDTH - ALERT_LOST)) * sizes.line
