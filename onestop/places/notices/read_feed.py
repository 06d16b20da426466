"""Read the body of a feed: GeoJSON or CSV."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from onestop.places.files.address_base import EAST, NORTH
from onestop.places.files.polygons import MissingLibrary, to_degrees
from onestop.places.near import Point
from onestop.places.notices.notice import Notice, NoticeKind

MOST = 5_000
"""Notices of one feed: a page of My area looks through all of them."""
LONGEST = 300
REFERENCE = ("reference", "permit_reference_number", "uid", "id")
TITLE = ("title", "description", "street_name", "name")
UNTIL = ("until", "end_date", "end-date", "proposed_end_date")
GRID = (("longitude", "latitude"), ("easting", "northing"), ("x_coordinate", "y_coordinate"))
"""Where easting and northing may stand: a GeoJSON file on the national grid has them where degrees are otherwise."""
LEAST_METRES = 1000
STREET = ("usrn", "street")
WARD = ("ward", "ward_code", "wd25cd")
WKT = re.compile(r"POINT ?\((-?[\d.]+) (-?[\d.]+)\)")


class UnreadableFeed(Exception):
    """Why a feed cannot be read: one line for the operator."""


def read_feed(body: bytes, kind: NoticeKind) -> Sequence[Notice]:
    """Return the notices of a feed; rows without reference, title or place are left out. Raises UnreadableFeed if none is left."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFeed("is not UTF-8") from None
    rows: Iterable[dict[str, Any]] = _features(text) if text.lstrip().startswith("{") else _csv_rows(text)
    listed = list(rows)
    found = {one.reference: one for row in _in_degrees(listed) if (one := _notice(row, kind))}
    if len(found) > MOST:
        raise UnreadableFeed(f"has more than {MOST:,} notices")
    if listed and not found:
        raise UnreadableFeed("has no row with `reference`, `title` and a place")
    return tuple(found.values())


def _features(text: str) -> Iterator[dict[str, Any]]:
    try:
        features = json.loads(text)["features"]
        for feature in features:
            row = {str(name).lower(): value for name, value in (feature["properties"] or {}).items()}
            if middle := _middle(feature.get("geometry") or {}):
                row["longitude"], row["latitude"] = middle
            yield row
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableFeed("is not a GeoJSON FeatureCollection") from None


def _middle(geometry: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return the mean of the corners of a geometry: the point itself, or about the middle of a line or an area. None if it has none."""
    corners: list[tuple[float, float]] = []
    left = [geometry.get("coordinates")]
    while left:
        one = left.pop()
        if isinstance(one, list) and len(one) >= 2 and all(isinstance(part, int | float) for part in one[:2]):
            corners.append((one[0], one[1]))
        elif isinstance(one, list):
            left.extend(one)
    try:
        return (
            (sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)) if corners else None
        )
    except OverflowError:
        return None


def _in_degrees(rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Return the rows with latitude and longitude, of which some may have easting and northing in their place. Raises UnreadableFeed."""
    on_grid = [(row, at) for row in rows if (at := _grid_point(row))]
    try:
        degrees = to_degrees(at for _, at in on_grid)
    except MissingLibrary as why:
        raise UnreadableFeed(f"is on the national grid: {why}") from None
    for (row, _), (latitude, longitude) in zip(on_grid, degrees, strict=True):
        row["latitude"], row["longitude"] = latitude, longitude
    return rows


def _grid_point(row: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return easting and northing in metres: degrees are never as large."""
    for east, north in GRID:
        try:
            at = float(row.get(east) or 0), float(row.get(north) or 0)
        except (TypeError, ValueError, OverflowError):
            continue
        if LEAST_METRES < at[0] <= EAST and LEAST_METRES < at[1] <= NORTH:
            return at
    return None


def _csv_rows(text: str) -> Iterable[dict[str, Any]]:
    reader = csv.reader(io.StringIO(text))
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if not set(names) & set(REFERENCE):
            raise UnreadableFeed("is neither GeoJSON nor CSV with a column `reference`")
        return [dict(zip(names, row, strict=False)) for row in reader if row]
    except csv.Error as wrong:
        raise UnreadableFeed(f"is not CSV: {wrong}") from None


def _notice(row: Mapping[str, Any], kind: NoticeKind) -> Notice | None:
    reference, title, point = _text(row, REFERENCE)[:40], _text(row, TITLE), _point(row)
    if not reference or not title or point is None:
        return None
    return Notice(
        kind, reference, title[:LONGEST], point, _text(row, WARD), _day(_text(row, UNTIL)), _number(_text(row, STREET))
    )


def _text(row: Mapping[str, Any], names: Sequence[str]) -> str:
    """Return the first value that is given, on one line and without control characters."""
    value = next((str(row[name]) for name in names if row.get(name)), "")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 8 else 0


def _point(row: Mapping[str, Any]) -> Point | None:
    found = WKT.match(str(row.get("point", "")))
    longitude, latitude = found.groups() if found else (row.get("longitude"), row.get("latitude"))
    try:
        point = Point(float(latitude or 0), float(longitude or 0))
    except (TypeError, ValueError, OverflowError):
        return None
    return point if 49 < point.latitude < 61 and -9 < point.longitude < 3 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
