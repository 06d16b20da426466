"""Service bodies in memory: packed into bytes, and unpacked into blocks when a screen needs them.

As objects the bodies of 10,000 services take five times the memory, and every garbage collection traverses them.
"""

import marshal
from collections.abc import Callable, Iterator
from typing import Any

from onestop.screen import Block, Bullets, Heading, Note, Paragraph, Picture, Run, Steps, Table, Text

PackedText = tuple[tuple[str, bool, str], ...]
"""Runs of text: the text, whether it is strong, its link target or ""."""

PackedBlock = tuple[str, *tuple[Any, ...]]
"""A key of `BLOCKS` and the arguments of its function."""

NumberOf = Callable[[str], str | None]
"""Returns the number of the service at an address, "" if it has none, or None if nothing is there."""


def pack(blocks: tuple[PackedBlock, ...]) -> bytes:
    return marshal.dumps(blocks)


def unpack(body: bytes, number: NumberOf) -> tuple[Block, ...]:
    """Return the blocks of a body. A link that leads nowhere is plain text."""
    return tuple(BLOCKS[kind](number, *parts) for kind, *parts in marshal.loads(body))  # noqa: S302 (only what pack wrote)


def plain_text(body: bytes) -> str:
    """Return the words of a body without its marks, link targets and file names."""
    return " ".join(_strings(marshal.loads(body)))  # noqa: S302 (only what pack wrote)


def _strings(blocks: tuple[PackedBlock, ...]) -> Iterator[str]:
    for kind, *parts in blocks:
        if kind == "heading":
            continue  # A service's text has its headings beside the body.
        if kind == "picture":
            yield parts[1]
        for part in parts:
            yield from _runs(part)


def _runs(part: Any) -> Iterator[str]:
    """Yield the text of every run in runs, items, cells or rows."""
    if isinstance(part, tuple):
        if len(part) == 3 and isinstance(part[1], bool):
            yield part[0]
        else:
            for inner in part:
                yield from _runs(inner)


def _text(number: NumberOf, runs: PackedText) -> Text:
    return tuple(_run(number, *run) for run in runs)


def _run(number: NumberOf, text: str, strong: bool, target: str) -> Run:
    found = number(target) if target else None
    return Run(text, strong) if found is None else Run(text, strong, target, found)


def _texts(number: NumberOf, texts: tuple[PackedText, ...]) -> tuple[Text, ...]:
    return tuple(_text(number, runs) for runs in texts)


def _table(number: NumberOf, head: tuple[PackedText, ...], rows: tuple[tuple[PackedText, ...], ...]) -> Table:
    return Table(_texts(number, head), tuple(_texts(number, row) for row in rows))


BLOCKS: dict[str, Callable[..., Block]] = {
    "paragraph": lambda number, runs: Paragraph(_text(number, runs)),
    "heading": lambda _, text, level, short="": Heading(text, level, short),
    "bullets": lambda number, items: Bullets(_texts(number, items)),
    "steps": lambda number, items, start: Steps(_texts(number, items), start),
    "table": _table,
    "note": lambda number, runs, kind: Note(_text(number, runs), kind),
    "picture": lambda _, source, description: Picture(source, description),
}
