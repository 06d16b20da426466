"""What a map is drawn of: streets, main roads and water."""

from dataclasses import dataclass
from typing import Literal, get_args

ShapeKind = Literal["water", "road", "street"]
SHAPE_KINDS: tuple[ShapeKind, ...] = get_args(ShapeKind)


@dataclass(frozen=True, slots=True)
class MapShape:
    """`points` are longitude and latitude in WGS84 degrees: a line, or the edge of water."""

    kind: ShapeKind
    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in WGS84 degrees."""

    south: float
    north: float
    west: float
    east: float


def box_of(shape: MapShape) -> Box:
    longitudes, latitudes = [point[0] for point in shape.points], [point[1] for point in shape.points]
    return Box(min(latitudes), max(latitudes), min(longitudes), max(longitudes))
