"""What a content folder has besides services: rounds, wards, facilities, announcements, figures, replies, accessibility statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from onestop.authoring.faults import Fault, errors
from onestop.catalogue.source.load import LoadResult
from onestop.catalogue.statement.statement import Statement, read_statement
from onestop.figures.source import FigureSettings, read_figure_settings
from onestop.journeys.paths.part_names import PartNames
from onestop.messages.replies_file import Reply, read_replies
from onestop.places.announcements.announcement import Announcements
from onestop.places.announcements.source import Known, read_announcements
from onestop.places.notices.source import NoticeFeed, read_feeds
from onestop.places.source import FOLDER, WARDS, LocalPlaces, read_local_places, with_services
from onestop.rounds.schedule import Schedule
from onestop.rounds.source import FOLDER as ROUNDS_FOLDER
from onestop.rounds.source import ROUNDS, read_schedule


@dataclass(frozen=True, slots=True)
class LocalContent:
    schedule: Schedule = field(default_factory=Schedule)
    places: LocalPlaces = field(default_factory=LocalPlaces)
    statement: Statement | None = None
    feeds: tuple[NoticeFeed, ...] = ()
    announcements: Announcements = field(default_factory=Announcements)
    figures: FigureSettings = field(default_factory=FigureSettings)
    replies: tuple[Reply, ...] = ()

    @property
    def part_names(self) -> Mapping[str, PartNames]:
        """The names that conditions of journeys may compare the parts of an address with."""
        rounds = f"{ROUNDS_FOLDER}/{ROUNDS}"
        bins = PartNames(rounds, self.schedule.bins)
        wards = PartNames(f"{FOLDER}/{WARDS}", self.places.wards)
        return {"ward": wards, "round": PartNames(rounds, self.schedule.rounds), "bins": bins, "due": bins}


def local_content_of(
    loaded: LoadResult, folder: Path, today: date, before: LocalContent | None = None
) -> tuple[LocalContent, tuple[Fault, ...]]:
    """Return the rounds, wards, facilities and statement of a content folder, and their faults; of files with errors those of `before`."""
    languages, before = loaded.content.languages, before or LocalContent()
    if not languages or loaded.catalogue is None:
        return before, ()
    rounds = read_schedule(folder, languages, loaded.catalogue.holidays, today)
    places = read_local_places(folder, languages)
    schedule = before.schedule if errors(rounds.faults) else rounds.schedule
    statement, about_statement = read_statement(folder, loaded.content.label, loaded.catalogue, today)
    feeds, about_feeds = read_feeds(folder, languages)
    known = None if errors((*places.faults, *rounds.faults)) else Known(places.wards, rounds.schedule.rounds)
    announcements, about_announcements = read_announcements(folder, languages, known)
    figures, about_figures = read_figure_settings(folder, loaded.catalogue)
    replies, about_replies = read_replies(folder, languages)
    found = LocalContent(
        schedule,
        before.places if errors(places.faults) else with_services(places, loaded.catalogue),
        before.statement if errors(about_statement) else statement,
        before.feeds if errors(about_feeds) else feeds,
        before.announcements if errors(about_announcements) else announcements,
        before.figures if errors(about_figures) else figures,
        before.replies if errors(about_replies) else replies,
    )
    about_places = (*rounds.faults, *places.faults, *about_feeds, *about_announcements)
    return found, (*about_places, *about_statement, *about_figures, *about_replies)
