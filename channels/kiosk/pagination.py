"""Split a screen into pages that a kiosk shows without scrolling."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from channels.block_heights import height
from channels.kiosk.dimensions import Dimensions
from channels.kiosk.row_heights import measures_for_blocks, split_options
from channels.kiosk.unsupported_blocks import answers_as_menus, replace_unsupported_blocks, stack_tables
from channels.measures import Measures
from channels.pagination import paginate
from channels.place_facts import telephone_first
from channels.text_metrics import lines, width
from onestop.language import Words
from onestop.screen import Block, Form, Heading, Menu, Note, Run, Screen, Search, split_ending

Column = tuple[Block, ...]
Spread = tuple[Column, ...]
"""The columns of one page, from left to right."""
Parts = tuple[Column, Column]
FULL_WIDTH = ("home", "section", "letters", "search", "results", "problem", "question", "stop")
"""Kinds of screen that use the full width; the others are running text, in columns where the display is wide enough."""
SEARCHABLE = ("home", "search", "problem")
"""Kinds of screen with a search block. It comes last and is dropped where room is short: the bar has the same links."""
TILES = (0, 1, 2)
"""How many more columns of tiles than usual home may have, so that it is one page."""
QUESTION_KINDS = ("question", "check")
"""Kinds of screen that show neither the alert nor the link to the section, so that nothing distracts."""
WITH_FOOT = ("service", "section")
"""Kinds of screen whose foot always offers to continue on a phone."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of showing a screen: its blocks, the number of menu columns, and how many more columns of tiles than usual."""

    parts: Parts
    abreast: int
    tiles: int = 0


@dataclass(frozen=True, slots=True)
class PagedScreen:
    """A screen split into pages with these measures; `abreast` is the number of menu columns."""

    spreads: tuple[Spread, ...]
    measures: Measures
    foot: bool
    abreast: int

    @property
    def fits_one(self) -> bool:
        """Return whether there is one page and no column overflows it."""
        return len(self.spreads) == 1 and self.fits

    @property
    def fits(self) -> bool:
        """Return whether no column overflows its page."""
        return all(
            (0 if number else self.measures.first[0]) + sum(height(block, self.measures) for block in column)
            <= self.measures.height
            for number, spread in enumerate(self.spreads)
            for column in spread
        )


def paginate_screen(screen: Screen, words: Words, look: Dimensions) -> PagedScreen:
    """Return the variant with the fewest pages: without a foot if it then fits one page, without summaries if that saves a page."""
    parts = _parts(screen, words, look)
    for foot in (screen.kind in WITH_FOOT, True):
        tried = [_paginate_variant(screen, variant, look, foot) for variant in _variants(screen, parts, look)]
        best = min(tried, key=lambda paged: len(paged.spreads))
        if len(best.spreads) == 1:
            break
    return best


def single_page(screen: Screen, words: Words, look: Dimensions) -> PagedScreen:
    """Return the screen as one page, whether it fits or not; what does not fit is reached by scrolling."""
    first, last = _parts(screen, words, look)
    tall = page_height(screen, look, foot=False) - first_height(screen, look, foot=False)
    box = look.measures(look.room(foot=False), tall, look.most_abreast)
    blocks = (*first, *last)
    return PagedScreen(((blocks,),), measures_for_blocks(box, blocks, look), False, look.most_abreast)


def _parts(screen: Screen, words: Words, look: Dimensions) -> Parts:
    """Return the text of a screen, and separately the places and menus at its end."""
    blocks = screen.blocks
    if screen.kind in SEARCHABLE:
        blocks = tuple(sorted(blocks, key=lambda block: isinstance(block, Search)))
    if screen.kind == "question":
        blocks = answers_as_menus(blocks)
    if screen.language != words.language:
        said = words("This page has not been translated yet.")
        blocks = (Note((Run(said, language=words.language),)), *blocks)
    if screen.kind == "done":
        blocks = telephone_first(blocks, words.of(screen.language))
    text, ending = split_ending(blocks)
    own = words.of(screen.language)
    made = replace_unsupported_blocks(text, own), replace_unsupported_blocks(ending, own)
    return _each(made, stack_tables) if look.stacked else made


