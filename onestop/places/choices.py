"""A long list as a tree of short ones, for devices on which one digit chooses."""

from collections.abc import Sequence
from dataclasses import dataclass

FAN_OUT = 5
"""The most rows of a list: with one more for a button they fit a television page."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of a list, from `start` to before `end`."""

    start: int
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start


def parts_of(within: ListPart, fan_out: int = FAN_OUT) -> Sequence[ListPart]:
    """Return the parts to choose from, at most `fan_out`: single rows if they fit, else parts of equal depth."""
    step = 1
    while step * fan_out < within.size:
        step *= fan_out
    return tuple(ListPart(start, min(start + step, within.end)) for start in range(within.start, within.end, step))


def path_to(place: int, size: int, fan_out: int = FAN_OUT) -> tuple[int, ...]:
    """Return the rows to choose, one a list and counted from 1, to reach the item at `place` of a list of `size`."""
    at, rows = ListPart(0, size), []
    while at.size > 1:
        for row, part in enumerate(parts_of(at, fan_out), 1):
            if part.start <= place < part.end:
                at = part
                rows.append(row)
                break
    return tuple(rows) or (1,)
