"""One page being filled: what stands on it, how much of it that takes, and whether one more thing fits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from channels.block_heights import Measures, count_lines, count_words, height
from onestop.screen import Answers, Block, Bullets, Facts, Heading, Menu, Steps, Table


class Size(NamedTuple):
    """Px from the foot of what stands above, words to read, lines of running text, and what the measures weigh it by."""

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
        """Whether a page has room for so much."""
        return (
            self.height <= measures.height
            and self.words <= measures.most_words
            and self.lines <= measures.most_lines
            and self.weight <= measures.most_weight
        )


NOTHING = Size(0, 0, 0, 0)


def size_of(block: Block, measures: Measures) -> Size:
    """Of one block by itself."""
    return Size(height(block, measures), count_words(block), count_lines(block, measures), measures.weigh(block))


@dataclass(slots=True)
class Part:
    """A piece that stays whole, and the number of the block it came from; `origin` -1 is a heading that stands again."""

    origin: int
    block: Block
    _size: Size | None = None

    def size(self, measures: Measures) -> Size:
        """By itself. It is asked for again on the next page when it did not fit on one."""
        if self._size is None:
            self._size = size_of(self.block, measures)
        return self._size

    def again(self) -> "Part":
        """The same on another page, as a part of no block."""
        return Part(-1, self.block, self._size)


@dataclass(slots=True)
class PageBuilder:
    """A page being filled. `repeated` counts the headings at its top that only say what goes on; `start` is what is taken already."""

    measures: Measures
    parts: list[Part] = field(default_factory=list)
    sizes: list[Size] = field(default_factory=list)
    total: Size = NOTHING
    repeated: int = 0
    start: Size = NOTHING

    def takes(self, part: Part) -> bool:
        """Put the part on the page if it fits."""
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

    def alone(self, part: Part) -> None:
        """Give the whole page to what cannot be made smaller."""
        self.clear()
        self.parts.append(part)
        self.total = Size(self.measures.height, 0, 0, 0)
        self.sizes.append(self.total)

    def clear(self) -> None:
        """Take everything off."""
        self.parts, self.sizes, self.total, self.repeated = [], [], self.start, 0

    def _size(self, part: Part, joined: Block | None) -> Size:
        """How much of the page it takes; what a list takes with one more item need not be measured from its first on."""
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

    def bare(self) -> bool:
        """Whether nothing but repeated headings stands here."""
        return len(self.parts) <= self.repeated

    def give_back(self) -> list[Part]:
        """Take headings off the foot, where nothing would follow them."""
        given: list[Part] = []
        while len(self.parts) > self.repeated + 1 and isinstance(self.parts[-1].block, Heading):
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
"""Px that an item which goes on with a list above it does not take again."""
