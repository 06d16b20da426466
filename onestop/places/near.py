"""The facilities around a point, the nearest first."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onestop.places.facility import Facility

DIRECTIONS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
DEGREE = 111_320.0
"""Metres in a degree of latitude."""


@dataclass(frozen=True, slots=True)
class Point:
    """WGS84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class NearFacility:
    """`metres` is None if nobody said from where."""

    facility: Facility
    metres: float | None


def distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the metres between two near points, on a plane: true to a metre within a borough."""
    high = (other_latitude - latitude) * DEGREE
    wide = (other_longitude - longitude) * DEGREE * math.cos(math.radians((latitude + other_latitude) / 2))
    return math.hypot(high, wide)


def near(facilities: Iterable[Facility], point: Point | None, *, step_free: bool = False) -> Sequence[NearFacility]:
    """Return facilities, the nearest first; without a point in their own order. With `step_free` those without steps come first."""
    found = [NearFacility(one, _metres(one, point)) for one in facilities]
    return sorted(found, key=lambda one: (step_free and not one.facility.step_free, one.metres or 0.0))


def nearest_of_each_kind(facilities: Iterable[Facility], point: Point) -> Sequence[NearFacility]:
    """Return the nearest facility of each kind, the nearest first."""
    found: dict[str, NearFacility] = {}
    for one in near(facilities, point):
        found.setdefault(one.facility.kind, one)
    return tuple(found.values())


def direction(here: Point, there: Point) -> str:
    """Return in which of eight directions a point is: "N", "NE" and so on."""
    wide = (there.longitude - here.longitude) * math.cos(math.radians(here.latitude))
    turned = math.degrees(math.atan2(wide, there.latitude - here.latitude))
    return DIRECTIONS[round(turned / 45) % 8]


def middle(points: Iterable[Point]) -> Point | None:
    """Return the middle of some points, or None if there are none."""
    known = [point for point in points if point.latitude]
    if not known:
        return None
    return Point(sum(one.latitude for one in known) / len(known), sum(one.longitude for one in known) / len(known))


def _metres(one: Facility, point: Point | None) -> float | None:
    return distance(point.latitude, point.longitude, one.latitude, one.longitude) if point else None
