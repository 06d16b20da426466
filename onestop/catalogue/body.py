"""Service bodies in memory: packed into bytes, and unpacked into blocks when a screen needs them.

As objects the bodies of 10,000 services take five times the memory, and every garbage collection traverses them.
"""

import marshal
from collections.abc import Callable
from typing import Any

from onestop.screen import Block, Bullets, Heading, Note, Paragraph, Picture, Run, Steps, Table, Text

PackedText = tuple[tuple[str, bool, str], ...]
"""Runs of text: the text, whether it is strong, its link target or ""."""

PackedBlock = tuple[str, *tuple[Any, ...]]
"""A key of `BLOCKS` and the arguments of its function."""

NumberOf = Callable[[str], str]


def pack(blocks: tuple[PackedBlock, ...]) -> bytes:
    return marshal.dumps(blocks)


def unpack(body: bytes, number: NumberOf) -> tuple[Block, ...]:
    """Return the blocks of a body; `number` gives the number of the service at an address, for links."""
    return tuple(BLOCKS[kind](number, *parts) for kind, *parts in marshal.loads(body))  # noqa: S302 (only what pack wrote)


def _text(number: NumberOf, runs: PackedText) -> Text:
    return tuple(Run(text, strong, target, number(target) if target else "") for text, strong, target in runs)


def _texts(number: NumberOf, texts: tuple[PackedText, ...]) -> tuple[Text, ...]:
    return tuple(_text(number, runs) for runs in texts)


def _table(number: NumberOf, head: tuple[PackedText, ...], rows: tuple[tuple[PackedText, ...], ...]) -> Table:
    return Table(_texts(number, head), tuple(_texts(number, row) for row in rows))


BLOCKS: dict[str, Callable[..., Block]] = {
    "paragraph": lambda number, runs: Paragraph(_text(number, runs)),
    "heading": lambda _, text, level: Heading(text, level),
    "bullets": lambda number, items: Bullets(_texts(number, items)),
    "steps": lambda number, items, start: Steps(_texts(number, items), start),
    "table": _table,
    "note": lambda number, runs, kind: Note(_text(number, runs), kind),
    "picture": lambda _, source, description: Picture(source, description),
}
