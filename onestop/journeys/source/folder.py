"""How the folder of journeys is read: every journey, every fault, and whether the services and the journeys fit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onestop.authoring.faults import Fault, errors, nearest
from onestop.authoring.node import Node
from onestop.authoring.source import Source
from onestop.authoring.tree import Position
from onestop.journeys.identifier import read_name
from onestop.journeys.journey import Journey
from onestop.journeys.paths.checks import check_paths
from onestop.journeys.source.journey_file import read_journey
from onestop.language import Translations
from onestop.screen import Means

FOLDER = "journeys"


@dataclass(frozen=True, slots=True)
class ReadJourneys:
    """The journeys that are right, by name; every fault; and the text of every file by the name of its journey."""

    journeys: Mapping[str, Journey]
    faults: tuple[Fault, ...]
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Use:
    """A service's head names a journey, in this file at this place."""

    journey: str
    file: str
    place: Position


def read_journeys(
    folder: Path, languages: tuple[str, ...], desks: Mapping[str, Translations], means: Mapping[str, Means], today: date
) -> ReadJourneys:
    """Read `journeys/` of a content folder. `means` are those of every channel by its name. Never raises for what files hold."""
    journeys: dict[str, Journey] = {}
    sources: dict[str, str] = {}
    faults: list[Fault] = []
    label = folder.name or folder.resolve().name
    for path in sorted((folder / FOLDER).glob("[!.]*.yaml")):
        source = Source(f"{label}/{FOLDER}/{path.name}")
        text = source.text(path)
        if text is not None:
            sources[path.stem] = text
            journey = check_journey(source, path.stem, text, languages, desks, means, today)
            if journey:
                journeys[path.stem] = journey
        faults += source.faults
    return ReadJourneys(journeys, tuple(sorted(faults)), sources)


def check_journey(
    source: Source,
    name: str,
    text: str,
    languages: tuple[str, ...],
    desks: Mapping[str, Translations],
    means: Mapping[str, Means],
    today: date,
) -> Journey | None:
    """One journey with everything looked at, or None if anything about it is an error."""
    journey, node = read_journey(source, name, text, languages)
    if node is None:
        return None
    read_name(node, name)
    _check_desks(node, desks)
    _check_channels(node, means)
    if journey and not errors(source.faults):
        check_paths(journey, node, means, today)
    return None if errors(source.faults) else journey


def read_edition(name: str, text: str, languages: tuple[str, ...]) -> Journey | None:
    """A journey as it was when a draft began; it was right then, so only what makes it unreadable matters now."""
    journey, _ = read_journey(Source(name), name, text, languages)
    return journey


def readable(name: str, text: str, languages: tuple[str, ...]) -> Journey | None:
    """A journey that says what it asks, whatever is wrong with its paths; None of one that cannot be read."""
    source = Source(name)
    journey, _ = read_journey(source, name, text, languages)
    return None if errors(source.faults) else journey


def check_uses(uses: Iterable[Use], read: ReadJourneys, label: str) -> tuple[Fault, ...]:
    """A journey that a service names must be there, and one that no service names is a warning."""
    found: list[Fault] = []
    used: set[str] = set()
    for use in uses:
        used.add(use.journey)
        if use.journey not in read.sources:
            near = nearest(use.journey, read.sources)
            found.append(Fault(use.file, *use.place, f"there is no journey `{use.journey}`{near}"))
    for name in read.sources:
        if name not in used:
            message = "no service leads to this journey: write `journey: {name}` in the head of one".replace(
                "{name}", name
            )
            found.append(Fault(f"{label}/{FOLDER}/{name}.yaml", 1, 1, message, "warning"))
    return tuple(found)


def _check_desks(node: Node, desks: Mapping[str, Translations]) -> None:
    send = node / "done" / "send"
    if isinstance(send.there, list):
        for item in send.items():
            desk = item.there
            if isinstance(desk, str) and desk and desk not in desks:
                item.fault(f"there is no desk `{desk}` in desks.yaml{nearest(desk, desks)}")


def _check_channels(node: Node, means: Mapping[str, Means]) -> None:
    asks = node / "asks"
    for step in asks.items() if isinstance(asks.there, list) else ():
        only = step / "only"
        for item in only.items() if isinstance(only.there, list) else ():
            channel = item.there
            if isinstance(channel, str) and channel and channel not in means:
                item.fault(f"there is no channel `{channel}`{nearest(channel, means) or ': ' + ', '.join(means)}")
