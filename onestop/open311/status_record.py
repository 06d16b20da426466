"""What everybody may know of a request: its service, its times and its status, and nothing that was answered."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from onestop.store.tables.cases import CaseRow
from onestop.store.tables.outbox import OutboxEntry

CLOSED = "closed"


def status_record(
    row: CaseRow, entries: Sequence[OutboxEntry], title: str, desks: Sequence[str]
) -> Mapping[str, object]:
    """Return the record of a request: closed once every destination says so."""
    updated = max([row.submitted, *(one.settled for one in entries if one.settled)])
    return {
        "service_request_id": row.reference,
        "status": CLOSED if entries and all(one.status == CLOSED for one in entries) else "open",
        "status_notes": "; ".join(_note(one) for one in entries),
        "service_name": title,
        "service_code": row.journey,
        "agency_responsible": ", ".join(dict.fromkeys(desks)),
        "requested_datetime": _when(row.submitted),
        "updated_datetime": _when(updated),
    }


def _when(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _note(entry: OutboxEntry) -> str:
    """Return what became of one delivery: "accepted", or "accepted, open"."""
    return f"{entry.progress}, {entry.status}" if entry.status else entry.progress
