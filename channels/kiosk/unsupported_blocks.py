"""Replace what a kiosk cannot show: links to other sites become text, and places become headings with facts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from channels.place_facts import place_facts
from channels.text_metrics import plain
from onestop.language import Words
from onestop.screen import (
    Action,
    Answers,
    Block,
    Bullets,
    Code,
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
    """Replace lists of answers on a question by menus of links to change each: several of them fit beside each other."""
    return tuple(_answers_menu(block) if isinstance(block, Answers) else block for block in blocks)


def _answers_menu(block: Answers) -> Menu:
    return Menu(
        tuple(MenuItem(row.answer, row.target, icon="pencil", summary=row.question) for row in block.rows), "related"
    )


def stack_tables(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Replace each row of a table by facts under its first cell: columns of large text are narrower than its words."""
    return tuple(made for block in blocks for made in (_stacked(block) if isinstance(block, Table) else (block,)))


def _stacked(block: Table) -> Iterator[Block]:
    if block.caption:
        yield Heading(block.caption, 3)
    for row in block.rows:
        facts = tuple((plain(head), cell) for head, cell in zip(block.head, row, strict=True) if cell)
        # The name of a row is a heading, which is repeated if the row goes over a page end.
        named = len(facts) > 1 and row[0] == facts[0][1] and not any(run.target for run in row[0])
        if named:
            yield Heading(": ".join(filter(None, (facts[0][0], plain(row[0])))), 3)
        yield Facts(facts[named:])


def replace_unsupported_blocks(blocks: tuple[Block, ...], words: Words) -> tuple[Block, ...]:
    """Return the blocks without links to other sites, and with blocks that cannot be measured replaced by ones that can."""
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


def _action(block: Block, words: Words) -> Iterator[Block]:
    """Replace a button that leads to another site by a code to scan: there is no browser for it here."""
    assert isinstance(block, Action)
    if block.own or block.target.startswith("/"):
        yield block
    else:
        yield Code(block.target, words("{label}: point your phone's camera at the code", label=block.label))


def _place(block: Block, words: Words) -> Iterator[Block]:
    """Replace a place by its name as a heading and its details as facts."""
    assert isinstance(block, Place)
    yield Heading(block.name or words("Contact us"))
    yield from place_facts(block, words, (words("Now"), block.status))


def _answers(block: Block, words: Words) -> Iterator[Block]:
    """Split answers into one block each, so that pages can break between them."""
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
    Action: _action,
    Answers: _answers,
}


def without_outside_links(text: Text) -> Text:
    """Return the text with every link to another site as plain text, followed by the site's host name."""
    return tuple(_without_outside_link(run) for run in text)


def _without_outside_link(run: Run) -> Run:
    outside = urlsplit(run.target) if run.target else None
    if run.target.startswith("/pictures/"):
        return Run(run.text, run.strong)
    if outside is None or not (outside.scheme or outside.netloc):
        return run
    site = (outside.hostname or "").removeprefix("www.")
    known = not site or site in run.text.lower()
    return Run(run.text if known else f"{run.text} ({site})", run.strong, language=run.language)
