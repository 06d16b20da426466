"""Lay out a screen as television pages, and choose the link of each that has the focus when it opens."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate

from channels.block_heights import columns, height, visible_texts
from channels.contract import Page
from channels.measures import Measures
from channels.pagination import paginate
from channels.tv.devices import TelevisionSet
from channels.tv.measures import MENUS, measures_for, with_form_height
from channels.tv.questions import form_height, needs_typing, sends_itself, split_question
from channels.tv.script import script_name
from channels.tv.sizes import Sizes
from channels.tv.unsupported_blocks import replace_unsupported_blocks
from channels.tv.weight import device_name_weight, weigh
from onestop.language import Words
from onestop.screen import Action, Answers, Block, Choice, Code, Form, Menu, Paragraph, Run, Screen, Search

FIRST = (Form, Action, Menu, Search, Answers)
"""Block types that take the focus, in order of preference."""
LONGEST = 16
"""The most characters shown of a search query."""
PAD = tuple(zip("1234567890", ("", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ", ""), strict=True))
"""The letters of each digit key, as on a phone."""


def lay_out(screen: Screen, device: TelevisionSet, words: Words) -> tuple[Page, ...]:
    """Return the pages of a screen; there is at least one."""
    sizes = device.sizes
    elsewhere, arranged = _other_device_link(screen)
    around = device_name_weight(device.name) if device.modes else 0
    box = measures_for(screen, words, sizes, around)
    # A screen that must be one page has no limit, but its question is still shortened as if it had.
    page = measures_for(replace(screen, one_page=False), words, sizes, around) if screen.one_page else box
    fits = partial(_fits, measures=page, sizes=sizes)
    parts = tuple(part for block in arranged for part in split_question(block, fits, screen.one_page, sizes.options))
    blocks = replace_unsupported_blocks(ARRANGE.get(screen.kind, _unchanged)(parts), words)
    measures = with_form_height(box, blocks, sizes)
    pages = paginate(blocks, measures)
    common = {
        **_search_frame(screen),
        "elsewhere": elsewhere,
        "example": _example(screen) if sizes.numbers else "",
        "column": _column,
        "script": script_name(device.family, words.language),
        "columns": partial(columns, measures=measures),
    }
    # The measures of menu screens reserve this row already.
    row_left = partial(_has_a_row_left, measures=measures, row=0 if screen.kind in MENUS else sizes.row)
    return tuple(
        _page(screen, device, page, number, len(pages), common, row_left) for number, page in enumerate(pages, 1)
    )


def _fits(form: Form, goes_on: bool, measures: Measures, sizes: Sizes) -> bool:
    tall = form_height(form, measures, sizes) + (sizes.row if goes_on else 0)
    return weigh(form) <= measures.most_weight and tall <= measures.height


def _has_a_row_left(blocks: Sequence[Block], number: int, measures: Measures, row: float) -> bool:
    """Return whether there is room below a menu for a row "More"; otherwise the link is in the foot."""
    taken = measures.first[0] if number == 1 else 0
    return taken + sum(height(block, measures) for block in blocks) + row <= measures.height


def _page(
    screen: Screen,
    device: TelevisionSet,
    blocks: tuple[Block, ...],
    number: int,
    total: int,
    common: Mapping[str, object],
    row_left: Callable[[Sequence[Block], int], bool],
) -> Page:
    digits = tuple(accumulate(map(_digit_rows, blocks), initial=0))
    turns = number < total and _is_menu(blocks[-1] if blocks else None) and row_left(blocks, number)
    return Page(
        screen,
        device,
        blocks,
        number,
        total,
        {**common, "digits": digits, **_frame(blocks, number < total, device.sizes, turns)},
        digits,
    )


def _frame(blocks: Sequence[Block], goes_on: bool, sizes: Sizes, turns: bool) -> dict[str, object]:
    """Return the template variables of a page.

    `first` is the index of the block with the focus, or "more" for the next page link; `kinds` selects style rules; `more` is the
    index of the menu whose last row leads to the next page, so that a digit turns the page.
    """
    likely = [
        n
        for wanted in FIRST
        for n, block in enumerate(blocks)
        # Answers are there to be read; where they go on, going on is likelier than changing one.
        if isinstance(block, wanted) and not (goes_on and isinstance(block, Answers))
    ]
    return {
        "more": len(blocks) - 1 if turns else None,
        "first": likely[0] if likely else "more" if goes_on else "back",
        "kinds": partial(_drawn, blocks, sizes.longest),
        "by_hand": any(isinstance(block, Form) and needs_typing(block.field) for block in blocks),
    }


def _is_menu(block: Block | None) -> bool:
    """Return whether digits choose the rows of a block."""
    return (isinstance(block, Menu) and block.kind != "letters") or (isinstance(block, Form) and sends_itself(block))


def _drawn(blocks: Sequence[Block], longest: int) -> frozenset[str]:
    """Return what the page needs style rules for: kinds of blocks and menus, and words longer than a line."""
    return frozenset(_kinds(blocks, longest))


def _kinds(blocks: Sequence[Block], longest: int) -> Iterator[str]:
    for block in blocks:
        yield type(block).__name__.lower()
        if isinstance(block, Menu):
            yield f"menu-{block.kind}"
        elif isinstance(block, Form):
            yield from _form_kinds(block)
    if any(len(word) > longest for block in blocks for said in visible_texts(block) for word in said.split()):
        yield "long"


def _form_kinds(form: Form) -> Iterator[str]:
    if form.error:
        yield "error"
    if sends_itself(form):
        yield "choice"
        return
    yield "send"
    if form.field:
        yield "ticks" if isinstance(form.field, Choice) else type(form.field).__name__.lower()


def _digit_rows(block: Block) -> int:
    """Return how many rows of a block can be chosen by digit."""
    if isinstance(block, Menu):
        return len(block.items) if block.kind != "letters" else 0
    return int(isinstance(block, Action | Search))


def _other_device_link(screen: Screen) -> tuple[str, tuple[Block, ...]]:
    """Return where the blue key leads from a step of a journey (to another device), and the blocks without that action."""
    if screen.kind not in ("question", "check"):
        return "", screen.blocks
    ways = [block for block in screen.blocks if isinstance(block, Action)]
    return ways[-1].target if ways else "", tuple(block for block in screen.blocks if block not in ways)


def _column(menu: Menu) -> int:
    """Return the number of rows of a column: sections stand in two columns, ordered from top to bottom."""
    return (len(menu.items) + 1) // 2 if menu.kind == "sections" else max(1, len(menu.items))


def _search_frame(screen: Screen) -> dict[str, object]:
    """Return the template variables of a search: the end of the query that fits its field, and the digits entered so far."""
    query = next((block.query for block in screen.blocks if isinstance(block, Search)), "")
    keyed = query if query.isdecimal() and query.isascii() else ""
    last = (keyed or "2")[-1] if screen.kind == "search" else ""
    shown = query if len(query) <= LONGEST else "…" + query[-LONGEST:]
    return {"query": shown, "keyed": keyed, "pad": PAD, "last": last}


def _example(screen: Screen) -> str:
    """Return the number of the first menu item, as an example of a number to key in."""
    return next((item.number for block in screen.blocks if isinstance(block, Menu) for item in block.items), "")


def _unchanged(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return blocks


def _without_search(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Drop the search block: the red key leads to search everywhere, and the search screen has a number pad."""
    return tuple(block for block in blocks if not isinstance(block, Search))


def _code_first(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put the QR code first: text stands beside it, not above."""
    return tuple(sorted(blocks, key=lambda block: not isinstance(block, Code)))


def _form_first(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put the submit form first, so that submitting takes no page turns."""
    return tuple(sorted(blocks, key=lambda block: not isinstance(block, Form)))


def _answers_last(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """On a repeated question show the last answer, then the form, then all answers: they may need more pages."""
    given = tuple(block for block in blocks if isinstance(block, Answers))
    if not given:
        return blocks
    last = given[-1].rows[-1]
    kept = (block for block in blocks if block not in given)
    return (Paragraph((Run(f"{last.question}: {last.answer}"),)), *kept, *given)


ARRANGE: Mapping[str, Callable[[tuple[Block, ...]], tuple[Block, ...]]] = {
    "home": _without_search,
    "search": _without_search,
    "phone": _code_first,
    "move": _code_first,
    "check": _form_first,
    "question": _answers_last,
}
