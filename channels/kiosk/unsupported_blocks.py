"""What a screen may hold at a kiosk: nothing leads out of it, and what would is told in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from onestop.language import Words
from onestop.screen import (
    Answers,
    Block,
    Bullets,
    Facts,
    Heading,
    Menu,
    MenuItem,
    Note,
    Paragraph,
    Place,
    Run,
    Steps,
    Table,
    Text,
)


def answers_as_menus(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Beside a question, what has been answered to it so far is a way to change each: many find room beside each other."""
    return tuple(_answers_menu(block) if isinstance(block, Answers) else block for block in blocks)


def _answers_menu(block: Answers) -> Menu:
    return Menu(
        tuple(MenuItem(row.answer, row.target, icon="pencil", summary=row.question) for row in block.rows), "related"
    )


def replace_unsupported_blocks(blocks: tuple[Block, ...], words: Words) -> tuple[Block, ...]:
    """The blocks with nothing that leads outside, and with what has no height of its own as blocks that do."""
    return tuple(made for block in blocks for made in REPLACEMENTS.get(type(block), _same)(block, words))


def _same(block: Block, words: Words) -> Iterator[Block]:
    yield block


def _flow(block: Block, words: Words) -> Iterator[Block]:
    assert isinstance(block, Paragraph | Note)
    yield replace(block, text=without_outside_links(block.text))


def _list(block: Block, words: Words) -> Iterator[Block]:
    assert isinstance(block, Bullets | Steps)
    yield replace(block, items=tuple(without_outside_links(item) for item in block.items))


def _table(block: Block, words: Words) -> Iterator[Block]:
    assert isinstance(block, Table)
    rows = tuple(tuple(without_outside_links(cell) for cell in row) for row in block.rows)
    yield replace(block, head=tuple(without_outside_links(cell) for cell in block.head), rows=rows)


def _facts(block: Block, words: Words) -> Iterator[Block]:
    assert isinstance(block, Facts)
    yield Facts(tuple((label, without_outside_links(said)) for label, said in block.rows))


def _place(block: Block, words: Words) -> Iterator[Block]:
    """Somewhere to go or somebody to ring, as facts under its name."""
    assert isinstance(block, Place)
    yield Heading(block.name or words("Contact us"))
    rows = (
        (words("Now"), block.status),
        (words("Telephone"), block.phone),
        (words("Email"), block.email),
        (words("Address"), ", ".join(block.address)),
        *block.hours,
    )
    given = tuple((label, (Run(said),)) for label, said in rows if said)
    if given:
        yield Facts(given)


def _answers(block: Block, words: Words) -> Iterator[Block]:
    """One block each, so that they can be cut into pages."""
    assert isinstance(block, Answers)
    yield from (Answers((row,)) for row in block.rows)


REPLACEMENTS: Mapping[type, Callable[[Block, Words], Iterator[Block]]] = {
    Paragraph: _flow,
    Note: _flow,
    Bullets: _list,
    Steps: _list,
    Table: _table,
    Facts: _facts,
    Place: _place,
    Answers: _answers,
}


def without_outside_links(text: Text) -> Text:
    """A text in which every link that leads outside is words, followed by the site it would lead to."""
    return tuple(_without_outside_link(run) for run in text)


def _without_outside_link(run: Run) -> Run:
    outside = urlsplit(run.target) if run.target else None
    if outside is None or not (outside.scheme or outside.netloc):
        return run
    site = (outside.hostname or "").removeprefix("www.")
    known = not site or site in run.text.lower()
    return Run(run.text if known else f"{run.text} ({site})", run.strong)
