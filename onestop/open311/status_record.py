"""What everybody may know of a request: its service, its times and its status, and nothing that was answered."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from onestop.open311.stored_requests import StoredRequest
from onestop.store.tables.outbox import OutboxEntry


def status_record(stored: StoredRequest, title: str, desks: Sequence[str]) -> Mapping[str, object]:
    """Return the record of a request. `desks` are the names of those that have it."""
    row = stored.row
    settled = [one.settled for one in stored.deliveries if one.settled]
    times = [row.submitted, *settled, *(one.changed for one in stored.at_desks)]
    return {
        "service_request_id": row.reference,
        "status": stored.status,
        "status_notes": "; ".join(_note(one) for one in stored.deliveries),
        "service_name": title,
        "service_code": row.journey,
        "agency_responsible": ", ".join(dict.fromkeys(desks)),
        "requested_datetime": _when(row.submitted),
        "updated_datetime": _when(max(times)),
    }


def _when(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _note(entry: OutboxEntry) -> str:
    """Return what became of one delivery: "accepted", or "accepted, open"."""
    return f"{entry.progress}, {entry.status}" if entry.status else entry.progress
