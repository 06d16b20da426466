"""The measures of a television page in px, as the style sheets draw it, and in bytes of a packet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import inf

from channels.measures import Face, Grid, Measures
from channels.text_metrics import lines
from channels.tv.display_screen import KIND
from channels.tv.questions import form_height
from channels.tv.sizes import BETWEEN, LARGE, USUAL, Sizes
from channels.tv.weight import first_weight, room, weigh
from onestop.language import Words
from onestop.screen import Action, Block, Code, Form, Picture, Reference, Screen, Search

WIDTH = 1024.0
LINES, WORDS = 9, 80
"""The most lines and words of running text on a page."""
ALERT_LOST = 60
"""Px that the icon takes from the line of the alert."""
PACKET = 1400
"""The most bytes of a response, headers included: less than the 1,460 of a TCP segment on Ethernet (MTU 1,500)."""
ONE_PAGE = ("home", KIND)
"""Kinds of screen that are never split by weight: their content is our own, and a test checks their size."""
MENUS = ("section", "letters", "search")
"""Kinds of screen that are menus: the last row of a page may lead to the next."""
MANY = 100_000
LIGHTEST = 80.0
"""The least bytes left for blocks, however long the title and the alert are."""
LEAST = 160
"""The least px left for blocks, however long the title and the alert are."""
PAD = 2
"""Rows of the number pad above search results."""
NUMERAL = 80.0
"""Px of the line of a reference number."""


def _text(sizes: Sizes) -> Measures:
    """Return the measures of a page of running text."""
    plain = Face(sizes.text, sizes.line, before=BETWEEN)
    choices = Grid(sizes.row, 0, 1, sizes.rows, label=WIDTH - 82 - 20 - 80)
    faces = {
        **dict.fromkeys(("paragraph", "lead", "fact", "heading", "subheading"), plain),
        # The label of a menu is drawn as a heading.
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
    """Return the measures by kind of screen; "" is for any other kind."""
    text = _text(sizes)

    def caption(block: Code) -> float:
        return BETWEEN + sizes.line * lines(block.caption, sizes.text, BESIDE_CODE)

    beside = replace(text, width=BESIDE_CODE, own={**text.own, Code: caption})
    twice = BETWEEN + 2 * sizes.line + BETWEEN + NUMERAL
    return {
        "": text,
        # The home screen ends with a line about keying in numbers.
        "home": replace(text, height=sizes.body - (BETWEEN + sizes.line if sizes.numbers else 0)),
        **dict.fromkeys(MENUS, replace(text, height=sizes.body - sizes.row)),
        # Text stands beside a QR code, not below it.
        "phone": beside,
        "move": replace(beside, fixed={**beside.fixed, Reference: twice}),
    }


BESIDE_CODE = 600.0
"""Px of width beside a QR code, as parts/code.css draws it."""
WITH_CODE, CODE_PACKETS = ("phone", "move"), 2
"""Kinds of screen with a QR code, and the packets they may take."""
BY_KIND = {sizes: _by_kind(sizes) for sizes in (USUAL, LARGE)}


def measures_for(screen: Screen, words: Words, sizes: Sizes = USUAL, around: float = 0) -> Measures:
    """Return the measures of a page of this screen, less its title and progress, and on the first page its alert.

    `around` is the number of bytes of a packet that are taken already.
    """
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
    """Return the measures with the height of the highest form among the blocks."""
    forms = [form_height(block, measures, sizes) for block in blocks if isinstance(block, Form)]
    return replace(measures, fixed={**measures.fixed, Form: max(forms)}) if forms else measures


def _alert(screen: Screen, sizes: Sizes) -> float:
    """Return the px of the alert, or 0 if the screen has none."""
    if screen.alert is None:
        return 0
    said = f"{screen.alert.title} {screen.alert.number}"
    return BETWEEN + max(1, lines(said, sizes.text, WIDTH - ALERT_LOST)) * sizes.line
