"""Check that the wards, rounds and bins which conditions of journeys name are those of the other files of the content folder."""

import re
from collections.abc import Collection, Iterator, Mapping

from onestop.authoring.faults import Fault, nearest
from onestop.journeys.journey import Journey
from onestop.journeys.values.property import PartValue
from onestop.journeys.walk.answer_classes import comparisons
from onestop.site.local import LocalContent

FILES = {"ward": "places/wards.yaml", "round": "collections/rounds.yaml", "bins": "collections/rounds.yaml"}
FILES |= {"due": FILES["bins"]}


def part_name_faults(journeys: Mapping[str, Journey], local: LocalContent, label: str) -> Iterator[Fault]:
    """Yield a fault for each name that no file declares, at its first place in the journey's file. `label` is the content folder's."""
    bins = local.schedule.bins
    known: Mapping[str, Collection[str]] = {
        "ward": local.places.wards, "round": local.schedule.rounds, "bins": bins, "due": bins,
    }  # fmt: skip
    for journey in journeys.values():
        for value in _part_values(journey):
            name = value.value.partition("-")[2] if value.part == "due" else value.value
            there = known.get(value.part, ())
            if name and "{" not in name and there and name not in there:
                line, column = _position(journey.source, value.value)
                message = f"{FILES[value.part]} has no `{name}`{nearest(name, there)}"
                yield Fault(f"{label}/journeys/{journey.name}.yaml", line, column, message)


def _part_values(journey: Journey) -> Iterator[PartValue]:
    found = dict.fromkeys(value for those in comparisons(journey).values() for one in those for value in one.values)
    yield from (value for value in found if isinstance(value, PartValue))


def _position(source: str, text: str) -> tuple[int, int]:
    """Return line and column of a word of a file, from 1."""
    found = re.search(rf"(?<![\w-]){re.escape(text)}(?![\w-])", source)
    before = source[: found.start()] if found else ""
    return before.count("\n") + 1, len(before) - before.rfind("\n")
