"""The day it is at the council: services and alerts are published from and until its midnight."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from onestop.authoring.source import read_file
from onestop.catalogue.hours.opening import midnight
from onestop.catalogue.source.parsed_content import ParsedContent

_ZONE = re.compile(rb"^zone:[ \t]*[\"']?([\w/+-]+)", re.MULTILINE)


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


def next_change(content: ParsedContent, today: date, zone: ZoneInfo) -> float:
    """Return the next midnight at which something begins or ends to be published, in seconds since 1970; infinity if none is."""
    days = [day for day in _turns(content) if day > today.isoformat()]
    return midnight(date.fromisoformat(min(days)), zone).timestamp() if days else float("inf")


def _turns(content: ParsedContent) -> Iterator[str]:
    """Yield the first days on which something is published, or no longer."""
    spans = [(head.begins, head.ends) for file in content.services.values() if (head := file.head) and not head.draft]
    spans += [(alert.begins, alert.ends) for alert in content.alerts or ()]
    for begins, ends in spans:
        if begins:
            yield begins
        if ends:
            yield (date.fromisoformat(ends) + timedelta(days=1)).isoformat()
