"""The measures of a page on a device: content box, text styles, menu grids and limits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf

from onestop.screen import Block


@dataclass(frozen=True, slots=True)
class Face:
    """A text style in px: font size, line height, margin before the block, width lost to insets, height added by padding."""

    size: float
    line: float
    before: float = 0
    inset: float = 0
    padding: float = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of a menu: `row` px high with `gap` px between, in `columns` columns, at most `most` items on a page.

    A label wider than `label` px wraps to another line of its row; 0 means that labels never wrap.
    """

    row: float
    gap: float
    columns: int
    most: int
    label: float = 0


@dataclass(frozen=True, slots=True)
class Measures:
    """The content box of a page in px, its text styles by name, its menu grids by kind, and the limits of a page.

    `item_gap` is the px between list items, `cell` the horizontal padding of a table cell in px, `label` the share of the width that
    labels of facts take. `fixed` holds the heights of blocks that never vary; a block type with no height gets a page of its own.
    A page has at most `most_words` words, `most_lines` lines of running text and `most_weight` bytes as estimated by `weigh`.
    `first` is the height in px and the weight in bytes that the first `firsts` pages have less than the others. `repeats` is whether a page
    begins with the heading of the text that it continues, `splits` whether a paragraph may go over a page end between sentences.
    """

    width: float
    height: float
    faces: Mapping[str, Face]
    menus: Mapping[str, Grid]
    item_gap: float = 0
    cell: float = 24
    label: float = 0.3
    most_words: int = 100_000
    most_lines: int = 100_000
    most_weight: float = inf
    weigh: Callable[[Block], float] = lambda block: 0
    first: tuple[float, float] = (0, 0)
    firsts: int = 1
    repeats: bool = True
    splits: bool = False
    fixed: Mapping[type, float] = field(default_factory=dict)
    own: Mapping[type, Callable[..., float]] = field(default_factory=dict)
    """Height functions that replace the default ones for block types which the device draws differently."""
