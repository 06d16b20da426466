"""Split the blocks of a screen into pages that fit a device. Nothing is lost, and only headings are repeated."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from channels.measures import Measures
from channels.page_builder import PageBuilder, Part, Size, size_of, strong
from channels.text_metrics import plain
from channels.text_split import drop, split_at_sentence, split_text
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
    """Return the blocks of each page. A heading is never last on a page, and is repeated where its text continues."""
    ahead = deque(map(Part, range(len(blocks)), blocks))
    pages: list[PageBuilder] = []
    page = _new_page(0, measures)
    while ahead:
        part = _without_giants(ahead.popleft(), measures)
        if page.try_add(part):
            continue
        # Most blocks fit whole and are measured once; only the others are taken apart.
        pieces = _pieces(part)
        if len(pieces) > 1:
            ahead.extendleft(reversed(pieces))
            continue
        if page.is_empty():
            ahead.extendleft(reversed(_break_part(part, page)))
            continue
        begun = _begin(part, page)
        if begun:
            ahead.extendleft(reversed(begun))
            continue
        page.demote_headings()
        ahead.appendleft(part)
        ahead.extendleft(reversed(page.pop_headings()))
        pages.append(page)
        page = _next_page(pages, ahead[0], measures)
    pages.append(page)
    return tuple(tuple(part.block for part in page.parts) for page in pages if not page.is_empty() or page is pages[0])


def _new_page(before: int, measures: Measures) -> PageBuilder:
    """Return an empty page after this many others."""
    tall, heavy = measures.first if before < measures.firsts else (0, 0)
    start = Size(tall, 0, 0, heavy)
    return PageBuilder(measures, total=start, start=start)


def _next_page(pages: Sequence[PageBuilder], first: Part, measures: Measures) -> PageBuilder:
    """Return a new page that begins with the heading under which its first part belongs."""
    page = _new_page(len(pages), measures)
    if not measures.repeats or isinstance(first.block, Heading | Menu | Action | Search | Code):
        return page
    heading = next(
        (part for page in reversed(pages) for part in reversed(page.parts) if isinstance(part.block, Heading)), None
    )
    if heading is not None and heading.size(measures).height * 3 < measures.height and page.try_add(heading.repeat()):
        page.repeated = 1
    return page


def _without_giants(part: Part, measures: Measures) -> Part:
    """Return a heading that takes a third of a page as a strong paragraph, which may go over a page end; other parts as they are."""
    if isinstance(part.block, Heading) and part.size(measures).height * 3 > measures.height:
        return Part(part.origin, strong(part.block))
    return part


def _begin(part: Part, page: PageBuilder) -> list[Part]:
    """Return a part in two of which the first fits below what is on the page; nothing if it is better kept whole.

    Below headings alone anything is begun, because no page has more room for it; elsewhere only a text, between sentences.
    """
    measures, block = page.measures, part.block

    def fits(block: Block) -> bool:
        return page.total.plus(size_of(block, measures)).fits(measures)

    if page.has_only_headings() and type(block) in BREAK:
        broken = BREAK[type(block)](block, fits)
    elif measures.splits and isinstance(block, Paragraph | Note):
        first, rest = split_at_sentence(block.text, lambda text: fits(replace(block, text=text)))
        broken = (replace(block, text=first), replace(block, text=rest)) if first else (block,)
    else:
        return []
    return [Part(part.origin, one) for one in broken] if len(broken) > 1 and fits(broken[0]) else []


def _break_part(part: Part, page: PageBuilder) -> list[Part]:
    """Return a part too large for an empty page as parts of which the first fits. A repeated heading is dropped first."""
    if page.repeated:
        page.clear()
        return [part]
    measures = page.measures

    def fits(block: Block) -> bool:
        return page.start.plus(size_of(block, measures)).fits(measures)

    broken = BREAK[type(part.block)](part.block, fits) if type(part.block) in BREAK else (part.block,)
    if len(broken) == 1:
        # It cannot be split: it gets a page of its own, and the template does not clip it.
        page.fill_with(part)
        return []
    return [Part(part.origin, block) for block in broken]


def _pieces(part: Part) -> Sequence[Part]:
    """Return the items or rows of a part, which are kept whole if possible."""
    block = part.block
    return [Part(part.origin, piece) for piece in PIECES[type(block)](block)] if type(block) in PIECES else (part,)


def _break_flow(block: Block, fits: Fits) -> tuple[Block, ...]:
    """Continue a paragraph or a note as another of its kind."""
    assert isinstance(block, Paragraph | Note)
    first, rest = split_text(block.text, lambda text: fits(replace(block, text=text)))
    return (replace(block, text=first), replace(block, text=rest)) if rest else (block,)


def _break_item(block: Block, fits: Fits) -> tuple[Block, ...]:
    """Continue an item that is too long for a page as a paragraph."""
    assert isinstance(block, Bullets | Steps)
    first, rest = split_text(block.items[0], lambda text: fits(replace(block, items=(text,))))
    return (replace(block, items=(first,)), Paragraph(rest)) if rest else (block,)


def _break_table(block: Block, fits: Fits) -> tuple[Block, ...]:
    """Split a row that is too high for a page: each cell keeps what fits, the rest is another row.

    A table of which not even one line fits becomes a list.
    """
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
    """Continue a fact that is too high under an empty label; a label that is too high becomes a paragraph."""
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
    Bullets: _break_item,
    Steps: _break_item,
    Table: _break_table,
    Facts: _break_facts,
}
