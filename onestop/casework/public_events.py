"""What a resident may see of what happened to their case, and the question that waits for them."""

from collections.abc import Sequence

from onestop.casework.desk_case import SHOWN_TO_RESIDENT, CaseEvent


def public_events(events: Sequence[CaseEvent]) -> tuple[CaseEvent, ...]:
    """Return the events that the resident sees, in order. That it was taken is news once."""
    shown = [event for event in events if event.kind in SHOWN_TO_RESIDENT]
    return tuple(
        event
        for at, event in enumerate(shown)
        if event.kind != "taken" or "taken" not in [one.kind for one in shown[:at]]
    )


def open_question(events: Sequence[CaseEvent]) -> CaseEvent | None:
    """Return the last question of a desk that has not been answered, or None. The events are those of one desk."""
    about = [event for event in events if event.kind in ("asked", "answered", "closed", "moved", "merged")]
    return about[-1] if about and about[-1].kind == "asked" else None
