"""Whether a catalogue and its journeys are fit to be served: every fault, what was read, and how long it took."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from channels.contract import Slot
from onestop.authoring.faults import Fault
from onestop.catalogue.source.load import LoadResult, load
from onestop.delivery.routes import Routes, read_routes
from onestop.journeys.paths.paths import TooManyPaths, Unanswerable
from onestop.journeys.paths.tree import draw
from onestop.journeys.source.desks import read_desks
from onestop.journeys.source.folder import (
    JourneyCache,
    JourneyUse,
    ReadJourneys,
    check_uses,
    read_journeys,
    read_unchecked,
)
from onestop.screen import Means
from onestop.site.pictures import about_pictures


def check(folder: Path, means: Mapping[str, Means], clock: Callable[[], float], slots: Sequence[Slot] = ()) -> int:
    """Print the faults; the result is the exit status: 1 if any is an error. Pictures are made for the `slots` there are."""
    if not folder.is_dir():
        print(f"onestop: there is no folder {folder}", file=sys.stderr)
        return 1
    began = clock()
    today = datetime.now(UTC).date()
    loaded = load(folder, today)
    read, about_journeys = journeys_of(loaded, folder, means, today)
    _, about_routes = routes_of(loaded, folder)
    faults = sorted((*loaded.faults, *about_journeys, *about_routes, *about_pictures(loaded, slots)))
    for fault in faults:
        # As the author calls the folder, so that the line leads to the file.
        print(replace(fault, file=str(folder / fault.file.partition("/")[2])))
    errors = sum(fault.severity == "error" for fault in faults)
    catalogue = loaded.catalogue
    what = f", {len(catalogue.sections)} sections, {len(catalogue.services)} services" if catalogue else ""
    what += f", {len(read.journeys)} journeys" if read.sources else ""
    files = loaded.files + len(read.sources)
    print(f"{files} files{what}: {errors} errors, {len(faults) - errors} warnings, {clock() - began:.2f} s")
    return 1 if errors else 0


def journeys_of(
    loaded: LoadResult, folder: Path, means: Mapping[str, Means], today: date, cache: JourneyCache | None = None
) -> tuple[ReadJourneys, tuple[Fault, ...]]:
    """The journeys of a content folder, and every fault of theirs, of the desks and of how the services name them."""
    languages = loaded.content.languages
    if not languages:
        return ReadJourneys({}, (), {}), ()
    desks, of_desks = read_desks(folder, languages)
    read = read_journeys(folder, languages, desks, means, today, cache)
    return read, (*of_desks, *read.faults, *check_uses(_uses(loaded), read, loaded.content.label))


def routes_of(loaded: LoadResult, folder: Path) -> tuple[Routes, tuple[Fault, ...]]:
    """Return the destinations of the desks of a content folder, and their faults."""
    return read_routes(folder, loaded.content.languages) if loaded.content.languages else (Routes(), ())


def _uses(loaded: LoadResult) -> Iterator[JourneyUse]:
    for file in loaded.content.services.values():
        if file.journey:
            yield JourneyUse(file.journey, file.name, file.journey_place)


def show_paths(file: Path, means: Mapping[str, Means]) -> int:
    """Draw every path of one journey of a content folder, and its faults beside them; 1 if there are any."""
    folder, today = file.resolve().parent.parent, datetime.now(UTC).date()
    if not file.is_file():
        print(f"onestop: there is no file {file}", file=sys.stderr)
        return 1
    loaded = load(folder, today)
    if not loaded.content.languages:
        print(
            f"onestop: {file} is not in the journeys of a catalogue: {folder} has no council.yaml to read",
            file=sys.stderr,
        )
        return 1
    read, _ = journeys_of(loaded, folder, means, today)
    faults = [fault for fault in read.faults if fault.file.endswith(f"/{file.name}") and fault.severity == "error"]
    for fault in faults:
        print(replace(fault, file=str(file)))
    journey = read.journeys.get(file.stem) or read_unchecked(
        file.stem, read.sources.get(file.stem, ""), loaded.content.languages
    )
    try:
        drawn = "\n".join(draw(journey, means, today)) if journey else ""
    except (TooManyPaths, Unanswerable):
        # What is said of it above is all there is to say.
        drawn = ""
    return max(_printed(drawn), int(bool(faults) or not drawn))


def _printed(text: str) -> int:
    """Print it; 0."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Whoever was reading has seen enough; Python must not find the pipe broken again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
