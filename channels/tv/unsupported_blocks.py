"""Replace blocks that a television cannot draw by blocks that it can."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from channels.place_facts import place_facts
from onestop.language import Words
from onestop.screen import (
    Action,
    Block,
    Bullets,
    Code,
    Facts,
    Heading,
    Note,
    Paragraph,
    Picture,
    Place,
    Run,
    Steps,
    Table,
    Text,
)


def replace_unsupported_blocks(blocks: tuple[Block, ...], words: Words) -> tuple[Block, ...]:
    """Return the blocks with places as facts, pictures that were not resized as text, and links followed by their number."""
    return tuple(one for block in blocks for one in REPLACEMENTS.get(type(block), _as_it_is)(block, words))


def _as_it_is(block: Block, words: Words) -> Iterator[Block]:
    yield block


def _flow(block: Block, words: Words) -> Iterator[Block]:
    assert isinstance(block, Paragraph)
    yield replace(block, text=_numbered(block.text))


def _note(block: Block, words: Words) -> Iterator[Block]:
    assert isinstance(block, Note)
    warned = (Run(words("Warning") + ": ", strong=True),) if block.kind == "warning" else ()
    yield replace(block, text=(*warned, *_numbered(block.text)))


def _items(block: Block, words: Words) -> Iterator[Block]:
    assert isinstance(block, Bullets | Steps)
    yield replace(block, items=tuple(map(_numbered, block.items)))


def _table(block: Block, words: Words) -> Iterator[Block]:
    assert isinstance(block, Table)
    yield replace(
        block,
        head=tuple(map(_numbered, block.head)),
        rows=tuple(tuple(map(_numbered, row)) for row in block.rows),
    )


def _facts(block: Block, words: Words) -> Iterator[Block]:
    assert isinstance(block, Facts)
    yield Facts(tuple((label, _numbered(said)) for label, said in block.rows))


def _action(block: Block, words: Words) -> Iterator[Block]:
    """Replace a button that leads to another site by a code to scan: there is no browser for it here."""
    assert isinstance(block, Action)
    if block.own or block.target.startswith("/"):
        yield block
    else:
        yield Code(block.target, words("{label}: point your phone's camera at the code", label=block.label))


def _place(block: Block, words: Words) -> Iterator[Block]:
    """Replace a place by its name, its opening status and its details as facts, as far as they are known."""
    assert isinstance(block, Place)
    if block.name:
        yield Heading(block.name)
    if block.status:
        yield Paragraph((Run(block.status, strong=True),))
    yield from place_facts(block, words)


def _picture(block: Block, words: Words) -> Iterator[Block]:
    assert isinstance(block, Picture)
    if block.width:
        yield block
        return
    yield Paragraph((Run(words("In a picture on other screens: {description}", description=block.description)),))


def _numbered(text: Text) -> Text:
    """Replace links to other sites by text, and add to links to services the number to key in on the remote."""
    return tuple(map(_run, text)) if any(run.target or run.number for run in text) else text


def _run(run: Run) -> Run:
    if not _stays(run.target):
        return replace(run, target="", number="")
    return replace(run, text=f"{run.text} ({run.number})") if run.number else run


def _stays(target: str) -> bool:
    return target.startswith("/") and not target.startswith(("//", "/pictures/", "/static/"))


REPLACEMENTS: Mapping[type, Callable[[Block, Words], Iterator[Block]]] = {
    Paragraph: _flow,
    Note: _note,
    Bullets: _items,
    Steps: _items,
    Table: _table,
    Facts: _facts,
    Place: _place,
    Action: _action,
    Picture: _picture,
}
