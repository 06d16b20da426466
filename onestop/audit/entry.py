"""One entry of the audit log, as whoever acts writes it: ids and words of a table, never personal data."""

import re
from dataclasses import dataclass
from enum import StrEnum

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
OPERATOR = "operator"
"""The actor of what is done on the command line."""


class AuditAction(StrEnum):
    """What was done."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    REFUSE = "refuse"
    READ = "read"
    SEARCH = "search"
    ASSIST = "assist"
    CHANGE = "change"
    EXPORT = "export"
    RETRY = "retry"
    GIVE_REASON = "give-reason"
    CHANGE_OFFICER = "change-officer"
    CHANGE_CREDENTIAL = "change-credential"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`actor` did `action` to `subject`: the ids of an officer and of a case, an officer or a session. `purpose` is one word of a table,
    such as why another team's case was read. `fields` name what was changed or read. Raises ValueError for any other text: whatever
    is recorded is kept for good, so it must not be personal.
    """

    actor: str
    action: AuditAction
    subject: str = "-"
    purpose: str = "-"
    fields: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for text in (self.actor, self.subject, self.purpose, *self.fields):
            if text != "-" and not WORD.fullmatch(text):
                raise ValueError("an audit entry holds ids and single words only")
