"""The events that are counted, and the buckets of how long they took and how many presses."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from onestop.catalogue.source.values import STANDARD_DAYS

EventKind = Literal[
    "started", "completed", "given up", "moved", "seconds", "presses", "delivered", "first contact", "helped"
]
"""`started` is a first answer, `completed` a case, `given up` a draft that was erased unsent, `moved` a draft taken to another device,
`delivered` a case that every destination has. `seconds` and `presses` are those of a completed journey.
"""
MINUTE, HOUR, DAY = 60, 3600, 86400
SECONDS = (30, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, HOUR, 2 * HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY)
"""Upper edges of the buckets of a journey's time, in seconds."""
PRESSES = (*range(1, 21), 25, 30, 40, 50, 75, 100, 200)
"""Upper edges of the buckets of a journey's presses."""
DELIVERY = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, *(days * DAY for days in STANDARD_DAYS))
"""Upper edges of the buckets of a delivery's time, in seconds; a standard is a number of days that is one of them."""
EDGES: dict[EventKind, tuple[int, ...]] = {"seconds": SECONDS, "presses": PRESSES, "delivered": DELIVERY}
MORE = "more"
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """`subject` is the name of a journey, or the address of a service without one.

    `detail` is the last question answered of a draft given up, the channel that one was moved to, the bucket of a time or of presses,
    and whether it was "yes" or "no".
    """

    subject: str
    channel: str
    kind: EventKind
    detail: str = ""


def bucket(kind: EventKind, value: int) -> str:
    """Return the upper edge of the bucket that holds a value, as text; `MORE` above the last."""
    edges = EDGES[kind]
    place = bisect_left(edges, value)
    return str(edges[place]) if place < len(edges) else MORE


def median_of(buckets: dict[str, int], least: int) -> int | None:
    """Return the upper edge of the bucket that holds the median; None with fewer than `least` values, or above the last edge."""
    total, passed = sum(buckets.values()), 0
    if total < least:
        return None
    for edge in sorted((edge for edge in buckets if edge != MORE), key=int):
        passed += buckets[edge]
        if 2 * passed >= total:
            return int(edge)
    return None
