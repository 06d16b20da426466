"""How a screen's blocks are cut into pages that fit a device, with nothing lost and nothing said twice but headings."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from channels.block_heights import Measures
from channels.page_builder import PageBuilder, Part, Size, size_of
from channels.text_metrics import plain
from channels.text_split import drop, split_text
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


def paginate(blocks: Sequence[Block], measures: Measures) -> tuple[tuple[Block, ...], ...]:
    """Cut blocks into pages. A heading is never last on a page, and stands again over what goes on under it."""
    ahead = deque(map(Part, range(len(blocks)), blocks))
    pages: list[PageBuilder] = []
    tall, heavy = measures.first
    start = Size(tall, 0, 0, heavy)
    sheet = PageBuilder(measures, total=start, start=start)
    while ahead:
        part = ahead.popleft()
        if sheet.takes(part):
            continue
        # Most blocks fit whole, and are measured once; only then is it asked how many of its pieces do.
        pieces = _pieces(part)
        if len(pieces) > 1:
            ahead.extendleft(reversed(pieces))
            continue
        if sheet.bare():
            ahead.extendleft(reversed(_break_part(part, sheet)))
            continue
        ahead.appendleft(part)
        ahead.extendleft(reversed(sheet.give_back()))
        pages.append(sheet)
        sheet = _next_page(pages, ahead[0], measures)
    pages.append(sheet)
    return tuple(tuple(part.block for part in page.parts) for page in pages if not page.bare() or page is pages[0])


def _next_page(pages: Sequence[PageBuilder], first: Part, measures: Measures) -> PageBuilder:
    """A new page, headed as what is ahead was headed."""
    sheet = PageBuilder(measures)
    if isinstance(first.block, Heading | Menu | Action | Search | Code):
        return sheet
    heading = next(
        (part for page in reversed(pages) for part in reversed(page.parts) if isinstance(part.block, Heading)), None
    )
    if heading is not None and heading.size(measures).height * 3 < measures.height and sheet.takes(heading.again()):
        sheet.repeated = 1
    return sheet


def _break_part(part: Part, sheet: PageBuilder) -> list[Part]:
    """A part that does not fit on a page of its own, as parts of which the first does; without its page's heading if that helps."""
    if sheet.repeated:
        sheet.clear()
        return [part]
    measures = sheet.measures

    def fits(block: Block) -> bool:
        return sheet.start.plus(size_of(block, measures)).fits(measures)

    broken = BREAK[type(part.block)](part.block, fits) if type(part.block) in BREAK else (part.block,)
    if len(broken) == 1:
        # It cannot be made smaller: it stands alone, and the device's template clips nothing.
        sheet.alone(part)
        return []
    return [Part(part.origin, block) for block in broken]


def _pieces(part: Part) -> Sequence[Part]:
    """The smallest parts of a part that stay whole."""
    block = part.block
    return [Part(part.origin, piece) for piece in PIECES[type(block)](block)] if type(block) in PIECES else (part,)


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
    Bullets: lambda block: [Bullets((item,)) for item in block.items],
    Steps: lambda block: [Steps((item,), block.start + n) for n, item in enumerate(block.items)],
    Table: lambda block: [Table(block.head, (row,), block.caption) for row in block.rows] or [block],
    Facts: lambda block: [Facts((row,)) for row in block.rows],
    Menu: lambda block: [Menu((item,), block.kind, block.label) for item in block.items],
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
