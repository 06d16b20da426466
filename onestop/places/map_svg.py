"""A map as SVG: streets and water of the gazetteer, numbered places, and where the resident is."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from onestop.places.map_shape import Box, MapShape
from onestop.places.near import DEGREE, Point

WIDTH, HEIGHT = 640, 420
"""Size of the picture in px."""
LEAST, MARGIN = 700.0, 0.16
"""Metres that a map shows at least, and the part of its size that is free around the outermost place."""
MOST_SHAPES, MOST_NAMES = 900, 14
LETTER = 6.2
"""Width of a letter of a street's name in px."""
STYLES = (
    "text{font:12px sans-serif;fill:#333}.s{stroke:#fff;stroke-width:4;fill:none}.r{stroke:#f4d58d;stroke-width:8;fill:none}"
    ".w{fill:#a9cfe0}.n{font:bold 21px sans-serif;fill:#fff;text-anchor:middle}.h{stroke:#f1eee6;stroke-width:3;paint-order:stroke}"
)


@dataclass(frozen=True, slots=True)
class MapView:
    """What a map shows: `south` and `west` are its corner in degrees, `scale` is px a metre."""

    south: float
    west: float
    scale: float

    @property
    def narrow(self) -> float:
        """Metres in a degree of longitude."""
        return DEGREE * math.cos(math.radians(self.south))

    @property
    def box(self) -> Box:
        north = self.south + HEIGHT / self.scale / DEGREE
        return Box(self.south, north, self.west, self.west + WIDTH / self.scale / self.narrow)

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Return the px of a point from the upper left corner."""
        x = (longitude - self.west) * self.narrow * self.scale
        return round(x), round(HEIGHT - (latitude - self.south) * DEGREE * self.scale)


def view_of(points: Sequence[Point]) -> MapView:
    """Return the view in which all points are seen, with room around them."""
    south, north = min(one.latitude for one in points), max(one.latitude for one in points)
    west, east = min(one.longitude for one in points), max(one.longitude for one in points)
    narrow = DEGREE * math.cos(math.radians(south))
    free = 1 - 2 * MARGIN
    wide = max(LEAST, (east - west) * narrow / free, (north - south) * DEGREE / free * WIDTH / HEIGHT)
    high = wide * HEIGHT / WIDTH
    return MapView((south + north - high / DEGREE) / 2, (west + east - wide / narrow) / 2, WIDTH / wide)


def draw_map(view: MapView, shapes: Sequence[MapShape], places: Sequence[Point], here: Point | None) -> str:
    """Return the SVG. Places are numbered from 1; the first is drawn last, above the others."""
    ordered = sorted(shapes, key=lambda one: (one.kind == "street", -_length(view, one)))[:MOST_SHAPES]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">',
        f'<style>{STYLES}</style><rect width="{WIDTH}" height="{HEIGHT}" fill="#e6e2d8"/>',
        *(_path(view, ordered, kind, name) for kind, name in (("water", "w"), ("street", "s"), ("road", "r"))),
        *_names(view, ordered, [view.place(one.longitude, one.latitude) for one in places]),
        *reversed([_pin(number, *view.place(one.longitude, one.latitude)) for number, one in enumerate(places, 1)]),
        *(_here(*view.place(here.longitude, here.latitude)) if here else ()),
        *_scale_bar(view),
        "</svg>",
    ]
    return "".join(parts)


def _path(view: MapView, shapes: Iterable[MapShape], kind: str, name: str) -> str:
    end = "Z" if kind == "water" else ""
    lines = (
        "M" + "L".join(f"{x} {y}" for x, y in (view.place(*at) for at in one.points)) + end
        for one in shapes
        if one.kind == kind
    )
    return f'<path class="{name}" d="{"".join(lines)}"/>'


def _length(view: MapView, shape: MapShape) -> float:
    """Return the px from the beginning to the end of a line."""
    return math.dist(view.place(*shape.points[0]), view.place(*shape.points[-1]))


def _names(view: MapView, shapes: Iterable[MapShape], taken: list[tuple[int, int]]) -> Iterator[str]:
    """Yield the names of the longest streets that have room, in the middle of each, and turned as it runs."""
    used: list[tuple[int, int]] = list(taken)
    for one in shapes:
        (x1, y1), (x2, y2) = sorted((view.place(*one.points[0]), view.place(*one.points[-1])))
        x, y = (x1 + x2) // 2, (y1 + y2) // 2
        wide = len(one.name) * LETTER
        inside = wide / 2 < x < WIDTH - wide / 2 and 20 < y < HEIGHT - 20
        if one.kind == "water" or not one.name or not inside or math.dist((x1, y1), (x2, y2)) < wide * 0.8:
            continue
        if any(abs(x - left) < wide and abs(y - top) < 44 for left, top in used):
            continue
        used.append((x, y))
        turned = round(math.degrees(math.atan2(y2 - y1, x2 - x1)))
        yield f'<text class="h" x="{x}" y="{y + 4}" text-anchor="middle" transform="rotate({turned} {x} {y})">{escape(one.name)}</text>'
        if len(used) - len(taken) == MOST_NAMES:
            return


def _pin(number: int, x: int, y: int) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="18" fill="#9c1f3c" stroke="#fff" stroke-width="3"/>'
        f'<text class="n" x="{x}" y="{y + 7}">{number}</text>'
    )


def _here(x: int, y: int) -> tuple[str]:
    """Return the mark of the resident, which differs from a place in shape as well as in colour."""
    return (f'<path d="M{x} {y - 14}l14 14-14 14-14-14z" fill="#1c4f9c" stroke="#fff" stroke-width="3"/>',)


def _scale_bar(view: MapView) -> Iterator[str]:
    metres = max(one for one in (100, 200, 500, 1000, 2000, 5000) if one * view.scale < 200 or one == 100)
    wide, y = round(metres * view.scale), HEIGHT - 14
    told = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
    yield f'<path d="M14 {y - 6}v6h{wide}v-6" fill="none" stroke="#333" stroke-width="2"/>'
    yield f'<text class="h" x="{wide + 22}" y="{y + 2}">{told}</text>'
