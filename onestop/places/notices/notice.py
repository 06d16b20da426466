"""Notices, and the board that holds the current ones."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from onestop.places.near import DEGREE, Point, distance

NoticeKind = Literal["planning", "roadworks"]
NOTICE_KINDS: tuple[NoticeKind, ...] = get_args(NoticeKind)


@dataclass(frozen=True, slots=True)
class Notice:
    """`ward` is a GSS code or "", `street` the USRN of its street or 0. After the day `until` it is shown no more."""

    kind: NoticeKind
    reference: str
    title: str
    point: Point
    ward: str = ""
    until: date | None = None
    street: int = 0

    @property
    def slug(self) -> str:
        """Return the reference as a segment of an address: "26-01100-fu"."""
        return re.sub(r"[^a-z0-9]+", "-", self.reference.lower()).strip("-")

    def is_current(self, today: date) -> bool:
        return self.until is None or self.until >= today


@dataclass(slots=True)
class NoticeBoard:
    """The notices of each feed, as they were last read."""

    by_feed: dict[str, Sequence[Notice]] = field(default_factory=dict)

    def current(self, kind: NoticeKind, today: date) -> Sequence[Notice]:
        every: Iterable[Notice] = (one for notices in self.by_feed.values() for one in notices)
        return [one for one in every if one.kind == kind and one.is_current(today)]

    def near(self, kind: NoticeKind, here: Point, metres: float, today: date) -> Sequence[tuple[float, Notice]]:
        """Return the notices within so many metres with their distance, the nearest first."""
        reach = metres / DEGREE
        found = [
            (distance(here.latitude, here.longitude, one.point.latitude, one.point.longitude), one)
            for one in self.current(kind, today)
            if abs(one.point.latitude - here.latitude) <= reach
        ]
        return sorted((one for one in found if one[0] <= metres), key=lambda one: one[0])

    def in_street(self, kind: NoticeKind, usrn: int, today: date) -> Sequence[Notice]:
        """Return the notices in a street."""
        return [one for one in self.current(kind, today) if usrn and one.street == usrn]
