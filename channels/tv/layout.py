"""Lay out a screen as television pages, and choose the link of each that has the focus when it opens."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate

from channels.block_heights import columns, height, visible_texts
from channels.contract import Page
from channels.measures import Measures
from channels.pagination import paginate
from channels.tv.arrangement import arranged_for, count_found, home_frame
from channels.tv.devices import TelevisionSet
from channels.tv.letters import KEYS
from channels.tv.measures import MENUS, head_lines, measures_for, with_form_height
from channels.tv.parts import contents, divide, page_parts, short_names
from channels.tv.questions import (
    form_height,
    is_typed,
    leads_to_typing,
    link_to_typing,
    sends_itself,
    split_letters,
    split_question,
)
from channels.tv.script import script_name
from channels.tv.sizes import Sizes
from channels.tv.unsupported_blocks import replace_unsupported_blocks
from channels.tv.weight import STYLE, device_name_weight, parts_weight, weigh
from onestop.language import Words
from onestop.screen import Action, Answers, Block, Choice, DateEntry, Entry, Form, Menu, Screen, Search

FIRST = (Form, Action, Menu, Search, Answers)
"""Block types that take the focus, in order of preference."""
NO_ROW = -1
"""In place of the row "More": another row leads to the next page."""
BACK = "9"
"""The digit that goes back, as 0 goes on: no number begins with 0, and each of two keys keeps one meaning."""
ROOMY = 12
"""Px by which the rows of a menu are higher where a page has room for it, as parts/menu.css draws them."""
LONGEST = 16
"""The most characters shown of a search query."""
PAD = tuple(zip("1234567890", ("", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ", ""), strict=True))
"""The letters of each digit key, as on a phone."""


def lay_out(screen: Screen, device: TelevisionSet, words: Words) -> tuple[Page, ...]:
    """Return the pages of a screen; there is at least one."""
    sizes, own = device.sizes, words.of(screen.language)
    elsewhere, arranged = _other_device_link(screen)
    parts, arranged = divide(screen, arranged, own)
    # A set that keeps no style sheet has no room for a list of parts on each page: there it is a page of its own.
    listed = short_names(parts, sizes) if device.sheet else ()
    around = (device_name_weight(device.name) if device.modes else 0) + (0 if device.sheet else STYLE)
    box = measures_for(screen, words, sizes, around + parts_weight(listed), bool(listed))
    # A screen that must be one page has no limit, but its question is still shortened as if it had.
    page = measures_for(replace(screen, one_page=False), words, sizes, around) if screen.one_page else box
    fits = partial(_fits, measures=page, sizes=sizes)
    asked = split_letters(screen, arranged, elsewhere, own)
    split = tuple(part for block in asked for part in split_question(block, fits, screen.one_page))
    blocks = replace_unsupported_blocks(arranged_for(screen.kind, split, own), own)
    measures = with_form_height(box, blocks, sizes)
    pages = link_to_typing(paginate(blocks, measures), screen.address)
    menu = () if device.sheet else contents(parts, pages, screen.address, own)
    common = {
        **_common(screen, device, words, elsewhere),
        "head": head_lines(screen.title, sizes) if listed else 0,
        "contents": len(pages) + 1 if menu else 0,
        "columns": partial(columns, measures=measures),
    }
    left = partial(_px_left, measures=measures)
    added = paginate(menu, measures) if menu else ()
    beside = (*page_parts(listed, pages), *((),) * len(added))
    total = len(beside)
    return tuple(
        _page(screen, device, page, number, total, {**common, "parts": beside[number - 1]}, left)
        for number, page in enumerate((*pages, *added), 1)
    )


def _common(screen: Screen, device: TelevisionSet, words: Words, elsewhere: str) -> dict[str, object]:
    """Return the template variables that every page of a screen has."""
    return {
        **_search_frame(screen),
        "elsewhere": elsewhere,
        **(home_frame(screen, device) if screen.kind == "home" else {}),
        "script": script_name(device.family, words.language),
        "groups": KEYS,
    }


def _fits(form: Form, goes_on: bool, measures: Measures, sizes: Sizes) -> bool:
    tall = form_height(form, measures, sizes) + (sizes.row if goes_on else 0)
    return weigh(form) <= measures.most_weight and tall <= measures.height


def _px_left(blocks: Sequence[Block], number: int, measures: Measures) -> float:
    """Return the px that a page has left below its blocks."""
    taken = measures.first[0] if number == 1 else 0
    return measures.height - taken - sum(height(block, measures) for block in blocks)


def _page(
    screen: Screen,
    device: TelevisionSet,
    blocks: tuple[Block, ...],
    number: int,
    total: int,
    common: Mapping[str, object],
    px_left: Callable[[Sequence[Block], int], float],
) -> Page:
    # On a page that lists parts, digits lead to those.
    digits = () if common["parts"] else tuple(accumulate(map(_digit_rows, blocks), initial=0))
    left = px_left(blocks, number)
    # For a row "More" below a menu; the measures of menu screens reserve it already. Otherwise the link is in the foot.
    row = 0 if screen.kind in MENUS else device.sizes.row
    turns = number < total and bool(digits) and _is_menu(blocks[-1] if blocks else None) and left >= row
    rows = sum(map(_menu_rows, blocks))
    more = NO_ROW if leads_to_typing(screen, blocks) else len(blocks) - 1 if turns else None
    return Page(
        screen,
        device,
        blocks,
        number,
        total,
        {
            **common,
            "digits": digits,
            "back": BACK if _leaves_back(screen, blocks, digits) else "",
            "roomy": bool(digits and device.sheet) and rows > 0 and left >= row * turns + ROOMY * (rows + turns),
            **_frame(blocks, number < total, device.sizes, more, not digits),
        },
        digits,
    )


def _frame(blocks: Sequence[Block], goes_on: bool, sizes: Sizes, more: int | None, listed: bool) -> dict[str, object]:
    """Return the template variables of a page.

    `first` is the index of the block with the focus, or "more" for the next page link; `kinds` selects style rules; `more` is the
    index of the menu whose last row leads to the next page, so that a digit turns the page.
    """
    likely = [
        n
        for wanted in (FIRST if not any(isinstance(block, Form) for block in blocks) else (Menu, *FIRST))
        for n, block in enumerate(blocks)
        # Answers are there to be read; where they go on, going on is likelier than changing one.
        if isinstance(block, wanted) and not (goes_on and isinstance(block, Answers))
    ]
    return {
        "more": more,
        "first": likely[0] if likely else "more" if goes_on else "back",
        "kinds": partial(_drawn, blocks, sizes.longest, listed),
        "typed": any(map(is_typed, blocks)),
    }


def _is_menu(block: Block | None) -> bool:
    """Return whether digits choose the rows of a block."""
    return (isinstance(block, Menu) and block.kind != "letters") or (isinstance(block, Form) and sends_itself(block))


def _drawn(blocks: Sequence[Block], longest: int, listed: bool) -> frozenset[str]:
    """Return what the page needs style rules for: kinds of blocks and menus, and words longer than a line."""
    return frozenset((*_kinds(blocks, longest), *(("parts",) if listed else ())))


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
    if is_typed(form):
        yield "keys"
    if form.field:
        yield "ticks" if isinstance(form.field, Choice) else type(form.field).__name__.lower()


def _menu_rows(block: Block) -> int:
    """Return how many rows of a block may be higher where the page has room."""
    if isinstance(block, Menu):
        return len(block.items) if block.kind in ("services", "related") else 0
    if isinstance(block, Form) and isinstance(block.field, Choice) and sends_itself(block):
        return len(block.field.options) + len(block.also)
    return int(isinstance(block, Action))


def _leaves_back(screen: Screen, blocks: Sequence[Block], digits: Sequence[int]) -> bool:
    """Return whether the digit that goes back is free: no ninth row has it, and no field or search takes digits."""
    forms = [block for block in blocks if isinstance(block, Form)]
    rows = (digits[-1] if digits else 0) + sum(map(_form_rows, forms))
    return (
        rows < int(BACK)
        and screen.kind != "search"
        and not any(isinstance(form.field, Entry | DateEntry) for form in forms)
    )


def _form_rows(form: Form) -> int:
    """Return how many options and buttons of a form can be chosen by digit."""
    options = len(form.field.options) if isinstance(form.field, Choice) else 0
    return options + (len(form.also) if sends_itself(form) else 0)


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


def _search_frame(screen: Screen) -> dict[str, object]:
    """Return the template variables of a search: the end of the query that fits its field, and the digits entered so far."""
    query = next((block.query for block in screen.blocks if isinstance(block, Search)), "")
    keyed = query if query.isdecimal() and query.isascii() else ""
    last = (keyed or "2")[-1] if screen.kind == "search" else ""
    shown = query if len(query) <= LONGEST else "…" + query[-LONGEST:]
    found = count_found(screen.blocks) if last else ""
    return {"query": shown, "keyed": keyed, "pad": PAD, "last": last, "found": found}
