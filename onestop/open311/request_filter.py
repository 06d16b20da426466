"""Which requests a list shows, as the query of GET requests says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onestop.open311.refusal import ReportRefused

MOST_DAYS = timedelta(days=90)
"""How long the time of a list may be (GeoReport v2, GET service_requests)."""
MOST_REFERENCES, MOST_SERVICES = 200, 20
STATUSES = frozenset(("open", "closed"))


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """`references` override all others. No `services` and no `statuses` mean all. Times are seconds since 1970, both included."""

    references: tuple[str, ...]
    services: tuple[str, ...]
    statuses: frozenset[str]
    start: int
    end: int


def read_filter(query: Mapping[str, str], now: datetime) -> RequestFilter:
    """Return what a query asks for; a parameter without a value counts as absent. Raises ReportRefused."""
    references = _listed(query, "service_request_id")
    if len(references) > MOST_REFERENCES:
        raise ReportRefused(400, f"service_request_id has more than {MOST_REFERENCES} numbers")
    services = tuple(sorted({*_listed(query, "service_code")}))
    if len(services) > MOST_SERVICES:
        raise ReportRefused(400, f"service_code has more than {MOST_SERVICES} codes")
    statuses = frozenset(one.casefold() for one in _listed(query, "status"))
    if statuses - STATUSES:
        raise ReportRefused(400, "status is open, closed or both with a comma")
    start, end = _span(_time(query, "start_date"), _time(query, "end_date"), now)
    return RequestFilter(references, services, statuses, start, end)


def _listed(query: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in query.get(name, "").split(","))))


def _span(start: datetime | None, end: datetime | None, now: datetime) -> tuple[int, int]:
    """Return the times of a list. One that is missing is 90 days from the other; without both they are the last 90 days."""
    last = end or (min(now, start + MOST_DAYS) if start else now)
    first = start or last - MOST_DAYS
    if first > last and start and end:
        raise ReportRefused(400, "start_date is after end_date")
    if last - first > MOST_DAYS:
        raise ReportRefused(400, f"start_date and end_date are more than {MOST_DAYS.days} days apart")
    return int(first.timestamp()), int(last.timestamp())


def _time(query: Mapping[str, str], name: str) -> datetime | None:
    """Return a time in the notation of the standard, UTC if it names no zone; None if it is absent."""
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        # A plus that was not percent-encoded arrives as a space.
        written = datetime.fromisoformat(text.replace(" ", "+"))
        found = (written if written.tzinfo else written.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        found = None
    # Nothing was sent before 1970, and from the first and last days of the calendar none can be counted on.
    if found is None or not 1970 <= found.year < 9999:
        raise ReportRefused(400, f"{name} must be like 2026-11-28T09:00:00Z, from 1970 on")
    return found
