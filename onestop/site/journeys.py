"""The journeys of a catalogue, and the destinations of its desks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from onestop.authoring.faults import Fault
from onestop.catalogue.source.load import LoadResult
from onestop.delivery.kinds.destination import JourneyQuestions
from onestop.delivery.routes import Routes, read_routes
from onestop.journeys.journey import Journey
from onestop.journeys.source.desks import read_desks
from onestop.journeys.source.folder import JourneyCache, JourneyUse, ReadJourneys, check_uses, read_journeys
from onestop.messages.carriers_file import Carriers, read_carriers
from onestop.screen import Means


def journeys_of(
    loaded: LoadResult,
    folder: Path,
    means: Mapping[str, Means],
    today: date,
    cache: JourneyCache | None = None,
    reserved: frozenset[str] = frozenset(),
) -> tuple[ReadJourneys, tuple[Fault, ...]]:
    """Return the journeys of a content folder, and every fault in them, in the desks and in how services name them.

    No question may have one of the `reserved` names.
    """
    languages = loaded.content.languages
    if not languages:
        return ReadJourneys({}, (), {}), ()
    desks, desk_faults = read_desks(folder, languages)
    carried = frozenset(carriers_of(loaded, folder)[0].declared)
    read = read_journeys(folder, languages, desks, means, today, cache, reserved, frozenset(map(str, carried)))
    return read, (*desk_faults, *read.faults, *check_uses(_uses(loaded), read, loaded.content.label))


def published_journeys(
    loaded: LoadResult, read: ReadJourneys, before: Mapping[str, Journey], copied: Callable[[], Mapping[str, Journey]]
) -> Mapping[str, Journey]:
    """Return the journeys without errors; of each other one that a service names, the version published `before`, or `copied`."""
    wanted = {file.journey for file in loaded.published.services.values() if file.journey} - read.journeys.keys()
    if not wanted:
        return read.journeys
    older = before if wanted <= before.keys() else {**copied(), **before}
    return {**read.journeys, **{name: older[name] for name in wanted & older.keys()}}


def routes_of(
    loaded: LoadResult, folder: Path, questions: JourneyQuestions | None = None
) -> tuple[Routes, tuple[Fault, ...]]:
    """Return the destinations of the desks of a content folder, and their faults, also those against the journeys' `questions`."""
    languages = loaded.content.languages
    if not languages:
        return Routes(), ()
    routes, faults = read_routes(folder, languages, questions)
    return replace(routes, names=read_desks(folder, languages)[0]), faults


def carriers_of(loaded: LoadResult, folder: Path) -> tuple[Carriers, tuple[Fault, ...]]:
    """Return the carriers of messages of a content folder, and their faults."""
    languages = loaded.content.languages
    return read_carriers(folder, languages) if languages else (Carriers(), ())


def _uses(loaded: LoadResult) -> Iterator[JourneyUse]:
    for file in loaded.content.services.values():
        if file.journey:
            yield JourneyUse(file.journey, file.name, file.journey_place)
