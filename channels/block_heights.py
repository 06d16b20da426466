"""Height in px, number of words and of lines of each kind of block, for a device with known measures."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import ceil

from channels.measures import Face, Measures
from channels.text_metrics import lines, plain, text_lines, width, words
from onestop.screen import (
    Action,
    Answers,
    Block,
    Bullets,
    Code,
    Facts,
    Form,
    Heading,
    Menu,
    Note,
    Paragraph,
    Picture,
    Place,
    Reference,
    Run,
    Search,
    Steps,
    Table,
    Text,
)

CHANGE_LINK = "Mmmmmmm"
"""Stands for the link "Change": at least as wide as its label in every interface language."""


def height(block: Block, measures: Measures) -> float:
    """Return the most px that a block takes, margin before it included."""
    own = measures.own.get(type(block))
    return own(block) if own else HEIGHTS[type(block)](block, measures)


def count_words(block: Block) -> int:
    """Return the number of words of running text; menus and buttons have none."""
    of = TEXTS.get(type(block))
    return sum(words(text) for text in of(block)) if of else 0


def visible_texts(block: Block) -> tuple[str, ...]:
    """Return every text of a block that the page shows."""
    texts = TEXTS[type(block)](block) if type(block) in TEXTS else ()
    return (*map(plain, texts), *(LABELS[type(block)](block) if type(block) in LABELS else ()))


def count_lines(block: Block, measures: Measures) -> int:
    """Return the most lines of running text that a block takes; 0 for tables, menus and forms."""
    if type(block) not in RUNNING_TEXT:
        return 0
    face = measures.faces[RUNNING_TEXT[type(block)]]
    room = measures.width - face.inset
    return sum(text_lines(text, face.size, room, face.strong) for text in TEXTS[type(block)](block))


BOLD = 1.08
"""How much wider a word in bold type may be than in plain type."""


def columns(table: Table, measures: Measures) -> tuple[int, ...]:
    """Return the width of each column in percent, in steps of five, in proportion to its text.

    The sum is 100. No column is narrower than 15 percent, or 25 percent of a table with two columns, nor than its longest word if
    all words have room.
    """
    count = len(table.head)
    cells = list(zip(table.head, *table.rows, strict=True))
    wants = [max(_natural(cell, measures) for cell in column) for column in cells]
    total = sum(wants) or 1
    narrowest = 15 if count > 2 else 25
    whole = [max(narrowest, max(_share_of_word(cell, measures) for cell in column)) for column in cells]
    least = whole if sum(whole) <= 100 else [narrowest] * count
    shares = [max(few, min(70, round(want / total * 20) * 5)) for few, want in zip(least, wants, strict=True)]
    while sum(shares) < 100:
        shares[max(range(count), key=lambda n: wants[n] / shares[n])] += 5
    while sum(shares) > 100:
        shares[max((n for n in range(count) if shares[n] > least[n]), key=lambda n: shares[n] / (wants[n] or 1))] -= 5
    return tuple(shares)


def _natural(cell: Text, measures: Measures) -> float:
    """Return the px a cell needs: its text on one line, at most a third of the page, at least its longest word."""
    longest, whole = _spans(cell, measures.faces["cell"].size)
    return max(longest, min(whole, measures.width / 3)) + measures.cell


def _share_of_word(cell: Text, measures: Measures) -> int:
    """Return the percent, in steps of five, that a column needs for the longest word of a cell, also in bold type."""
    longest, _ = _spans(cell, measures.faces["cell"].size)
    return ceil((longest * BOLD + measures.cell) / measures.width * 20) * 5


@lru_cache(maxsize=4096)
def _spans(cell: Text, size: float) -> tuple[float, float]:
    """Return the px of a cell's longest word, and of its whole text on one line."""
    said = plain(cell)
    return max((width(word, size, True) for word in said.split()), default=0), width(said, size)


def _flow(name: str) -> Callable[..., float]:
    def tall(block: Paragraph | Note, measures: Measures) -> float:
        face = measures.faces["lead" if isinstance(block, Paragraph) and block.lead else name]
        return _block(block.text, face, measures.width)

    return tall


def _block(text: Text, face: Face, room: float) -> float:
    return face.before + face.padding + face.line * text_lines(text, face.size, room - face.inset, face.strong)


