"""How a screen is cut into pages that a kiosk shows without scrolling."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from channels.kiosk.inward import inward
from channels.kiosk.look import Look
from channels.kiosk.rows import fitted
from channels.measure import lines
from channels.paging import cut
from onestop.language import Words
from onestop.screen import Block, Heading, Menu, Note, Place, Run, Screen, Search

Column = tuple[Block, ...]
Spread = tuple[Column, ...]
"""The columns of one page, beside each other."""
Parts = tuple[Column, Column]
WHOLE = ("home", "section", "letters", "search", "phone", "problem", "question", "check", "done", "stop", "move")
"""Kinds of screen that use the whole width; the others are read, and have columns where there is room."""
FOOTED = ("service", "section")
"""Kinds that can always be taken away on a phone, from the foot of the page."""


def spreads(screen: Screen, words: Words, look: Look) -> tuple[tuple[Spread, ...], bool]:
    """The pages of a screen: without a foot if that makes it one page, without the summaries of its ways on if that saves one.

    And whether they have a foot.
    """
    parts = _parts(screen, words)
    for foot in (screen.kind in FOOTED, True):
        best = min((_spread(screen, some, look, foot) for some in _versions(screen, parts)), key=len)
        if len(best) == 1:
            break
    return best, foot


def _parts(screen: Screen, words: Words) -> Parts:
    """What is to be read, and after it whom to ask and what goes with it."""
    blocks = screen.blocks
    if screen.kind == "home":
        # What the council offers stands above the ways to look for it.
        blocks = tuple(sorted(blocks, key=lambda block: isinstance(block, Search)))
    if screen.language != words.language:
        blocks = (Note((Run(words("This page has not been translated yet.")),)), *blocks)
    end = len(blocks)
    while end > 1 and isinstance(blocks[end - 1], Place | Menu):
        end -= 1
    return inward(blocks[:end], words), inward(blocks[end:], words)


def _versions(screen: Screen, parts: Parts) -> Sequence[Parts]:
    """The whole, and then with less: without summaries of ways on, and on the first screen without what the bar has too."""
    brief = _each(parts, lambda blocks: tuple(_brief(block) for block in blocks))
    bare = _each(brief, lambda blocks: tuple(block for block in blocks if not isinstance(block, Search)))
    return (parts, brief, bare) if screen.kind == "home" else (parts, brief)


def _each(parts: Parts, change: Callable[[Column], Column]) -> Parts:
    return change(parts[0]), change(parts[1])


def _brief(block: Block) -> Block:
    if not isinstance(block, Menu):
        return block
    return replace(block, items=tuple(replace(item, summary="") for item in block.items))


def _spread(screen: Screen, parts: Parts, look: Look, foot: bool) -> tuple[Spread, ...]:
    count = 1 if screen.kind in WHOLE else look.columns
    whole = (*parts[0], *parts[1])
    box = look.measures(look.room if count == 1 else look.column, room(screen, look, foot=foot))
    measures = fitted(box, whole, look)
    flowing = cut(whole, measures)
    if count == 1:
        return tuple((column,) for column in flowing)
    apart = tuple(column for part in parts if part for column in cut(part, measures))
    chosen = apart if -(-len(apart) // count) <= -(-len(flowing) // count) else flowing
    return tuple(_beside(chosen[at : at + count]) for at in range(0, len(chosen), count)) or ((),)


def _beside(columns: Sequence[Column]) -> Spread:
    """Columns of one page: the second need not say again what the first goes on with."""
    kept = list(columns[:1])
    for before, column in pairwise(columns):
        last = next((block for block in reversed(before) if isinstance(block, Heading)), None)
        kept.append(column[1:] if last and len(column) > 1 and column[0] == last else column)
    return tuple(kept)


def room(screen: Screen, look: Look, *, foot: bool) -> float:
    """Px that a page has for its blocks, from the title to the foot or the bar."""
    used = look.top + alert_height(screen, look) + title_height(screen, look) + look.bar
    return look.height - used - (look.foot if foot else 0) - look.gap * 3


def alert_height(screen: Screen, look: Look) -> float:
    """The strip below the head, if there is something everybody should know."""
    if screen.alert is None:
        return 0
    face = look.faces["alert"]
    said = f"{screen.alert.title} {screen.alert.text} {screen.alert.number}"
    return max(face.line * lines(said, face.size, look.room - look.side * 2, True) + look.gap * 2, look.least)


def title_height(screen: Screen, look: Look) -> float:
    """The title, and above it the way to the section it is in."""
    face, small = look.faces["title"], look.faces["small"]
    above = max(small.line, look.least) if len(screen.trail) > 1 or screen.progress else 0
    return look.gap * 4 + above + face.line * lines(screen.title, face.size, look.room - look.side * 1.5, True)
