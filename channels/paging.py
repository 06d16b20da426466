"""How a screen's blocks are cut into pages that fit a device, with nothing lost and nothing said twice but headings."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from channels.heights import Measures, count_lines, count_words, height
from channels.measure import plain
from channels.splitting import drop, split_text
from onestop.screen import (
    Action,
    Answers,
    Block,
    Bullets,
    Code,
    Facts,
    Heading,
    Menu,
    Note,
    Paragraph,
    Run,
    Search,
    Steps,
    Table,
    Text,
)

Fits = Callable[[Block], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """The smallest piece that stays whole, and the number of the block it came from."""

    origin: int
    block: Block


@dataclass(slots=True)
class Sheet:
    """A page being filled. `repeated` counts the headings at its top that only say what goes on."""

    measures: Measures
    parts: list[Part] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    repeated: int = 0

    def takes(self, part: Part) -> bool:
        """Put the part on the page if it fits."""
        joined = self._joined(part)
        kept = len(self.parts) - (joined is not None)
        block = part.block if joined is None else joined
        heights = [*self.heights[:kept], height(block, self.measures)]
        if sum(heights) > self.measures.height or not (
            self._room_to_read(block, kept) and self._room_to_choose(block, kept)
        ):
            return False
        self.parts, self.heights = [*self.parts[:kept], Part(part.origin, block)], heights
        return True

    def _joined(self, part: Part) -> Block | None:
        if not self.parts or self.parts[-1].origin != part.origin or type(part.block) not in JOIN:
            return None
        return JOIN[type(part.block)](self.parts[-1].block, part.block)

    def _room_to_read(self, block: Block, kept: int) -> bool:
        read = [block, *(part.block for part in self.parts[:kept])]
        words = sum(map(count_words, read))
        return (
            words <= self.measures.most_words
            and sum(count_lines(one, self.measures) for one in read) <= self.measures.most_lines
        )

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
            self.heights.pop()
        return given


def cut(blocks: Sequence[Block], measures: Measures) -> tuple[tuple[Block, ...], ...]:
    """Cut blocks into pages. A heading is never last on a page, and stands again over what goes on under it."""
    ahead = deque(part for number, block in enumerate(blocks) for part in _parts(number, block))
    pages: list[Sheet] = []
    sheet = Sheet(measures)
    while ahead:
        part = ahead.popleft()
        if sheet.takes(part):
            continue
        if sheet.bare():
            ahead.extendleft(reversed(_broken(part, sheet)))
            continue
        ahead.appendleft(part)
        ahead.extendleft(reversed(sheet.give_back()))
        pages.append(sheet)
        sheet = _next(pages, ahead[0], measures)
    pages.append(sheet)
    return tuple(tuple(part.block for part in page.parts) for page in pages if not page.bare() or page is pages[0])


def _next(pages: Sequence[Sheet], first: Part, measures: Measures) -> Sheet:
    """A new page, headed as what is ahead was headed."""
    sheet = Sheet(measures)
    if isinstance(first.block, Heading | Menu | Action | Search | Code):
        return sheet
    heading = next(
        (part for page in reversed(pages) for part in reversed(page.parts) if isinstance(part.block, Heading)), None
    )
    if (
        heading is not None
        and height(heading.block, measures) * 3 < measures.height
        and sheet.takes(replace(heading, origin=-1))
    ):
        sheet.repeated = 1
    return sheet


def _broken(part: Part, sheet: Sheet) -> list[Part]:
    """A part that does not fit on a page of its own, as parts of which the first does; without its page's heading if that helps."""
    if sheet.repeated:
        sheet.parts, sheet.heights, sheet.repeated = [], [], 0
        return [part]
    measures = sheet.measures

    def fits(block: Block) -> bool:
        return (
            height(block, measures) <= measures.height
            and count_words(block) <= measures.most_words
            and count_lines(block, measures) <= measures.most_lines
        )

    broken = BREAK[type(part.block)](part.block, fits) if type(part.block) in BREAK else (part.block,)
    if len(broken) == 1:
        # It cannot be made smaller: it stands alone, and the device's template clips nothing.
        sheet.parts, sheet.heights = [part], [measures.height]
        return []
    return [Part(part.origin, block) for block in broken]


def _parts(number: int, block: Block) -> list[Part]:
    return [Part(number, piece) for piece in (PIECES[type(block)](block) if type(block) in PIECES else (block,))]


