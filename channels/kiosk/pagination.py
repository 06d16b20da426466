"""How a screen is cut into pages that a kiosk shows without scrolling."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from channels.block_heights import Measures, height
from channels.kiosk.dimensions import Dimensions
from channels.kiosk.row_heights import measures_for_blocks, split_options
from channels.kiosk.unsupported_blocks import answers_as_menus, replace_unsupported_blocks
from channels.pagination import paginate
from channels.text_metrics import lines, width
from onestop.language import Words
from onestop.screen import Block, Form, Heading, Menu, Note, Place, Run, Screen, Search

Column = tuple[Block, ...]
Spread = tuple[Column, ...]
"""The columns of one page, beside each other."""
Parts = tuple[Column, Column]
FULL_WIDTH = ("home", "section", "letters", "search", "problem", "question", "done", "stop")
"""Kinds of screen that use the whole width; the others are read, and have columns where there is room."""
SEARCHABLE = ("home", "search", "problem")
"""Kinds with ways to look for something: what is found stands above them, and they give way to it, for the bar has them too."""
QUESTION_KINDS = ("question", "check")
"""Kinds that want the whole mind of the visitor: no alert, no way to the section."""
WITH_FOOT = ("service", "section")
"""Kinds that can always be taken away on a phone, from the foot of the page."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of showing a screen: its blocks, and how many ways on stand beside each other."""

    parts: Parts
    abreast: int


@dataclass(frozen=True, slots=True)
class PagedScreen:
    """A screen cut into pages by these measures; whether they have a foot, and how many ways on stand beside each other."""

    spreads: tuple[Spread, ...]
    measures: Measures
    foot: bool
    abreast: int

    @property
    def fits_one(self) -> bool:
        """Whether it is one page, and nothing on it is higher than the page."""
        return len(self.spreads) == 1 and all(
            sum(height(block, self.measures) for block in column) <= self.measures.height for column in self.spreads[0]
        )


def paginate_screen(screen: Screen, words: Words, look: Dimensions) -> PagedScreen:
    """The fewest pages: without a foot if that makes it one, with less beside each way on if that saves one."""
    parts = _parts(screen, words)
    for foot in (screen.kind in WITH_FOOT, True):
        tried = [_paginate_variant(screen, variant, look, foot) for variant in _variants(screen, parts, look)]
        best = min(tried, key=lambda paged: len(paged.spreads))
        if len(best.spreads) == 1:
            break
    return best


def single_page(screen: Screen, words: Words, look: Dimensions) -> PagedScreen:
    """One page, whether it fits or not: what is left over is there by scrolling."""
    first, last = _parts(screen, words)
    box = look.measures(look.room(foot=False), page_height(screen, look, foot=False), look.abreast + 1)
    blocks = (*first, *last)
    return PagedScreen(((blocks,),), measures_for_blocks(box, blocks, look), False, look.abreast + 1)


def _parts(screen: Screen, words: Words) -> Parts:
    """What is to be read, and after it whom to ask and what goes with it."""
    blocks = screen.blocks
    if screen.kind in SEARCHABLE:
        blocks = tuple(sorted(blocks, key=lambda block: isinstance(block, Search)))
    if screen.kind == "question":
        blocks = answers_as_menus(blocks)
    if screen.language != words.language:
        blocks = (Note((Run(words("This page has not been translated yet.")),)), *blocks)
    end = len(blocks)
    while end > 1 and isinstance(blocks[end - 1], Place | Menu):
        end -= 1
    return replace_unsupported_blocks(blocks[:end], words), replace_unsupported_blocks(blocks[end:], words)


def _variants(screen: Screen, parts: Parts, look: Dimensions) -> Sequence[Variant]:
    """The whole, and then with less: without summaries of ways on, and on the first screen without what the bar has too."""
    full_width = screen.kind in FULL_WIDTH
    abreast = look.abreast if full_width else 1
    brief = _each(parts, lambda blocks: tuple(_without_summaries(block) for block in blocks))
    found = [Variant(parts, abreast), Variant(brief, abreast)]
    if full_width:
        found.append(Variant(brief, abreast + 1))
    if screen.kind in SEARCHABLE:
        bare = _each(brief, lambda blocks: tuple(block for block in blocks if not isinstance(block, Search)))
        found.append(Variant(bare, abreast))
    return found


