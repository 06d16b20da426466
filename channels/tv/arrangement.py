"""The order in which a television shows the blocks of some kinds of screen, and what it drops of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from onestop.screen import Answers, Block, Code, Menu, MenuItem, Paragraph, Run, Screen, Search

TILES = 9
"""The sections that home shows, one for each digit."""


def _without_search(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Drop the search block: the red key leads to search everywhere, and the search screen has a number pad."""
    return tuple(block for block in blocks if not isinstance(block, Search))


def _results(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Drop the search block, and how many services were found: that stands in the row which ends the typing."""
    kept = _without_search(blocks)
    return (*kept[:-2], kept[-1]) if count_found(blocks) else kept


def count_found(blocks: Sequence[Block]) -> str:
    """Return what stands before the results of a search: how many there are; "" without results."""
    if len(blocks) < 2 or not isinstance(blocks[-1], Menu):
        return ""
    before = blocks[-2]
    return "".join(run.text for run in before.text) if isinstance(before, Paragraph) else ""


def _tiles(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Drop the search block, and what stands before the sections: they are nine tiles, the rest has the line below them."""
    return tuple(
        replace(block, items=block.items[-TILES:]) if isinstance(block, Menu) else block
        for block in _without_search(blocks)
    )


def above_sections(screen: Screen) -> tuple[MenuItem, ...]:
    """Return what the menu of home has besides the sections that are tiles: "My area"."""
    return tuple(item for block in screen.blocks if isinstance(block, Menu) for item in block.items[:-TILES])


def _code_first(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put the QR code first: text stands beside it, not above."""
    return tuple(sorted(blocks, key=lambda block: not isinstance(block, Code)))


def _code_last(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put the QR code, which has a page of its own, behind what must be read."""
    return tuple(sorted(blocks, key=lambda block: isinstance(block, Code)))


def _answers_last(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """On a repeated question show the last answer, then the form, then all answers: they may need more pages."""
    given = tuple(block for block in blocks if isinstance(block, Answers))
    if not given:
        return blocks
    last = given[-1].rows[-1]
    kept = (block for block in blocks if block not in given)
    return (Paragraph((Run(f"{last.question}: {last.answer}"),)), *kept, *given)


ARRANGE: Mapping[str, Callable[[tuple[Block, ...]], tuple[Block, ...]]] = {
    "home": _tiles,
    "search": _results,
    "phone": _code_first,
    "move": _code_first,
    "done": _code_last,
    "question": _answers_last,
}


def arranged_for(kind: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks of a screen of this kind in the order of a television page."""
    return ARRANGE[kind](blocks) if kind in ARRANGE else blocks
