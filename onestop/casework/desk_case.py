"""A case at one desk: its state, what happens to it, and what each state allows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

CaseState = Literal["new", "taken", "waiting", "closed"]
"""Nobody works on it yet; an officer does; the resident has been asked a question; the desk has finished."""
EventKind = Literal[
    "taken",
    "assigned",
    "moved",
    "asked",
    "answered",
    "updated",
    "noted",
    "merged",
    "joined",
    "closed",
    "reopened",
    "retried",
]
OPEN: Mapping[CaseState, CaseState] = {"new": "new", "taken": "taken", "waiting": "waiting"}
WORKED_ON: CaseState = "taken"
NEXT_STATES: Mapping[EventKind, Mapping[CaseState, CaseState]] = {
    "taken": {"new": "taken", "taken": "taken", "waiting": "waiting"},
    "assigned": {"new": "taken", "taken": "taken", "waiting": "waiting"},
    "moved": {"new": "new", "taken": "new", "waiting": "new"},
    "asked": {"new": "waiting", "taken": "waiting", "waiting": "waiting"},
    "answered": {"waiting": "taken"},
    "updated": OPEN,
    "noted": {**OPEN, "closed": "closed"},
    "merged": {"new": "closed", "taken": "closed", "waiting": "closed"},
    "joined": OPEN,
    "closed": {"new": "closed", "taken": "closed", "waiting": "closed"},
    "reopened": {"closed": "taken"},
    "retried": {**OPEN, "closed": "closed"},
}
"""For each event, the states in which it may happen and the state that follows. "joined": another case was merged into this one."""
WITH_TEXT: frozenset[EventKind] = frozenset(("asked", "answered", "updated", "noted", "closed"))
SHOWN_TO_RESIDENT: frozenset[EventKind] = frozenset(
    ("taken", "moved", "asked", "answered", "updated", "merged", "closed", "reopened")
)
CLOSING_REASONS: Mapping[str, str] = {
    "done": "it is done",
    "nothing-found": "we looked, and there was nothing to do",
    "not-ours": "it is not for the council",
    "not-possible": "we cannot do it",
    "withdrawn": "you no longer need it",
}
"""The reasons for which a case is closed, each with what the resident reads: a msgid."""


class ActionRefused(Exception):
    """The state of the case does not allow this, or its text or reason is missing."""


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """What happened to a case. `by` is the id of an officer, "" for the resident; `at` is in seconds since 1970.

    `subject` is whom or what it concerns: the officer or desk it was given to, the case it was merged with, the reason of closing, the
    destination that is tried again. `text` is what somebody wrote.
    """

    kind: EventKind
    at: int
    by: str = ""
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class DeskCase:
    """One case at one desk. A case that is sent to several desks has one for each.

    `journey` names the service; `promised` is when the council said it would be done; `version` counts its events; `changed` is the
    time of the last. `merged_into` is the id of the case that took its place.
    """

    case: str
    desk: str
    reference: str
    journey: str
    channel: str
    submitted: int
    promised: int
    changed: int
    state: CaseState = "new"
    officer: str = ""
    version: int = 0
    merged_into: str = ""

    @property
    def is_open(self) -> bool:
        return self.state != "closed"

    def allows(self, kind: EventKind) -> bool:
        return self.state in NEXT_STATES[kind]


def after(case: DeskCase, event: CaseEvent) -> DeskCase:
    """Return the case as the event leaves it. Raises `ActionRefused`."""
    if not case.allows(event.kind):
        raise ActionRefused(f"{event.kind} is not possible while the case is {case.state}")
    if event.kind in WITH_TEXT - {"closed"} and not event.text.strip():
        raise ActionRefused("the text is missing")
    if event.kind == "closed" and event.subject not in CLOSING_REASONS:
        raise ActionRefused("the reason is missing")
    if event.kind == "merged" and event.subject in ("", case.case):
        raise ActionRefused("a case is merged into another one")
    changed = replace(case, state=NEXT_STATES[event.kind][case.state], version=case.version + 1, changed=event.at)
    changed = _with_officer(changed, event)
    return replace(changed, state="new") if changed.state == WORKED_ON and not changed.officer else changed


def _with_officer(case: DeskCase, event: CaseEvent) -> DeskCase:
    """Return the case with the officer, the desk or the surviving case that the event names."""
    if event.kind in ("taken", "reopened"):
        return replace(case, officer=event.by, merged_into="")
    if event.kind == "assigned":
        return replace(case, officer=event.subject)
    if event.kind == "moved":
        return replace(case, officer="", desk=event.subject)
    if event.kind == "merged":
        return replace(case, merged_into=event.subject)
    # Who asks, updates or closes what nobody has taken works on it from then on.
    takes = event.kind in ("asked", "updated", "closed") and not case.officer
    return replace(case, officer=event.by) if takes else case
