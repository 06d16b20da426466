"""What a content folder says about places: collection rounds, wards and facilities."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from onestop.authoring.faults import Fault, errors
from onestop.catalogue.source.load import LoadResult
from onestop.places.source import LocalPlaces, read_local_places
from onestop.rounds.schedule import Schedule
from onestop.rounds.source import read_schedule


@dataclass(frozen=True, slots=True)
class LocalContent:
    schedule: Schedule = field(default_factory=Schedule)
    places: LocalPlaces = field(default_factory=LocalPlaces)


def local_content_of(
    loaded: LoadResult, folder: Path, today: date, before: LocalContent | None = None
) -> tuple[LocalContent, tuple[Fault, ...]]:
    """Return the rounds, wards and facilities of a content folder, and their faults; of files with errors those of `before`."""
    languages, before = loaded.content.languages, before or LocalContent()
    if not languages or loaded.catalogue is None:
        return before, ()
    rounds = read_schedule(folder, languages, loaded.catalogue.holidays, today)
    places = read_local_places(folder, languages)
    schedule = before.schedule if errors(rounds.faults) else rounds.schedule
    found = LocalContent(schedule, before.places if errors(places.faults) else places)
    return found, (*rounds.faults, *places.faults)
