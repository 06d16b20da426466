"""Check that the wards, rounds and bins which conditions of journeys name are those of the other files of the content folder."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from onestop.authoring.faults import Fault, nearest
from onestop.journeys.journey import Journey
from onestop.journeys.values.property import PartValue
from onestop.journeys.walk.answer_classes import comparisons


@dataclass(frozen=True, slots=True)
class PartNames:
    """The names that a part of an address may have, and the file that declares them."""

    file: str
    names: Collection[str]


def part_name_faults(journeys: Mapping[str, Journey], known: Mapping[str, PartNames], label: str) -> Iterator[Fault]:
    """Yield a fault for each name that no file declares, at its first place in the journey's file. `label` is the content folder's."""
    for journey in journeys.values():
        for value in _part_values(journey):
            name = value.value.partition("-")[2] if value.part == "due" else value.value
            there = known.get(value.part)
            if name and "{" not in name and there and there.names and name not in there.names:
                line, column = _position(journey.source, value.value)
                message = f"{there.file} has no `{name}`{nearest(name, there.names)}"
                yield Fault(f"{label}/journeys/{journey.name}.yaml", line, column, message)


def _part_values(journey: Journey) -> Iterator[PartValue]:
    found = dict.fromkeys(value for those in comparisons(journey).values() for one in those for value in one.values)
    yield from (value for value in found if isinstance(value, PartValue))


def _position(source: str, text: str) -> tuple[int, int]:
    """Return line and column of a word of a file, from 1."""
    found = re.search(rf"(?<![\w-]){re.escape(text)}(?![\w-])", source)
    before = source[: found.start()] if found else ""
    return before.count("\n") + 1, len(before) - before.rfind("\n")
