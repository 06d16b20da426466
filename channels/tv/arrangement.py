"""The order in which a television shows the blocks of some kinds of screen, and what it drops of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from channels.place_facts import telephone_first
from channels.text_metrics import width
from channels.tv.devices import TelevisionSet
from channels.tv.sizes import WIDTH, Sizes
from onestop.language import Words
from onestop.screen import Alert, Answers, Block, Code, Facts, Menu, MenuItem, Paragraph, Run, Screen, Search

TILES = 9
"""The sections that home shows, one for each digit."""

GAP = 32
"""Px between the title of home and what stands beside it."""
ALERT = 200
"""Px that icon, number and padding take from the line of the alert."""
CHIP = 56
"""Px of the padding and margin of a most used service."""


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


def home_frame(screen: Screen, device: TelevisionSet) -> dict[str, object]:
    """Return the template variables of home: what it shows besides the sections, as far as there is room.

    `besides` is "My area"; `most_used` are the services that residents use most; `beside_title` says whether the hours of the
    telephone stand on the line of the title; `example` is a number to key in. In larger text "My area" stands before the most used
    services, and there is no `last_line` below an alert of two lines. A set that keeps no style sheet has no room in a packet for
    all of it.
    """
    sizes, menus = device.sizes, [block for block in screen.blocks if isinstance(block, Menu)]
    sections = [item for menu in menus for item in menu.items[-TILES:]]
    besides = [replace(item, label=f"{item.label} {item.number}") for menu in menus for item in menu.items[:-TILES]]
    used = screen.most_used if device.sheet else ()
    return {
        "besides": besides,
        "most_used": tuple(_that_fit(used if sizes.numbers else (*besides, *used), sizes)),
        "beside_title": width(screen.title, sizes.title, True) + width(screen.opening, sizes.text) + GAP < WIDTH,
        "example": sections[0].number if sections else "",
        "last_line": sizes.numbers or (bool(device.sheet) and _one_line(screen.alert, sizes)),
    }


def _one_line(alert: Alert | None, sizes: Sizes) -> bool:
    return not alert or width(alert.title, sizes.text) < WIDTH - ALERT


def _that_fit(items: Sequence[MenuItem], sizes: Sizes) -> Iterator[MenuItem]:
    """Yield the first items whose names fit one line beside each other."""
    taken = 0.0
    for item in items:
        taken += width(item.label, sizes.part) + CHIP
        if taken > WIDTH + GAP // 2:
            return
        yield item


def _code_first(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put the QR code first: text stands beside it, not above."""
    return tuple(sorted(blocks, key=lambda block: not isinstance(block, Code)))


def _receipt(blocks: tuple[Block, ...], words: Words) -> tuple[Block, ...]:
    """Put the QR code first, with its caption behind what is read first, and the telephone number before the other facts."""
    captions = [Paragraph((Run(block.caption),)) for block in blocks if isinstance(block, Code)]
    made: list[Block] = []
    for block in _code_first(telephone_first(blocks, words)):
        if isinstance(block, Facts):
            made += (*captions, block)
        else:
            made.append(replace(block, caption="") if isinstance(block, Code) else block)
    return tuple(made)


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
    "question": _answers_last,
}


def arranged_for(kind: str, blocks: tuple[Block, ...], words: Words) -> tuple[Block, ...]:
    """Return the blocks of a screen of this kind in the order of a television page."""
    if kind == "done":
        return _receipt(blocks, words)
    return ARRANGE[kind](blocks) if kind in ARRANGE else blocks