def _each(parts: Parts, change: Callable[[Column], Column]) -> Parts:
    return change(parts[0]), change(parts[1])


def _without_summaries(block: Block) -> Block:
    if not isinstance(block, Menu):
        return block
    return replace(block, items=tuple(replace(item, summary="") for item in block.items))


def _paginate_variant(screen: Screen, variant: Variant, look: Dimensions, foot: bool) -> PagedScreen:
    count = 1 if screen.kind in FULL_WIDTH else look.columns
    blocks = (*variant.parts[0], *variant.parts[1])
    room = look.room(foot=foot) if count == 1 else look.column(foot=foot)
    box = look.measures(room, page_height(screen, look, foot=foot), variant.abreast)
    blocks = tuple(part for block in blocks for part in _split_question(block, box, look))
    measures = measures_for_blocks(box, blocks, look)
    columns = paginate(blocks, measures)
    if count > 1:
        apart = tuple(column for part in variant.parts if part for column in paginate(part, measures))
        columns = apart if -(-len(apart) // count) <= -(-len(columns) // count) else columns
    if screen.kind == "check":
        columns = _form_with_last_answers(columns)
    spreads = tuple(_spread(columns[at : at + count]) for at in range(0, len(columns), count))
    return PagedScreen(spreads or ((),), measures, foot, variant.abreast)


def _form_with_last_answers(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """What sends the answers is where the last of them has been read, also when only the ways on after it need another page."""
    *before, last_but_one, last = ((), *columns)
    form = tuple(block for block in last_but_one if isinstance(block, Form))
    kept = tuple(block for block in last_but_one if block not in form)
    return (*(column for column in (*before, kept) if column), (*form, *last))


def _split_question(block: Block, box: Measures, look: Dimensions) -> Column:
    return split_options(block, box, look) if isinstance(block, Form) else (block,)


def _spread(columns: Sequence[Column]) -> Spread:
    """Columns of one page: the second need not say again what the first goes on with."""
    kept = list(columns[:1])
    for before, column in pairwise(columns):
        last = next((block for block in reversed(before) if isinstance(block, Heading)), None)
        kept.append(column[1:] if last and len(column) > 1 and column[0] == last else column)
    return tuple(kept)


def page_height(screen: Screen, look: Dimensions, *, foot: bool) -> float:
    """Px that a page has for its blocks, from the title to the foot or the bar."""
    title = title_height(screen, look, foot=foot)
    used = max(look.head + title, look.high) + alert_height(screen, look) + look.bar
    return look.height - used - (look.foot if foot else 0) - look.gap * 2


def alert_height(screen: Screen, look: Dimensions) -> float:
    """The strip that says what everybody should know today."""
    if screen.alert is None or screen.kind in QUESTION_KINDS:
        return 0
    face = look.faces["alert"]
    said = f"{screen.alert.title} {screen.alert.text}"
    room = look.width - 2 * look.margin - look.side * 2 - look.gap * 2
    return max(face.line * lines(said, face.size, room, True) + look.gap, look.strip)


def title_height(screen: Screen, look: Dimensions, *, foot: bool) -> float:
    """The title, at its side the number and how far a journey has come, and above it the section."""
    face, small = look.faces["title"], look.faces["small"]
    above = max(small.line, look.strip) if has_above(screen) else 0
    progress = width(screen.progress, small.size, True) + look.gap if screen.progress else 0
    number = look.side + look.gap * 4 if screen.number else 0
    room = look.room(foot=foot and not look.low) - progress - number
    return look.gap * 3 + above + face.line * lines(screen.title, face.size, room, True)


def has_above(screen: Screen) -> bool:
    """Whether the section it belongs to stands above the title."""
    return len(screen.trail) > 1 and screen.kind not in QUESTION_KINDS
