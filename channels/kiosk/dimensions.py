"""Dimensions of everything on a kiosk page: mm from viewing distance and finger size, converted to px."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

from channels.measures import Face, Grid, Measures
from channels.text_metrics import width
from onestop.screen import Action, Code, Picture, Search

# EN 301 549, 5.1.4: at 600 mm a capital letter is at least 7.3 mm high, so no font below is smaller than 10.3 mm. Touch targets
# are at least 12.7 mm wide and high, 2.5 mm apart.
TARGET, GAP = 12.7, 2.5
# The highest point in mm above the floor that is reachable from a wheelchair.
REACH = 1220.0
LABEL = 0.32
"""The share of the width that the labels of facts take."""
NO_LIMIT = 99
LARGER, LINE = 1.28, 1.32
"""Factor of the larger text mode, in which only text grows, and of its lines to the font size at most: large letters need less
space between them.
"""


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
    "small": TypeSize(10.4, 14.4, strong=True),
    "bar": TypeSize(10.3, 12.9, strong=True),
    "key": TypeSize(13.3, 17, strong=True),
}
# Text with little room around it grows by a smaller factor.
LIMITED_GROWTH: Mapping[str, float] = {"bar": 1.03, "title": 1.15, "key": 1.15, "small": 1.15}


@dataclass(frozen=True, slots=True)
class Display:
    """The display of a kiosk: its px, px per mm (`density`), and mm from the floor to its lower edge."""

    width: int
    height: int
    density: float = 2.71
    floor: float = 700

    def px(self, mm: float) -> int:
        """Return a length in px, rounded up."""
        return ceil(mm * self.density - 1e-6)

    def unreachable(self) -> int:
        """Return the px at the top that are out of reach from a wheelchair."""
        return max(0, self.height - int((REACH - self.floor) * self.density))


@dataclass(frozen=True, slots=True)
class Dimensions:
    """All lengths in px.

    `head` and `bar` are heights. In the `low` mode there is no control in the upper `high` px. The page navigation is `foot` px high,
    or `rail` px wide at the side of a wide display. `columns` is the number of text columns; `tiles`, `abreast` (one more if there are
    many) and `letters` are the numbers of columns of menus. A `flat` tile has its icon beside its label, in a column of `side` px; a
    number takes `number` px. `button`, `letter` and `least` are heights of controls, `strip` of minor ones. The buttons of a form
    are `send` px wide and stand beside it; 0 puts them below it.
    """

    faces: Mapping[str, Face]
    width: int
    height: int
    wide: bool
    margin: int
    gap: int
    gutter: int
    low: bool
    high: int
    head: int
    bar: int
    foot: int
    rail: int
    columns: int
    tiles: int
    flat: bool
    abreast: int
    letters: int
    tile: int
    button: int
    letter: int
    least: int
    strip: int
    icon: int
    side: int
    number: int
    key: int
    send: int
    code: int
    picture: int

    def room(self, *, foot: bool) -> int:
        """Return the px between the margins, less the navigation at the side."""
        return self.width - 2 * self.margin - (self.rail + self.gutter if foot and self.rail else 0)

    @property
    def above_in_head(self) -> bool:
        """Whether the link to the section stands in the head, where a wide display has room beside the council's name."""
        return self.wide and not self.low

    def column(self, *, foot: bool) -> int:
        """Return the width of a text column in px."""
        return (self.room(foot=foot) - self.gutter * (self.columns - 1)) // self.columns

    def measures(self, width: int, height: float, abreast: int) -> Measures:
        """Return the measures for a box of `width` by `height` px whose menus have `abreast` columns."""
        columns = {"sections": self.tiles, "services": abreast, "related": abreast, "letters": self.letters}
        grids = {kind: Grid(self.tile, self.gap, count, NO_LIMIT) for kind, count in columns.items()}
        ways = self.button * (1 if self.wide else 2) + self.gap
        fixed = {
            Action: self.button + self.gap * 2,
            Search: ways + self.gap * 2,
            Picture: self.picture,
            Code: self.code,
        }
        return Measures(width, height, self.faces, grids, self.gap / 2, self.gap * 2, LABEL, fixed=fixed, splits=True)


# In mm: on a portrait display, on a landscape one.
SIZES: Mapping[str, tuple[float, float]] = {
    "margin": (20, 20),
    "gap": (7, 7),
    "gutter": (18, 18),
    "head": (48, 30),
    "bar": (88, 46),
    "foot": (46, 0),
    "rail": (0, 100),
    "button": (40, 40),
    "letter": (60, 40),
    "least": (31, 31),
    "strip": (20, 20),
    "icon": (22, 22),
    "side": (25, 25),
    "key": (33, 23),
    "send": (0, 150),
    "code": (250, 160),
    "picture": (150, 110),
}
# Replacements at higher densities, for content that must fit one page.
NEAR: Mapping[str, tuple[float, float]] = {"gap": (5.5, 5.5), "button": (30, 27), "least": (24, 24), "key": (27, 19)}
CLOSE: Mapping[str, tuple[float, float]] = {
    "margin": (16, 16),
    "gap": (4, 4),
    "button": (22, 22),
    "least": (18, 17),
    "icon": (17, 17),
    "key": (22, 17),
    "send": (0, 140),
}
CLOSER: tuple[Mapping[str, tuple[float, float]], ...] = ({}, NEAR, CLOSE, CLOSE, CLOSE)
CLOSEST = 4
"""The highest density: text has the smallest permitted size. From one step below it the larger text mode is ignored."""
LEAST, LEAST_LINE = 10.3, 12.9


def look(glass: Display, *, larger: bool, low: bool, close: int = 0) -> Dimensions:
    """Return the dimensions of a page on a display. `low` keeps controls within reach; `close` is the density, 0 to CLOSEST."""
    wide = glass.width > glass.height
    larger = larger and close < CLOSEST - 1
    sizes = {**SIZES, **CLOSER[close]}
    flat = wide or larger
    across = glass.width / glass.density
    faces = {name: _face(glass, name, _closer(kind, close), larger) for name, kind in TYPES.items()}
    return Dimensions(
        faces=faces,
        width=glass.width,
        height=glass.height,
        wide=wide,
        low=low,
        high=glass.unreachable() if low else 0,
        columns=1 + wide,
        tiles=max(1, int(across / (170 if flat else 132)) - wide),
        flat=flat,
        abreast=1 + wide,
        letters=max(1, int(across / 62)),
        tile=glass.px(46 if flat else 80),
        number=ceil(width("0000", faces["small"].size, True)),
        **{name: glass.px(lying if wide else standing) for name, (standing, lying) in sizes.items()},
    )


def _closer(kind: TypeSize, close: int) -> TypeSize:
    """Return a text style with less space around it, at the highest density also in the smallest permitted font size."""
    if not close:
        return kind
    size = LEAST if close >= CLOSEST else kind.size
    line = LEAST_LINE if close >= CLOSEST else min(kind.line, kind.size * 1.3)
    return replace(kind, size=size, line=line, before=kind.before / 3, padding=kind.padding / 2)


def _face(glass: Display, name: str, kind: TypeSize, larger: bool) -> Face:
    grown = LIMITED_GROWTH.get(name, LARGER) if larger else 1
    px = glass.px
    line = min(kind.line * grown, max(kind.line, kind.size * grown * LINE)) if larger else kind.line
    return Face(px(kind.size * grown), px(line), px(kind.before), px(kind.inset), px(kind.padding), kind.strong)
