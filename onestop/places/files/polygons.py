"""GeoJSON: polygons of wards, shapes of maps, and the ward of each point. Only imports need shapely and pyproj: a server needs neither."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from onestop.places.files.map_shapes import map_shapes
from onestop.places.imported import ImportedPlaces, Polygon

CODE, NAME = re.compile(r"wd\d\dcd|code|gss_code", re.IGNORECASE), re.compile(r"wd\d\dnm|name", re.IGNORECASE)
GRID, DEGREES = "EPSG:27700", "EPSG:4326"


class MissingLibrary(Exception):
    """A library that only imports need is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"this file needs the library {name}: pip install 'onestop[places]'")


def read_polygons(path: Path, file: str, into: ImportedPlaces) -> None:
    """Read the polygons of a GeoJSON file in WGS84 or, if its `crs` says so, on the national grid."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        features = data["features"]
        on_grid = "27700" in json.dumps(data.get("crs") or "")
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        into.refuse(file, getattr(wrong, "lineno", 1), "is not a GeoJSON FeatureCollection")
        return
    for number, feature in enumerate(features, 1):
        try:
            shapes = map_shapes(feature, partial(_points, on_grid=on_grid))
            into.shapes.extend(shapes)
            into.polygons.extend(() if shapes else _polygons(feature, on_grid=on_grid))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            into.fault(
                file,
                1,
                f"feature {number} is not a Polygon or MultiPolygon with a code, like WD25CD, in its properties, nor a line or water",
            )


def _polygons(feature: Any, *, on_grid: bool) -> list[Polygon]:
    properties, geometry = feature["properties"], feature["geometry"]
    code = next((str(value) for name, value in properties.items() if CODE.fullmatch(name)), "")
    if not code:
        raise ValueError("no code")
    name = next((str(value) for name, value in properties.items() if NAME.fullmatch(name)), code)
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(geometry["type"])
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [Polygon(code, name, tuple(_ring(ring, on_grid=on_grid) for ring in rings)) for rings in parts]


def _ring(ring: Sequence[Sequence[float]], *, on_grid: bool) -> tuple[tuple[float, float], ...]:
    if len(ring) < 4:
        raise ValueError("a ring has at least four points")
    return _points(ring, on_grid=on_grid)


def _points(line: Sequence[Sequence[float]], *, on_grid: bool) -> tuple[tuple[float, float], ...]:
    points = [(float(point[0]), float(point[1])) for point in line]
    return tuple((longitude, latitude) for latitude, longitude in to_degrees(points)) if on_grid else tuple(points)


def to_degrees(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Convert easting and northing of the national grid (OSGB36) to latitude and longitude (WGS84). Raises MissingLibrary."""
    listed = list(points)
    if not listed:
        return []
    try:
        from pyproj import Transformer
    except ImportError:
        raise MissingLibrary("pyproj") from None
    east, north = [point[0] for point in listed], [point[1] for point in listed]
    latitudes, longitudes = Transformer.from_crs(GRID, DEGREES).transform(east, north)
    return [
        (round(latitude, 7), round(longitude, 7)) for latitude, longitude in zip(latitudes, longitudes, strict=True)
    ]


def locate(into: ImportedPlaces) -> None:
    """Give every property its latitude and longitude, and its ward if there are polygons. Raises MissingLibrary."""
    on_grid = [uprn for uprn, one in into.premises.items() if not one.latitude and uprn in into.grid]
    for uprn, (latitude, longitude) in zip(on_grid, to_degrees(into.grid[uprn] for uprn in on_grid), strict=True):
        into.premises[uprn] = replace(into.premises[uprn], latitude=latitude, longitude=longitude)
    if into.polygons:
        _find_wards(into)


def _find_wards(into: ImportedPlaces) -> None:
    try:
        from shapely import Point, STRtree
        from shapely import Polygon as Shape
    except ImportError:
        raise MissingLibrary("shapely") from None
    tree = STRtree([Shape(polygon.rings[0], polygon.rings[1:]) for polygon in into.polygons])
    located = [one for one in into.located() if one.latitude]
    points = [Point(one.longitude, one.latitude) for one in located]
    for place, polygon in zip(*tree.query(points, predicate="intersects"), strict=True):
        one = located[place]
        into.premises[one.uprn] = replace(into.premises[one.uprn], ward=into.polygons[polygon].code)
