"""A page while blocks are added to it: its parts, how much of the page they take, and whether one more fits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from channels.block_heights import count_lines, count_words, height
from channels.measures import Measures
from onestop.screen import Answers, Block, Bullets, Facts, Heading, Menu, Paragraph, Run, Steps, Table


class Size(NamedTuple):
    """Height in px (margin before the block included), words, lines of running text, and estimated weight in bytes."""

    height: float
    words: int
    lines: int
    weight: float

    def plus(self, other: "Size") -> "Size":
        return Size(
            self.height + other.height,
            self.words + other.words,
            self.lines + other.lines,
            self.weight + other.weight,
        )

    def less(self, other: "Size") -> "Size":
        return Size(
            self.height - other.height,
            self.words - other.words,
            self.lines - other.lines,
            self.weight - other.weight,
        )

    def fits(self, measures: Measures) -> bool:
        """Return whether a page has room for this size."""
        return (
            self.height <= measures.height
            and self.words <= measures.most_words
            and self.lines <= measures.most_lines
            and self.weight <= measures.most_weight
        )


NOTHING = Size(0, 0, 0, 0)


def strong(block: Block) -> Block:
    """Return a heading as a paragraph in strong type."""
    return Paragraph((Run(block.text, strong=True),)) if isinstance(block, Heading) else block


def size_of(block: Block, measures: Measures) -> Size:
    """Return the size of one block alone on a page."""
    return Size(height(block, measures), count_words(block), count_lines(block, measures), measures.weigh(block))


@dataclass(slots=True)
class Part:
    """A piece of a block that is not split further. `origin` is the index of its block; -1 is a repeated heading."""

    origin: int
    block: Block
    _size: Size | None = None

    def size(self, measures: Measures) -> Size:
        """Return the size of the part alone. It is kept: a part that did not fit is measured again on the next page."""
        if self._size is None:
            self._size = size_of(self.block, measures)
        return self._size

    def repeat(self) -> "Part":
        """Return the heading as it is repeated on the next page."""
        return Part(-1, self.block, self._size)


@dataclass(slots=True)
class PageBuilder:
    """`repeated` counts the headings at the top that were repeated from the page before; `start` is the size taken from the start."""

    measures: Measures
    parts: list[Part] = field(default_factory=list)
    sizes: list[Size] = field(default_factory=list)
    total: Size = NOTHING
    repeated: int = 0
    start: Size = NOTHING

    def try_add(self, part: Part) -> bool:
        """Add the part to the page if it fits; return whether it did."""
        joined, measures = self._joined(part), self.measures
        size = self._size(part, joined)
        total = self.total.plus(size) if joined is None else self.total.less(self.sizes[-1]).plus(size)
        grown = part if joined is None else Part(part.origin, joined)
        if not total.fits(measures) or not self._room_to_choose(grown.block, len(self.parts) - (joined is not None)):
            return False
        if joined is not None:
            self.parts.pop()
            self.sizes.pop()
        self.parts.append(grown)
        self.sizes.append(size)
        self.total = total
        return True

    def fill_with(self, part: Part) -> None:
        """Fill the page with one part that fits no page and cannot be split."""
        self.clear()
        self.parts.append(part)
        self.total = Size(self.measures.height, 0, 0, 0)
        self.sizes.append(self.total)

    def clear(self) -> None:
        """Remove every part."""
        self.parts, self.sizes, self.total, self.repeated = [], [], self.start, 0

    def _size(self, part: Part, joined: Block | None) -> Size:
        """Return the size of the part on this page. A list with one more item is not measured again from its first item on."""
        measures = self.measures
        shared = SHARED.get(type(part.block)) if joined is not None else None
        if joined is None:
            return part.size(measures)
        if shared is None:
            return size_of(joined, measures)
        tall, said, lines, _ = self.sizes[-1].plus(part.size(measures))
        return Size(tall - shared(measures), said, lines, measures.weigh(joined))

    def _joined(self, part: Part) -> Block | None:
        if not self.parts or self.parts[-1].origin != part.origin or type(part.block) not in JOIN:
            return None
        return JOIN[type(part.block)](self.parts[-1].block, part.block)

    def _room_to_choose(self, block: Block, kept: int) -> bool:
        if not isinstance(block, Menu):
            return True
        others = sum(len(part.block.items) for part in self.parts[:kept] if isinstance(part.block, Menu))
        return others + len(block.items) <= self.measures.menus[block.kind].most

    def is_empty(self) -> bool:
        """Return whether the page has nothing but repeated headings."""
        return len(self.parts) <= self.repeated

    def has_only_headings(self) -> bool:
        """Return whether the page has headings of its own and nothing else."""
        return not self.is_empty() and all(isinstance(part.block, Heading) for part in self.parts[self.repeated :])

    def demote_headings(self) -> None:
        """Draw headings as strong text if the page has nothing else and what follows them fits on no page below them."""
        if self.has_only_headings():
            self.parts = [Part(part.origin, strong(part.block)) for part in self.parts]
            self.repeated = 0

    def pop_headings(self) -> list[Part]:
        """Remove and return the headings at the end of the page, which nothing would follow."""
        given: list[Part] = []
        while len(self.parts) > self.repeated and isinstance(self.parts[-1].block, Heading):
            given.insert(0, self.parts.pop())
            self.total = self.total.less(self.sizes.pop())
        return given


JOIN: Mapping[type, Callable[..., Block | None]] = {
    Answers: lambda a, b: Answers(a.rows + b.rows) if isinstance(a, Answers) else None,
    Bullets: lambda a, b: Bullets(a.items + b.items) if isinstance(a, Bullets) else None,
    Steps: lambda a, b: Steps(a.items + b.items, a.start) if isinstance(a, Steps) else None,
    Table: lambda a, b: Table(a.head, a.rows + b.rows, a.caption) if isinstance(a, Table) else None,
    Facts: lambda a, b: Facts(a.rows + b.rows) if isinstance(a, Facts) else None,
    Menu: lambda a, b: Menu(a.items + b.items, a.kind, a.label) if isinstance(a, Menu) else None,
}
SHARED: Mapping[type, Callable[[Measures], float]] = {
    Bullets: lambda measures: measures.faces["item"].before - measures.item_gap,
    Steps: lambda measures: measures.faces["item"].before - measures.item_gap,
    Facts: lambda measures: measures.faces["fact"].before,
    Answers: lambda measures: measures.faces["fact"].before,
}
"""Px counted for an item alone but not for an item that continues the list above it."""
