"""The parts of a service: where each begins, so that one digit leads to it from every page of the service."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from channels.text_metrics import lines
from channels.tv.sizes import WIDTH, Sizes
from onestop.language import Words
from onestop.screen import Action, Block, Heading, Menu, MenuItem, Place, Screen

MOST = 8
"""The most parts: one for each digit but 9, which goes back."""
FEWEST = 2
INSET = 44
"""Px that the digit and the padding take from the name of a part."""
LINES = 2
"""The most lines of a name beside the page; above it is room for one."""
DIGIT, PADDING = 52, 40
"""Px of a digit in a row of parts, and of the padding around the name of the part that is shown."""


@dataclass(frozen=True, slots=True)
class PagePart:
    """A part as one page lists it: its name, the page on which it begins, and whether it is on this page."""

    name: str
    page: int
    shown: bool


@dataclass(frozen=True, slots=True)
class ServicePart:
    """A part of a service: its name and the heading that begins it; the first one begins with the page.

    `target` is where its link leads instead of its page: the first question.
    """

    name: str
    heading: Heading | None = None
    target: str = ""


def divide(screen: Screen, blocks: Sequence[Block], words: Words) -> tuple[tuple[ServicePart, ...], tuple[Block, ...]]:
    """Return the parts of a service, and its blocks with a heading before each part; no parts for any other screen."""
    if screen.kind != "service":
        return (), tuple(blocks)
    start = next((block for block in blocks if isinstance(block, Action)), None)
    first = ServicePart(start.label, target=start.target) if start else ServicePart(words("In short"))
    parts, divided = [first], list[Block]()
    ringing, going = words("Ring us"), words("Where to go")
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            parts.append(ServicePart(block.short or block.text, block))
        elif isinstance(block, Place):
            name = going if block.address else ringing
            heading = Heading(" · ".join(filter(None, (block.name or name, block.status))))
            if all(part.name != name for part in parts):
                parts.append(ServicePart(name, heading))
            divided.append(heading)
            block = replace(block, name="", status="")
        elif isinstance(block, Menu) and block.label:
            heading = Heading(block.label)
            parts.append(ServicePart(block.label, heading))
            divided.append(heading)
            block = replace(block, label="")
        divided.append(block)
    if len(parts) < FEWEST:
        return (), tuple(blocks)
    return tuple(_fewest(parts, words)), tuple(divided)


def page_parts(parts: Sequence[ServicePart], pages: Sequence[Sequence[Block]]) -> tuple[tuple[PagePart, ...], ...]:
    """Return the parts as each page lists them."""
    if not parts:
        return ((),) * len(pages)
    begins = _begins(parts, pages)
    headings = {id(part.heading) for part in parts}
    return tuple(
        tuple(_listed(parts, begins, number, bool(page) and id(page[0]) in headings and number > 1))
        for number, page in enumerate(pages, 1)
    )


def contents(
    parts: Sequence[ServicePart], pages: Sequence[Sequence[Block]], address: str, words: Words
) -> tuple[Menu, ...]:
    """Return the menu of the parts for sets that cannot list them on every page, the ways to reach us second; none for few pages."""
    if not parts or len(pages) <= FEWEST:
        return ()
    ways = words("Ring us"), words("Where to go")
    found = [
        (part.name in ways, MenuItem(part.name, part.target or (f"{address}/{page}" if page > 1 else address)))
        for part, page in zip(parts, _begins(parts, pages), strict=True)
    ]
    reach, others = [item for way, item in found[1:] if way], [item for way, item in found[1:] if not way]
    return (Menu((found[0][1], *reach, *others), "services"),)


def _begins(parts: Sequence[ServicePart], pages: Sequence[Sequence[Block]]) -> list[int]:
    """Return the page on which each part begins. A part that has no page of its own begins where the one before it does."""
    at = {id(block): number for number, page in reversed(list(enumerate(pages, 1))) for block in page}
    begins, last = [], 1
    for part in parts:
        last = at.get(id(part.heading), last) if part.heading else 1
        begins.append(last)
    return begins


def _listed(parts: Sequence[ServicePart], begins: Sequence[int], number: int, fresh: bool) -> Iterator[PagePart]:
    """Yield the parts as page `number` lists them; `fresh` is whether it begins with a part."""
    before = max((place for place, page in enumerate(begins) if page < number), default=-1)
    for place, (part, page) in enumerate(zip(parts, begins, strict=True)):
        yield PagePart(part.name, page, page == number or (place == before and not fresh))


def _fewest(parts: list[ServicePart], words: Words) -> list[ServicePart]:
    """Return at most as many parts as there are digits; what is left out belongs to the part before it."""
    kept = list(parts)
    for name in (words("What you need"), *(part.name for part in reversed(parts[1:]))):
        if len(kept) <= MOST:
            break
        # The ways to reach us, at the end, stay.
        gone = [part for part in kept[1:] if part.name == name and name not in (words("Ring us"), words("Where to go"))]
        kept = [part for part in kept if part not in gone]
    return kept


def short_names(parts: Sequence[ServicePart], sizes: Sizes) -> tuple[ServicePart, ...]:
    """Return the parts with names that fit: beside the page each has two lines, in a row above it the one that is shown has one."""
    room, most = (sizes.parts - INSET, LINES) if sizes.parts else (WIDTH - PADDING - DIGIT * len(parts), 1)
    return tuple(replace(part, name=_short(part.name, sizes.part, room, most)) for part in parts)


def _short(name: str, size: int, room: float, most: int) -> str:
    """Return a name that fits its lines: whole, or its first words and an ellipsis."""
    kept = name.split()
    while len(kept) > 1 and lines(name, size, room) > most:
        kept = kept[:-1]
        name = " ".join(kept).rstrip(",:;.") + "…"
    return name
