"""The history of a case in words, as officers read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onestop.casework.desk_case import CLOSING_REASONS, CaseEvent, EventKind
from onestop.language import Words
from onestop.store.tables.case_events import StoredEvent

WITH_NAME: Mapping[EventKind, str] = {
    "taken": "Taken by {name}",
    "assigned": "Given to {subject} by {name}",
    "moved": "Moved to {subject} by {name}",
    "asked": "{name} asked the resident",
    "answered": "The resident answered",
    "updated": "{name} told the resident",
    "noted": "Note by {name}, which the resident does not see",
    "merged": "Joined to another report by {name}",
    "joined": "Another report was joined to this one by {name}",
    "closed": "Closed by {name}: {subject}",
    "reopened": "Opened again by {name}",
    "retried": "Delivery to {subject} tried again by {name}",
}
"""What each event is called: msgids."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the history. `case` is the id of another case that it leads to, or ""."""

    said: str
    text: str
    at: int
    kind: EventKind
    case: str = ""


def history_lines(
    events: Sequence[StoredEvent], words: Words, officers: Mapping[str, str], desks: Mapping[str, str]
) -> tuple[HistoryLine, ...]:
    """Return the events in words, the latest first. `officers` and `desks` are names by id and key."""
    return tuple(_line(stored.event, words, officers, desks) for stored in reversed(events))


def _line(event: CaseEvent, words: Words, officers: Mapping[str, str], desks: Mapping[str, str]) -> HistoryLine:
    name = officers.get(event.by, words("an officer"))
    other = event.subject if event.kind in ("merged", "joined") else ""
    subject = {**desks, **officers}.get(event.subject, event.subject)
    if event.kind == "closed":
        subject = words(CLOSING_REASONS[event.subject])
    return HistoryLine(
        words(WITH_NAME[event.kind], name=name, subject=subject), event.text, event.at, event.kind, other
    )
