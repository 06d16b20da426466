"""A property as the answer to an address: its UPRN with its lines, and what is known of it, which conditions may compare.

It is {"uprn": 10090000007, "lines": ["14 Quay Street", "Eastmere", "EM4 2QT"], "at": [latitude, longitude], "ward": code, "parish":
code, "round": names, "flags": names}, of which all but the first two may be missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from onestop.journeys.values.answer import Answer

PARTS = ("ward", "parish", "round")
FLAGS = "flags"
"""What is true of the property, by name: council_owned."""


@dataclass(frozen=True, slots=True)
class PartValue:
    """What a part of a property is compared with; "" is any value. A part may have several."""

    part: str
    value: str

    def matches(self, answer: Answer) -> bool:
        there = answer.get(self.part) if isinstance(answer, Mapping) else None
        values = there if isinstance(there, (list, tuple)) else (there,)
        return self.value in values if self.value else any(values)


def is_property(answer: Answer) -> bool:
    return isinstance(answer, Mapping) and "uprn" in answer


def address_line(answer: Answer) -> str:
    """Return an address in one line, whether it is a property or was written by hand."""
    lines = answer.get("lines") if isinstance(answer, Mapping) else None
    return ", ".join(map(str, lines)) if isinstance(lines, (list, tuple)) else str(answer)
