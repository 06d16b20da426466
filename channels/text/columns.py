"""Rows of words in aligned columns that fit a given width."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

GAP = 2

Row = Sequence[str]


def columns(rows: Sequence[Row], width: int) -> str:
    """Return the rows as lines of at most `width` characters; a cell too long for its column is wrapped."""
    widths = _widths(rows, width)
    return "\n".join(line for row in rows for line in _lines(row, widths))


def rule(rows: Sequence[Row], width: int) -> Row:
    """Return a row of dashes as wide as the columns."""
    return ["-" * column for column in _widths(rows, width)]


def _widths(rows: Sequence[Row], width: int) -> list[int]:
    """Return the width of the longest cell of each column, the widest reduced until all fit."""
    widths = [min(max(len(cell) for cell in column), width) for column in zip(*rows, strict=True)]
    room = width - GAP * (len(widths) - 1)
    while sum(widths) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths


def _lines(row: Row, widths: list[int]) -> Iterator[str]:
    wrapped = (wrap(cell, max(width, 1), break_on_hyphens=False) for cell, width in zip(row, widths, strict=True))
    for parts in zip_longest(*wrapped, fillvalue=""):
        padded = (part.ljust(width) for part, width in zip(parts, widths, strict=True))
        yield (" " * GAP).join(padded).rstrip()
