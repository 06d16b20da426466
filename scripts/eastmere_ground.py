"""The ground of Eastmere, which is fictional: its wards as a grid of rectangles, and its map as GeoJSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

SOUTH, WEST, HIGH, WIDE = 52.900, -0.200, 0.090, 0.150
"""The corner and the size of the borough in degrees: about 10 km each way, on the coast of a county that does not exist."""
ACROSS, UP = 5, 4
WARDS = (
    "Northgate", "Fenwick", "Mill Hill", "Quayside", "Marine Parade", "Town Centre", "Priory", "Saltings", "Marsh Lane", "Abbey",
    "Castle", "Dunes", "Eastfield", "Lighthouse", "Orchard", "Ropewalk", "St Hilda's", "Warren", "Westfield", "Windmill",
)  # fmt: skip


def ward_at(latitude: float, longitude: float) -> str:
    column = min(ACROSS - 1, max(0, int((longitude - WEST) / WIDE * ACROSS)))
    row = min(UP - 1, max(0, int((latitude - SOUTH) / HIGH * UP)))
    return ward_code(row * ACROSS + column)


def ward_code(place: int) -> str:
    return f"E0509900{place + 1:d}" if place < 9 else f"E050990{place + 1:d}"


def write_wards(path: Path) -> None:
    """Write the wards as polygons, a grid of rectangles."""
    features = []
    for place, name in enumerate(WARDS):
        west, south = WEST + WIDE / ACROSS * (place % ACROSS), SOUTH + HIGH / UP * (place // ACROSS)
        east, north = west + WIDE / ACROSS, south + HIGH / UP
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        properties = {"WD25CD": ward_code(place), "WD25NM": name}
        features.append(
            {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        )
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def map_of(rows: Iterable[Mapping[str, str]]) -> list[dict[str, object]]:
    """Return the streets as lines from their first to their last address, main roads, a river and the sea, as GeoJSON features."""
    ends: dict[str, list[list[float]]] = {}
    names: dict[str, str] = {}
    for row in rows:
        at = [float(row["longitude"]), float(row["latitude"])]
        ends.setdefault(row["usrn"], [at, at])[1] = at
        names[row["usrn"]] = row["street_description"].title()
    features = [_feature("street", names[usrn], "LineString", line) for usrn, line in ends.items()]
    roads = {
        "Coast Road": [(0.9, 0.0), (0.86, 0.3), (0.9, 0.6), (0.85, 1.0)],
        "Westmarch Road": [(0.0, 0.55), (0.3, 0.5), (0.52, 0.5), (0.86, 0.42)],
        "Northgate Road": [(0.52, 0.5), (0.6, 0.75), (0.7, 1.0)],
        "Saltholme Road": [(0.52, 0.5), (0.4, 0.25), (0.2, 0.0)],
    }
    features += [_feature("road", name, "LineString", _degrees(line)) for name, line in roads.items()]
    sea = [(0.97, 0.0), (0.94, 0.3), (0.98, 0.6), (0.93, 1.0), (1.3, 1.3), (1.3, -0.3), (0.97, 0.0)]
    river = [
        (0.0, 0.7),
        (0.35, 0.62),
        (0.6, 0.33),
        (0.95, 0.27),
        (0.95, 0.3),
        (0.61, 0.35),
        (0.36, 0.64),
        (0.0, 0.72),
        (0.0, 0.7),
    ]
    return features + [
        _feature("water", name, "Polygon", [_degrees(ring)]) for name, ring in (("The Mere", river), ("Sea", sea))
    ]


def _degrees(line: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Return points that are given as parts of the borough's width and height."""
    return [[round(WEST + WIDE * x, 6), round(SOUTH + HIGH * y, 6)] for x, y in line]


def _feature(kind: str, name: str, form: str, coordinates: object) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"kind": kind, "name": name},
        "geometry": {"type": form, "coordinates": coordinates},
    }


def write_map(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": map_of(rows)}), encoding="utf-8")
