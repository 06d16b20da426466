"""Read the body of a feed: GeoJSON or CSV."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from onestop.places.near import Point
from onestop.places.notices.notice import Notice, NoticeKind

MOST = 20_000
"""Notices of one feed."""
LONGEST = 300
REFERENCE = ("reference", "permit_reference_number", "uid", "id")
TITLE = ("title", "description", "street_name", "name")
UNTIL = ("until", "end_date", "end-date", "proposed_end_date")
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
    rows = _features(text) if text.lstrip().startswith("{") else _csv_rows(text)
    given = 0
    found: dict[str, Notice] = {}
    for row in rows:
        given += 1
        one = _notice(row, kind)
        if one and len(found) < MOST:
            found[one.reference] = one
    if given and not found:
        raise UnreadableFeed("has no row with `reference`, `title` and a place")
    return tuple(found.values())


def _features(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        features = json.loads(text)["features"]
        for feature in features:
            row = {str(name).lower(): value for name, value in (feature["properties"] or {}).items()}
            geometry = feature.get("geometry") or {}
            if geometry.get("type") == "Point":
                row["longitude"], row["latitude"] = geometry["coordinates"][:2]
            yield row
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableFeed("is not a GeoJSON FeatureCollection") from None


def _csv_rows(text: str) -> Iterable[Mapping[str, Any]]:
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
    except (TypeError, ValueError):
        return None
    return point if 49 < point.latitude < 61 and -9 < point.longitude < 3 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
