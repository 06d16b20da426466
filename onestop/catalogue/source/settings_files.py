"""The files of the content folder itself: council.yaml, holidays.yaml, alert.yaml, crest.svg and search.yaml, read together."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from onestop.authoring.faults import errors
from onestop.authoring.source import Source, read_file
from onestop.catalogue.source.council_files import read_alerts, read_council, read_crest, read_holidays
from onestop.catalogue.source.parsed_content import ParsedContent
from onestop.catalogue.source.words_file import ResidentWordsFile, read_resident_words

SETTINGS = ("council.yaml", "holidays.yaml", "alert.yaml", "crest.svg", "search.yaml")
_ZONE = re.compile(rb"^zone:[ \t]*[\"']?([\w/+-]+)", re.MULTILINE)


def read_settings_files(folder: Path, label: str, today: date, known: tuple[str, ...] = ()) -> ParsedContent:
    """Return what they say. `known` are the languages that count if council.yaml has errors; without any, only what cannot be read is
    reported of the other files.
    """
    sources = {name: Source(f"{label}/{name}") for name in SETTINGS}
    crest = read_crest(sources["crest.svg"], folder / "crest.svg")
    council, languages = read_council(sources["council.yaml"], folder / "council.yaml", crest)
    if known and errors(sources["council.yaml"].faults):
        languages = known
    if languages:
        holidays = read_holidays(sources["holidays.yaml"], folder / "holidays.yaml", languages, today)
        alerts = read_alerts(sources["alert.yaml"], folder / "alert.yaml", languages)
        residents = read_resident_words(sources["search.yaml"], folder / "search.yaml", languages)
    else:
        holidays, alerts, residents = {}, None, ResidentWordsFile()
        for name in ("holidays.yaml", "alert.yaml"):
            sources[name].text(folder / name)
    faults = [fault for source in sources.values() for fault in source.faults]
    content = ParsedContent(label, languages, council, holidays, alerts, faults, residents)
    if not languages and not (folder / "services").is_dir():
        content.fault(f"{label}/services", (1, 1), "is not there: make this folder, with a folder for each section")
    return content


def zone_of(folder: Path) -> ZoneInfo:
    """Return the time zone in a folder's council.yaml, before any of its files is parsed; UTC if there is none."""
    try:
        found = _ZONE.search(read_file(folder / "council.yaml"))
        return ZoneInfo(found[1].decode() if found else "UTC")
    except (OSError, ValueError, KeyError):
        return ZoneInfo("UTC")


def today_of(folder: Path, now: datetime | None = None) -> date:
    """Return the date that it is now for the council of a folder."""
    return (now or datetime.now(UTC)).astimezone(zone_of(folder)).date()