def _variants(screen: Screen, parts: Parts, look: Dimensions) -> Sequence[Variant]:
    """Return the variants to try: everything, without menu summaries, without the search block, and with more tiles abreast."""
    full_width = screen.kind in FULL_WIDTH
    abreast = look.abreast if full_width else 1
    if screen.kind not in SEARCHABLE and not any(isinstance(block, Menu) for block in (*parts[0], *parts[1])):
        return (Variant(parts, abreast),)
    brief = _each(parts, lambda blocks: tuple(_without_summaries(block) for block in blocks))
    found = [Variant(parts, abreast), Variant(brief, abreast)]
    if full_width and look.most_abreast > abreast:
        found.append(Variant(brief, look.most_abreast))
    if screen.kind in SEARCHABLE:
        bare = _each(brief, lambda blocks: tuple(block for block in blocks if not isinstance(block, Search)))
        found += [Variant(bare, abreast, tiles) for tiles in (TILES if screen.kind == "home" else TILES[:1])]
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
    box = look.measures(room, page_height(screen, look, foot=foot), variant.abreast, variant.tiles)
    blocks = tuple(part for block in blocks for part in _split_question(block, box, look))
    measures = measures_for_blocks(box, blocks, look)
    # Only the first page shows the alert, and sometimes the title.
    measures = replace(measures, first=(first_height(screen, look, foot=foot), 0), firsts=count)
    columns = paginate(blocks, measures)
    if count > 1:
        apart = _paginate_apart(variant.parts, measures)
        columns = apart if -(-len(apart) // count) <= -(-len(columns) // count) else columns
    if screen.kind == "check":
        columns = _form_with_last_answers(columns)
    spreads = tuple(_spread(columns[at : at + count]) for at in range(0, len(columns), count))
    return PagedScreen(spreads or ((),), measures, foot, variant.abreast)


def _paginate_apart(parts: Parts, measures: Measures) -> tuple[Column, ...]:
    """Return the columns of the text, and behind them those of the places and menus at its end."""
    text = paginate(parts[0], measures) if parts[0] else ()
    rest = replace(measures, firsts=max(0, measures.firsts - len(text)))
    return (*text, *(paginate(parts[1], rest) if parts[1] else ()))


def _form_with_last_answers(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Move the submit form to the last page with answers, even if only the menus after it need another page."""
    *before, last_but_one, last = ((), *columns)
    form = tuple(block for block in last_but_one if isinstance(block, Form))
    kept = tuple(block for block in last_but_one if block not in form)
    return (*(column for column in (*before, kept) if column), (*form, *last))


def _split_question(block: Block, box: Measures, look: Dimensions) -> Column:
    return split_options(block, box, look) if isinstance(block, Form) else (block,)


def _spread(columns: Sequence[Column]) -> Spread:
    """Return the columns of one page, without a repeated heading at the top of the second."""
    kept = list(columns[:1])
    for before, column in pairwise(columns):
        last = next((block for block in reversed(before) if isinstance(block, Heading)), None)
        # The very same object: two headings of an author that read alike are both kept.
        kept.append(column[1:] if last and len(column) > 1 and column[0] is last else column)
    return tuple(kept)


def page_height(screen: Screen, look: Dimensions, *, foot: bool) -> float:
    """Return the px that a page has for its blocks, between the title and the foot or the bar; see `first_height` for the first."""
    title = look.gap if titled_in_head(screen, look) else title_height(screen, look, foot=foot)
    used = max(look.head + title, look.high) + look.bar
    return look.height - used - (look.foot if foot else 0) - look.gap * 2


def first_height(screen: Screen, look: Dimensions, *, foot: bool) -> float:
    """Return the px that the first page has less than others: those of the alert, and of a title that others have in the head."""
    title = title_height(screen, look, foot=foot) - look.gap if titled_in_head(screen, look) else 0
    return alert_height(screen, look) + title


def titled_in_head(screen: Screen, look: Dimensions) -> bool:
    """Return whether all pages but the first have their title in the head, where one line of it has room beside the section."""
    if not look.brief or screen.kind in QUESTION_KINDS or screen.one_page:
        return False
    framed, small = look.faces["framed"], look.faces["small"]
    above = screen.trail[-1].label if has_above(screen) else ""
    texts = width(screen.title, framed.size, True) + width(screen.number, framed.size, True)
    texts += width(above, small.size, True) + width("00:00", framed.size, True)
    return texts + 4 * look.side + 6 * look.gap < look.width - 2 * look.margin


def alert_height(screen: Screen, look: Dimensions) -> float:
    """Return the px of the alert, or 0 if the screen shows none."""
    if screen.alert is None or screen.kind in QUESTION_KINDS:
        return 0
    face = look.faces["alert"]
    said = f"{screen.alert.title} {screen.alert.text}"
    room = look.width - 2 * look.margin - look.side * 2 - look.gap * 2
    return max(face.line * lines(said, face.size, room, True) + look.gap, look.strip)


def title_height(screen: Screen, look: Dimensions, *, foot: bool) -> float:
    """Return the px of the title, and of the section link above it, which stands in the head of a wide display; number and progress
    stand beside it and narrow it.
    """
    face, small = look.faces["title"], look.faces["small"]
    above = max(small.line, look.strip) if has_above(screen) and not look.above_in_head else 0
    progress = width(screen.progress, small.size, True) + look.gap if screen.progress else 0
    number = look.side + look.gap * 4 if screen.number else 0
    room = look.room(foot=foot and not look.low) - progress - number
    return look.gap * 3 + above + face.line * lines(screen.title, face.size, room, True)


def has_above(screen: Screen) -> bool:
    """Return whether the link to the section stands above the title."""
    return len(screen.trail) > 1 and screen.kind not in QUESTION_KINDS