def _heading(block: Heading, measures: Measures) -> float:
    face = measures.faces["heading" if block.level == 2 else "subheading"]
    return face.before + face.padding + face.line * lines(block.text, face.size, measures.width, True)


def _items(block: Bullets | Steps, measures: Measures) -> float:
    face = measures.faces["item"]
    each = [face.line * text_lines(item, face.size, measures.width - face.inset) for item in block.items]
    return face.before + sum(each) + measures.item_gap * (len(each) - 1)


def _table(block: Table, measures: Measures) -> float:
    face, caption = measures.faces["cell"], measures.faces["caption"]
    rooms = [measures.width * share / 100 - measures.cell for share in columns(block, measures)]
    tall = face.before + _row(block.head, rooms, face, True)
    tall += sum(_row(row, rooms, face, False) for row in block.rows)
    return tall + (
        caption.padding + caption.line * lines(block.caption, caption.size, measures.width, True)
        if block.caption
        else 0
    )


def _row(row: tuple[Text, ...], rooms: list[float], face: Face, strong: bool) -> float:
    most = max((text_lines(cell, face.size, room, strong) for cell, room in zip(row, rooms, strict=True)), default=0)
    return face.padding + face.line * max(most, 1)


def _facts(block: Facts, measures: Measures) -> float:
    face = measures.faces["fact"]
    room = measures.width - face.inset
    left, right = room * measures.label - measures.cell, room * (1 - measures.label)
    tall = face.before
    for label, said in block.rows:
        most = max(lines(label, face.size, left, True), text_lines(said, face.size, right), 1)
        tall += face.line * most + face.padding
    return tall


def _answers(block: Answers, measures: Measures) -> float:
    """Measure answers as facts, each with a "Change" link behind it."""
    return _facts(Facts(tuple((row.question, (Run(f"{row.answer} {CHANGE_LINK}"),)) for row in block.rows)), measures)


def _menu(block: Menu, measures: Measures) -> float:
    grid, face = measures.menus[block.kind], measures.faces["menu"]
    rows = -(-len(block.items) // grid.columns)
    label = face.line * lines(block.label, face.size, measures.width, True) + face.padding if block.label else 0
    more = [lines(item.label, face.size, grid.label) - 1 if grid.label else 0 for item in block.items]
    # Items fill the columns from top to bottom: the highest column counts, the last may have fewer rows.
    columns = (more[at : at + rows] for at in range(0, len(more), rows or 1))
    most = max((len(part) * (grid.row + grid.gap) + sum(part) * face.line for part in columns), default=grid.gap)
    return face.before + label + most - grid.gap


def _fixed(block: Block, measures: Measures) -> float:
    return measures.fixed.get(type(block), measures.height)


HEIGHTS: Mapping[type, Callable[..., float]] = {
    Paragraph: _flow("paragraph"),
    Note: _flow("note"),
    Heading: _heading,
    Bullets: _items,
    Steps: _items,
    Table: _table,
    Facts: _facts,
    Menu: _menu,
    Place: _fixed,
    Action: _fixed,
    Search: _fixed,
    Picture: _fixed,
    Code: _fixed,
    Form: _fixed,
    Answers: _answers,
    Reference: _fixed,
}
TEXTS: Mapping[type, Callable[..., tuple[Text, ...]]] = {
    Paragraph: lambda block: (block.text,),
    Note: lambda block: (block.text,),
    Bullets: lambda block: block.items,
    Steps: lambda block: block.items,
    Table: lambda block: tuple(cell for row in block.rows for cell in row),
    Facts: lambda block: tuple(said for _, said in block.rows),
}
LABELS: Mapping[type, Callable[..., tuple[str, ...]]] = {
    Heading: lambda block: (block.text,),
    Menu: lambda block: (block.label, *(item.label for item in block.items)),
    Facts: lambda block: tuple(label for label, _ in block.rows),
    Table: lambda block: (block.caption, *map(plain, block.head)),
    Answers: lambda block: tuple(said for row in block.rows for said in (row.question, row.answer)),
    Action: lambda block: (block.label,),
}
RUNNING_TEXT: Mapping[type, str] = {Paragraph: "paragraph", Note: "note", Bullets: "item", Steps: "item"}
"""Block types of running text, with the name of their text style."""
