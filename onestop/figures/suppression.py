"""Suppression of small counts in a table, so that nobody who completed a form can be recognised in what is published."""

from collections.abc import Iterable, Iterator, Mapping

SMALL = 4
"""Counts from 1 to this are hidden."""
STANDS_FOR = 3
"""What each hidden count adds to the totals, whatever it is."""
ROUNDED_TO = 5
ALL = ""
"""The row or the column of totals."""
Cell = tuple[str, str]
Published = int | None
"""A count rounded to the nearest 5, or None if it is hidden."""


def published(counts: Mapping[Cell, int]) -> Mapping[Cell, Published]:
    """Return the cells of a table, by row and column, and its totals, as they may be published.

    Counts from 1 to 4 are hidden, all others rounded to the nearest 5. Totals are made with 3 in the place of each hidden count. So
    what is published is the same whatever the hidden counts are, and they cannot be worked out; no second cell need be hidden.
    """
    table = dict.fromkeys(_cells(counts), 0)
    for (row, column), count in counts.items():
        known = STANDS_FOR if 1 <= count <= SMALL else count
        for cell in ((row, column), (row, ALL), (ALL, column), (ALL, ALL)):
            table[cell] += known
    return {cell: None if 1 <= count <= SMALL else rounded(count) for cell, count in table.items()}


def rounded(count: int) -> int:
    """Return the nearest multiple of 5; 1 to 4 are never published, so that 0 means none."""
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def percent(part: Published, whole: Published) -> int | None:
    """Return a percentage of published counts, at most 100; None if one is hidden or there is nothing to divide by."""
    if part is None or not whole:
        return None
    return min(100, (200 * part + whole) // (2 * whole))


def _cells(counts: Iterable[Cell]) -> Iterator[Cell]:
    rows, columns = {row for row, _ in counts}, {column for _, column in counts}
    return ((row, column) for row in (*sorted(rows), ALL) for column in (*sorted(columns), ALL))
