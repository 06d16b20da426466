"""The text styles of a kiosk page in mm, and the four sizes of its text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from channels.measures import Face

LINE = 1.27
"""Line height to font size at most, in text that has grown: large letters need less space between lines."""


@dataclass(frozen=True, slots=True)
class TypeSize:
    """A text style in mm: font size, line height, margin before the block, width lost to insets, height added by padding."""

    size: float
    line: float
    before: float = 0
    inset: float = 0
    padding: float = 0
    strong: bool = False


TYPES: Mapping[str, TypeSize] = {
    "paragraph": TypeSize(12.2, 17.3, before=5.9),
    "lead": TypeSize(13.3, 18.5, before=5.9),
    "item": TypeSize(12.2, 17.3, before=5.9, inset=17),
    "note": TypeSize(12.2, 17.3, before=7.4, inset=37, padding=13),
    "heading": TypeSize(15.9, 20.3, before=9.6, strong=True),
    "subheading": TypeSize(13.7, 18.1, before=8.1, strong=True),
    "fact": TypeSize(11.8, 16.9, before=16, inset=22, padding=4.4),
    "cell": TypeSize(11.4, 16.4, before=8.9, padding=5.9),
    "caption": TypeSize(11.8, 16, padding=4.4, strong=True),
    "menu": TypeSize(13.7, 18.1, before=8.1, padding=5.9, strong=True),
    "label": TypeSize(12.5, 16.2, strong=True),
    "dense": TypeSize(11.4, 15, strong=True),
    "summary": TypeSize(10.7, 14.4),
    "title": TypeSize(20.7, 24.8, strong=True),
    "alert": TypeSize(12.2, 16.6, strong=True),
    "framed": TypeSize(12.2, 17.3, strong=True),
    "small": TypeSize(10.4, 14.4, strong=True),
    "bar": TypeSize(10.3, 12.9, strong=True),
    "key": TypeSize(13.3, 17, strong=True),
}
MOST_GROWTH: Mapping[str, float] = {"framed": 1.28, "alert": 1.3, "bar": 1.03, "small": 1.15, "key": 1.15}
"""The most by which text with little room around it grows."""


@dataclass(frozen=True, slots=True)
class TextSize:
    """A size of text: the factors of text and of titles, and the widths in mm of menu tiles and of letters.

    `stacked` is a table as a list of its rows, facts of an upright display with their label above, and one column on a wide display.
    """

    growth: float = 1
    title: float = 1
    tile: float = 170
    letter: float = 62
    stacked: bool = False


TEXT_SIZES: Mapping[str, TextSize] = {
    "": TextSize(),
    "large": TextSize(1.28, 1.15),
    "larger": TextSize(1.6, 1.25, tile=240, letter=70, stacked=True),
    "largest": TextSize(2, 1.35, tile=280, letter=80, stacked=True),
}
"""By display mode, from the usual size up. The largest doubles running text (WCAG 2.2, 1.4.4)."""
CLOSEST = 4
"""The highest density: text has the smallest permitted size."""
LEAST, LEAST_LINE = 10.3, 12.9


def densities(mode: str) -> tuple[tuple[int, str], ...]:
    """Return the densities of a page with their text sizes, the most generous first. Text shrinks only where less space is not enough."""
    smaller = list(TEXT_SIZES)[: list(TEXT_SIZES).index(mode)]
    return (*((close, mode) for close in range(3)), *((2, size) for size in smaller[:0:-1]), (3, ""), (CLOSEST, ""))


def types_at(close: int) -> Mapping[str, TypeSize]:
    """Return the text styles at a density, 0 to CLOSEST."""
    return {name: _closer(kind, close) for name, kind in TYPES.items()}


def face(px: Callable[[float], int], name: str, kind: TypeSize, text: TextSize) -> Face:
    """Return a text style in px."""
    grown = text.title if name == "title" else min(text.growth, MOST_GROWTH.get(name, text.growth))
    line = min(kind.line * grown, max(kind.line, kind.size * grown * LINE)) if grown > 1 else kind.line
    return Face(px(kind.size * grown), px(line), px(kind.before), px(kind.inset), px(kind.padding), kind.strong)


def _closer(kind: TypeSize, close: int) -> TypeSize:
    """Return a text style with less space around it, at the highest density also in the smallest permitted font size."""
    if not close:
        return kind
    size = LEAST if close >= CLOSEST else kind.size
    line = LEAST_LINE if close >= CLOSEST else min(kind.line, kind.size * 1.3)
    return replace(kind, size=size, line=line, before=kind.before / 3, padding=kind.padding / 2)
