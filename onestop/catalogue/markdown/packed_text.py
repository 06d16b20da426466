"""Packed texts joined, measured, and tables of them as lists."""

from collections.abc import Iterator

from onestop.catalogue.body import PackedBlock, PackedText


def length(text: PackedText) -> int:
    return sum(len(run[0]) for run in text)


def after(text: PackedText, more: PackedText, mark: str) -> PackedText:
    """Return two texts as one with a mark between them; a semicolon replaces a full stop or comma."""
    if not text or not more:
        return text or more
    last, strong, target = text[-1]
    if mark == "; ":
        last = last.rstrip(".,;")
    return _merged((*text[:-1], (last, strong, target), (mark, False, ""), *more))


def _merged(text: PackedText) -> PackedText:
    """Return the text with neighbours of one style as one run."""
    runs: list[tuple[str, bool, str]] = []
    for words, strong, target in text:
        if runs and runs[-1][1:] == (strong, target):
            runs[-1] = (runs[-1][0] + words, strong, target)
        else:
            runs.append((words, strong, target))
    return tuple(runs)


def stacked(head: tuple[PackedText, ...], rows: list[tuple[PackedText, ...]]) -> Iterator[PackedBlock]:
    """Yield a table that is too wide for a screen as one list a row, under its first cell; an empty cell is a dash."""
    for row in rows:
        cells = tuple(row[at] if at < len(row) else () for at in range(len(head)))
        if cells[0]:
            label = (*head[0], (": ", False, "")) if head[0] else ()
            yield ("paragraph", _merged(_strong((*label, *cells[0]))))
        items = tuple(_labelled(label, cell) for label, cell in zip(head[1:], cells[1:], strict=True) if label or cell)
        if items:
            yield ("bullets", items)


def _labelled(label: PackedText, cell: PackedText) -> PackedText:
    return _merged((*_strong((*label, (": ", False, ""))), *(cell or (("–", False, ""),)))) if label else cell


def _strong(text: PackedText) -> PackedText:
    return tuple((words, True, target) for words, _, target in text)
