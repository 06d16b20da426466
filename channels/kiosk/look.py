"""How large everything on a kiosk is: millimetres by the distance of the eye and the size of a finger, turned into px."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from channels.heights import Face, Grid, Measures
from onestop.screen import Action, Code, Picture, Search

# EN 301 549, 5.1.4: seen from 600 mm a capital is at least 7.3 mm high. In the fonts we ask for it is 0.71 of the type size.
CAPITAL = 7.3
LEAST_TYPE = CAPITAL / 0.71
TARGET, GAP = 12.7, 2.5
# The highest that somebody who sits can reach.
REACH = 1220.0
LABEL = 0.32
"""The share of a list of facts that its labels take."""
MOST = 99
LARGER = 1.28
"""By how much letters grow when a visitor asks for it; what is no text keeps its size."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type in mm: `size`, `line`, what stands `before` the block, what is lost at its side and added to its height."""

    size: float
    line: float
    before: float = 0
    inset: float = 0
    padding: float = 0
    strong: bool = False


TYPES: Mapping[str, Type] = {
    "paragraph": Type(13.3, 18.8, before=6.6),
    "lead": Type(14.8, 20.6, before=6.6),
    "item": Type(13.3, 18.8, before=6.6, inset=18),
    "note": Type(13.3, 18.8, before=8.8, inset=29, padding=17),
    "heading": Type(17, 22, before=11.8, padding=1, strong=True),
    "subheading": Type(14.4, 19.2, before=10.3, strong=True),
    "fact": Type(12.2, 16.6, before=19, inset=26.6, padding=5.9),
    "cell": Type(11.8, 15.9, before=11.8, padding=7.4),
    "caption": Type(12.2, 16.6, padding=5.9, strong=True),
    "menu": Type(14.4, 19.2, before=8.8, padding=5.9, strong=True),
    "label": Type(13.3, 17.3, strong=True),
    "summary": Type(10.7, 14.8),
    "title": Type(20.7, 24.8, strong=True),
    "alert": Type(12.2, 16.6, strong=True),
    "small": Type(10.4, 14.4),
    "bar": Type(10.3, 12.9),
    "key": Type(13.3, 17),
}
# These must keep to the place they have: they grow by less.
HELD: Mapping[str, float] = {"bar": 1.08, "title": 1.15, "key": 1.15, "small": 1.15}


@dataclass(frozen=True, slots=True)
class Glass:
    """The screen of one apparatus: its px, px a mm, and how many mm its lower edge is above the floor."""

    width: int
    height: int
    density: float = 2.71
    floor: float = 700

    def px(self, mm: float) -> int:
        """Never less than was asked for."""
        return ceil(mm * self.density - 1e-6)

    def unreachable(self) -> int:
        """How many px at the top are too high for somebody who sits."""
        return max(0, self.height - int((REACH - self.floor) * self.density))


@dataclass(frozen=True, slots=True)
class Look:
    """Everything in px. `top` is how high the head is; `columns` how many columns of text stand beside each other."""

    faces: Mapping[str, Face]
    margin: int
    gap: int
    top: int
    bar: int
    foot: int
    button: int
    least: int
    icon: int
    side: int
    tile: int
    tiles: int
    rows: int
    letters: int
    columns: int
    gutter: int
    key: int
    code: int
    picture: int
    wide: bool
    width: int
    height: int

    @property
    def room(self) -> int:
        """Px from one margin to the other."""
        return self.width - 2 * self.margin

    @property
    def column(self) -> int:
        """Px that a line of text has."""
        return (self.room - self.gutter * (self.columns - 1)) // self.columns

    def measures(self, width: int, height: float) -> Measures:
        """What text is cut by, on a page with a box of `width` and `height` px."""
        beside = self.rows if width > self.column else 1
        columns = {"sections": self.tiles, "services": beside, "related": beside, "letters": self.letters}
        grids = {kind: Grid(self.tile, self.gap, count, MOST) for kind, count in columns.items()}
        ways = self.button * (1 if self.wide else 2) + self.gap
        fixed = {
            Action: self.button + self.gap * 2,
            Search: ways + self.gap * 2,
            Picture: self.picture,
            Code: self.code,
        }
        return Measures(width, height, self.faces, grids, self.gap / 2, self.gap * 2, LABEL, fixed=fixed)


def look(glass: Glass, *, larger: bool, low: bool) -> Look:
    """The look of a page on a screen, in larger letters or with everything to touch within reach."""
    px, wide = glass.px, glass.width > glass.height
    top = px(36 if wide else 51)
    across = glass.width / glass.density
    return Look(
        faces={name: _face(glass, name, kind, larger) for name, kind in TYPES.items()},
        margin=px(21),
        gap=px(7),
        top=max(top, glass.unreachable()) if low else top,
        bar=px(53 if wide else 88),
        foot=px(46),
        button=px(40),
        least=px(31),
        icon=px(22),
        side=px(34),
        tile=px(80 if wide else 88),
        tiles=max(1, int(across / (170 if larger else 132))),
        rows=2 if wide else 1,
        letters=max(1, int(across / 62)),
        columns=2 if wide else 1,
        gutter=px(24),
        key=px(25 if wide else 33),
        code=px(140 if wide else 190),
        picture=px(150),
        wide=wide,
        width=glass.width,
        height=glass.height,
    )


def _face(glass: Glass, name: str, kind: Type, larger: bool) -> Face:
    grown = HELD.get(name, LARGER) if larger else 1
    px = glass.px
    return Face(
        px(kind.size * grown), px(kind.line * grown), px(kind.before), px(kind.inset), px(kind.padding), kind.strong
    )
