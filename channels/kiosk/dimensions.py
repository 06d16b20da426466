"""Dimensions of everything on a kiosk page: mm from viewing distance and finger size, converted to px."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from channels.kiosk.text_sizes import TextSize, face, types_at
from channels.measures import Face, Grid, Measures
from channels.text_metrics import width
from onestop.screen import Action, Picture, Search

# EN 301 549, 5.1.4: at 600 mm a capital letter is at least 7.3 mm high, so no font below is smaller than 10.3 mm. Touch targets
# are at least 12.7 mm wide and high, 2.5 mm apart.
TARGET, GAP = 12.7, 2.5
# The highest point in mm above the floor that is reachable from a wheelchair.
REACH = 1220.0
LABEL, WIDE_LABEL = 0.32, 0.4
"""The share of the width that the labels of facts take: more in a column of a wide display in larger text, which breaks no word."""
NO_LIMIT = 99
SEARCH_LINKS = 4


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

    `head` and `bar` are heights. In the `low` mode there is no control in the upper `high` px. The page navigation is `foot` px
    high, or `rail` px wide at the side of a wide display. `columns` is the number of text columns; `tiles`, `abreast`
    (`most_abreast` if there are many items), `letters` and `links` (of a search) are the numbers of columns of menus. `label` is
    the share of a fact's width that its label takes, unless it is `above` the text. A `stacked` table is a list of its rows. On a
    `brief` display all pages but the first have their title in the head. A `flat` tile has its icon beside its label, in a column
    of `side` px; a number takes `number` px. `button`, `letter` and
    `least` are heights of controls, `strip` of minor ones. The buttons of a form are `send` px wide and stand beside it; 0 puts
    them below it.
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
    most_abreast: int
    letters: int
    label: float
    links: int
    stacked: bool
    above: bool
    brief: bool
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

    def measures(self, width: int, height: float, abreast: int, tiles: int = 0) -> Measures:
        """Return the measures for a box of `width` by `height` px whose menus have `abreast` columns, and `tiles` more of tiles."""
        columns = {"sections": self.tiles + tiles, "services": abreast, "related": abreast, "letters": self.letters}
        grids = {kind: Grid(self.tile, self.gap, count, NO_LIMIT) for kind, count in columns.items()}
        ways = (self.button + self.gap) * -(-SEARCH_LINKS // self.links)
        fixed = {
            Action: self.button + self.gap * 2,
            Search: ways + self.gap,
            Picture: self.picture,
        }
        return Measures(
            width, height, self.faces, grids, self.gap / 2, self.gap * 2, self.label, fixed=fixed, splits=True
        )


RAIL, TILE = 100, 132
"""Mm of the navigation at the side of a wide display, and of the width of a tile with its icon above the label."""
# In mm: on a portrait display, on a landscape one.
SIZES: Mapping[str, tuple[float, float]] = {
    "margin": (20, 20),
    "gap": (7, 7),
    "gutter": (18, 18),
    "head": (48, 30),
    "bar": (88, 46),
    "foot": (46, 0),
    "rail": (0, RAIL),
    "button": (40, 40),
    "letter": (60, 40),
    "least": (31, 31),
    "strip": (20, 20),
    "icon": (22, 22),
    "side": (25, 25),
    "key": (33, 23),
    "send": (0, 150),
    "code": (88, 76),
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


def look(glass: Display, text: TextSize, *, low: bool, close: int = 0) -> Dimensions:
    """Return the dimensions of a page on a display. `low` keeps controls within reach; `close` is the density, 0 to CLOSEST."""
    wide = glass.width > glass.height
    sizes = {**SIZES, **CLOSER[close]}
    flat = wide or text.growth > 1
    across = glass.width / glass.density - (RAIL if wide else 0)
    faces = {name: face(glass.px, name, kind, text) for name, kind in types_at(close).items()}
    columns = 1 + (wide and not text.stacked)
    return Dimensions(
        faces=faces,
        width=glass.width,
        height=glass.height,
        wide=wide,
        low=low,
        high=glass.unreachable() if low else 0,
        columns=columns,
        tiles=max(1, int(across / (text.tile if flat else TILE))),
        flat=flat,
        abreast=columns,
        most_abreast=columns if text.stacked else columns + 1,
        letters=max(1, int(across / text.letter)),
        label=WIDE_LABEL if wide and text.growth > 1 else LABEL,
        links=(4 if wide else 2) // (1 + text.stacked),
        stacked=text.stacked,
        above=text.stacked and not wide,
        brief=wide and not low and text.growth > 1,
        tile=glass.px(46 if flat else 80),
        number=ceil(width("0000", faces["small"].size, True)),
        **{name: glass.px(lying if wide else standing) for name, (standing, lying) in sizes.items()},
    )