def _break_flow(block: Block, fits: Fits) -> tuple[Block, ...]:
    """A paragraph or a note goes on as another."""
    assert isinstance(block, Paragraph | Note)
    first, rest = split_text(block.text, lambda text: fits(replace(block, text=text)))
    return (replace(block, text=first), replace(block, text=rest)) if rest else (block,)


def _break_heading(block: Block, fits: Fits) -> tuple[Block, ...]:
    assert isinstance(block, Heading)
    first, rest = split_text((Run(block.text),), lambda text: fits(replace(block, text=plain(text))))
    return (replace(block, text=plain(first)), replace(block, text=plain(rest))) if rest else (block,)


def _break_item(block: Block, fits: Fits) -> tuple[Block, ...]:
    """An item too long for a page goes on as a paragraph."""
    assert isinstance(block, Bullets | Steps)
    first, rest = split_text(block.items[0], lambda text: fits(replace(block, items=(text,))))
    return (replace(block, items=(first,)), Paragraph(rest)) if rest else (block,)


def _break_table(block: Block, fits: Fits) -> tuple[Block, ...]:
    """A row too tall for a page: each cell gives what fits, the rest follows in a row below. What cannot be a table is told as bullets."""
    assert isinstance(block, Table)
    row = block.rows[0] if block.rows else ()
    first: tuple[Text, ...] = tuple(() for _ in row)
    for at, cell in enumerate(row):

        def good(text: Text, at: int = at, before: tuple[Text, ...] = first) -> bool:
            return fits(replace(block, rows=((*before[:at], text, *before[at + 1 :]),)))

        beginning = cell if good(cell) else split_text(cell, good)[0]
        if good(beginning):
            first = (*first[:at], beginning, *first[at + 1 :])
    top = replace(block, rows=(first,))
    rest = tuple(drop(cell, len(plain(begun))) for cell, begun in zip(row, first, strict=True))
    if any(first) and fits(top):
        return (top, replace(block, rows=(rest,))) if any(map(plain, rest)) else (top,)
    caption = (Paragraph((Run(block.caption),)),) if block.caption else ()
    return (*caption, *(Bullets((cell,)) for cell in (*block.head, *row) if cell))


def _break_facts(block: Block, fits: Fits) -> tuple[Block, ...]:
    """A fact too tall goes on under an empty label; a label too tall becomes a paragraph."""
    assert isinstance(block, Facts)
    label, said = block.rows[0]
    if label and not fits(Facts(((label, ()),))):
        return (Paragraph((Run(label),)), Facts((("", said),)))
    first, rest = split_text(said, lambda text: fits(Facts(((label, text),))))
    return (Facts(((label, first),)), Facts((("", rest),))) if rest else (block,)


PIECES: Mapping[type, Callable[..., Sequence[Block]]] = {
    Answers: lambda block: [Answers((row,)) for row in block.rows],
    Bullets: lambda block: [replace(block, items=(item,)) for item in block.items],
    Steps: lambda block: [Steps((item,), block.start + n) for n, item in enumerate(block.items)],
    Table: lambda block: [replace(block, rows=(row,)) for row in block.rows] or [block],
    Facts: lambda block: [Facts((row,)) for row in block.rows],
    Menu: lambda block: [replace(block, items=(item,)) for item in block.items],
}
JOIN: Mapping[type, Callable[..., Block | None]] = {
    Answers: lambda a, b: Answers(a.rows + b.rows) if isinstance(a, Answers) else None,
    Bullets: lambda a, b: replace(a, items=a.items + b.items) if isinstance(a, Bullets) else None,
    Steps: lambda a, b: Steps(a.items + b.items, a.start) if isinstance(a, Steps) else None,
    Table: lambda a, b: replace(a, rows=a.rows + b.rows) if isinstance(a, Table) else None,
    Facts: lambda a, b: Facts(a.rows + b.rows) if isinstance(a, Facts) else None,
    Menu: lambda a, b: replace(a, items=a.items + b.items) if isinstance(a, Menu) else None,
}
BREAK: Mapping[type, Callable[[Block, Fits], tuple[Block, ...]]] = {
    Paragraph: _break_flow,
    Note: _break_flow,
    Heading: _break_heading,
    Bullets: _break_item,
    Steps: _break_item,
    Table: _break_table,
    Facts: _break_facts,
}
