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
    """Yield a table that is too wide for a screen as one list a row, under the text of its first cell."""
    for row in rows:
        first = row[0] if row else ()
        if first:
            yield ("paragraph", tuple((text, True, target) for text, _, target in first))
        items = tuple(
            _merged((*((text, True, target) for text, _, target in label), (": ", True, ""), *cell)) if label else cell
            for label, cell in zip(head[1:], row[1:], strict=False)
            if cell
        )
        if items:
            yield ("bullets", items)
