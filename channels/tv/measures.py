"""The measures of a television page in px, as the style sheets draw it, and in bytes of a packet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import inf

from channels.measures import Face, Grid, Measures
from channels.text_metrics import lines, width
from channels.tv.display_screen import KIND
from channels.tv.questions import answers_height, form_height, is_typed
from channels.tv.sizes import BETWEEN, LARGE, USUAL, WIDTH, Sizes
from channels.tv.weight import first_weight, room, weigh
from onestop.language import Words
from onestop.screen import Action, Answers, Block, Code, Form, Picture, Reference, Screen, Search

LINES, WORDS = 13, 110
"""The most lines and words of running text on a page."""
ALERT_LOST, ALERT_PADDING = 80, 8
"""Px that icon and padding take from the line of the alert, and px of its padding above and below."""
PACKET = 1400
"""The most bytes of a response, headers included: less than the 1,460 of a TCP segment on Ethernet (MTU 1,500)."""
ONE_PAGE = ("home", KIND)
"""Kinds of screen that are never split by weight: their content is our own, and a test checks their size."""
SEARCH = "search"
MENUS = ("section", "letters", SEARCH, "results")
"""Kinds of screen that are menus: the last row of a page may lead to the next."""
MANY = 100_000
LIGHTEST = 80.0
"""The least bytes left for blocks, however long the title and the alert are."""
LEAST = 160
"""The least px left for blocks, however long the title and the alert are."""
PAD, KEY_GAP = 2, 10
"""Rows of the number pad above search results, and px above each."""
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
        "sections": Grid(sizes.tile, 12, 3, 9),
        "services": choices,
        "related": choices,
        "letters": Grid(72, 0, 9, 45),
    }
    row = BETWEEN + sizes.row
    fixed = {Action: row, Search: row, Code: 400, Reference: BETWEEN + sizes.line + BETWEEN + NUMERAL}
    own: Mapping[type, Callable[..., float]] = {
        Picture: lambda block: BETWEEN + block.height,
        Answers: partial(answers_height, sizes=sizes),
    }
    return Measures(
        WIDTH, sizes.body, faces, menus, cell=24, label=0.3, most_words=WORDS, most_lines=LINES, weigh=weigh, fixed=fixed, own=own,
        splits=True,
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
        SEARCH: _results(text, sizes),
        # Text stands beside a QR code, not below it.
        "phone": beside,
        "move": replace(beside, fixed={**beside.fixed, Reference: twice}),
        # The code stands beside title, reference and the text that leads; the facts begin below it.
        "done": replace(
            text,
            faces={**text.faces, "lead": replace(text.faces["lead"], inset=WIDTH - BESIDE_RECEIPT)},
            own={**text.own, Code: lambda block: 0},
        ),
        PARTS: _with_parts(text, sizes),
    }


def _results(text: Measures, sizes: Sizes) -> Measures:
    """Return the measures of a search: its rows are closer, because the pad takes the room of some."""
    close = replace(text.menus["services"], row=sizes.close_row)
    return replace(text, height=sizes.body - sizes.close_row, menus={**text.menus, "services": close})


def _with_parts(text: Measures, sizes: Sizes) -> Measures:
    """Return the measures of a page that lists the parts of a service. The list says where a page continues: no heading does."""
    related = Grid(sizes.line + 10, 0, 1, sizes.rows, label=sizes.panel - 40 - 80)
    return replace(
        text,
        width=sizes.panel,
        height=sizes.page - sizes.part_row,
        menus={**text.menus, "services": related, "related": related},
        fixed={**text.fixed, Action: BETWEEN + sizes.row + BETWEEN},
        repeats=False,
    )


def head_lines(title: str, sizes: Sizes) -> int:
    """Return the lines of a title in the head."""
    return (
        1
        if width(title, sizes.head_title, True) <= sizes.head_width
        else max(2, lines(title, sizes.part, sizes.head_width, True))
    )


def head_height(title: str, sizes: Sizes) -> float:
    """Return the px of the head with a title in it: a long one is set smaller, on two lines or more."""
    taken = head_lines(title, sizes)
    return sizes.head if taken == 1 else taken * sizes.part_line


PARTS = "parts"
"""Names the measures of a service that lists its parts."""
BESIDE_CODE = 600.0
"""Px of width beside a QR code, as parts/code.css draws it."""
BESIDE_RECEIPT = 716.0
"""Px of width beside the QR code of a receipt."""
WITH_CODE, CODE_PACKETS = ("phone", "move"), 2
"""Kinds of screen with a QR code on every page, and the packets they may take."""
BY_KIND = {sizes: _by_kind(sizes) for sizes in (USUAL, LARGE)}


def measures_for(
    screen: Screen, words: Words, sizes: Sizes = USUAL, around: float = 0, parts: bool = False
) -> Measures:
    """Return the measures of a page of this screen, less its title, and on the first page its alert.

    `around` is the number of bytes of a packet that are taken already. `parts` is whether it lists the parts of a service, beside it
    or above it, and has its title in the head.
    """
    kinds = BY_KIND[sizes]
    found = kinds[PARTS] if parts else kinds.get(screen.kind) or kinds[""]
    if parts:
        lost = head_height(screen.title, sizes) - sizes.head
    else:
        lost = max(0, lines(screen.title, sizes.title, WIDTH, True) - 1) * sizes.title_line
    if screen.one_page:
        return replace(found, height=inf, most_words=MANY, most_lines=MANY)
    packets = CODE_PACKETS if screen.kind in WITH_CODE else 1
    # The number pad, and the row that ends typing, which comes before the results.
    pad = BETWEEN + PAD * (KEY_GAP + sizes.line) + sizes.close_row if screen.kind == SEARCH else 0
    return replace(
        found,
        height=max(LEAST, found.height - lost),
        most_weight=inf if screen.kind in ONE_PAGE else max(LIGHTEST, room(screen, words, packets * PACKET) - around),
        first=(
            _alert(screen, sizes, found.width) + pad,
            first_weight(screen) - (PACKET if _begins_with_code(screen) else 0),
        ),
    )


def _begins_with_code(screen: Screen) -> bool:
    """Return whether the first page has a QR code, and so may take a packet more."""
    return screen.kind == "done" and any(isinstance(block, Code) for block in screen.blocks)


def with_form_height(measures: Measures, blocks: Sequence[Block], sizes: Sizes) -> Measures:
    """Return the measures with the height of the highest form among the blocks; one for letters has a page of its own."""
    forms = [block for block in blocks if isinstance(block, Form)]
    others = max((form_height(block, measures, sizes) for block in forms if not is_typed(block)), default=0)

    def tall(block: Form) -> float:
        return max(measures.height, form_height(block, measures, sizes)) if is_typed(block) else others

    return replace(measures, own={**measures.own, Form: tall}) if forms else measures


def _alert(screen: Screen, sizes: Sizes, width: float) -> float:
    """Return the px of the alert, or 0 if the screen shows none: a search has its results there."""
    if screen.alert is None or screen.kind == SEARCH:
        return 0
    said = f"{screen.alert.title} {screen.alert.number}"
    return BETWEEN + ALERT_PADDING + max(1, lines(said, sizes.text, width - ALERT_LOST)) * sizes.line
