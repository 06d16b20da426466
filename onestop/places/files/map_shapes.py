"""Streets, roads and water of a GeoJSON file, to draw maps of."""

from collections.abc import Sequence
from typing import Any

from onestop.places.map_shape import SHAPE_KINDS, MapShape, ShapeKind

NAMES = ("name", "name1", "street", "roadname1", "name_1")


def map_shapes(feature: Any, to_points: Any) -> Sequence[MapShape]:
    """Return the shapes of a feature: every line is a street or, by its property `kind`, a road; a polygon is water if its kind is.

    `to_points` converts a list of coordinates. Raises ValueError, KeyError or TypeError for a feature that is no such thing.
    """
    properties, geometry = feature["properties"] or {}, feature["geometry"]
    lowered = {str(name).lower(): value for name, value in properties.items()}
    given = str(lowered.get("kind", "")).lower()
    kind: ShapeKind = next((one for one in SHAPE_KINDS if one == given), "street")
    name = str(next((lowered[one] for one in NAMES if lowered.get(one)), ""))
    return [MapShape(kind, name, tuple(to_points(line))) for line in _lines(geometry, kind)]


def _lines(geometry: Any, kind: ShapeKind) -> list[Any]:
    form, coordinates = geometry["type"], geometry["coordinates"]
    if form == "LineString":
        return [coordinates]
    if form == "MultiLineString":
        return list(coordinates)
    if form == "Polygon" and kind == "water":
        return [coordinates[0]]
    if form == "MultiPolygon" and kind == "water":
        return [rings[0] for rings in coordinates]
    return []
