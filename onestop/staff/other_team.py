"""Answers of another team: an administrator reads them only with a reason, which is kept."""

from collections.abc import Iterable

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.language import Words
from onestop.staff.officer import Officer, Permission
from onestop.store.database import Transaction
from onestop.store.tables.staff import access_reasons

REASONS = ("complaint", "own-data", "safeguarding", "fault", "inspection")
SHORTEST, LONGEST = 10, 500
"""Characters of the text that goes with a reason."""


class NotPermitted(Exception):
    """The role of the officer does not allow it."""


class WrongReason(ValueError):
    """A reason that is not of the table, or whose text is too short or too long. Nothing was stored."""


def reason_texts(words: Words) -> list[tuple[str, str]]:
    """Return the reasons that may be given, each with what officers read."""
    texts = (
        words("A complaint or an appeal"),
        words("The resident asked for their own data"),
        words("Somebody may be in danger"),
        words("A fault is being mended"),
        words("An audit or an inspection"),
    )
    return list(zip(REASONS, texts, strict=True))


async def may_read_answers(tx: Transaction, officer: Officer, case: str, desks: Iterable[str], now: int) -> bool:
    """Return whether an officer may read the answers of a case that was sent to `desks`: it is their own team's, or they have given
    a reason for it in the last hour.
    """
    if officer.may(Permission.READ_CASES) and officer.works_for(desks):
        return True
    return officer.may(Permission.READ_OTHER_TEAMS) and await access_reasons.is_given(tx, officer.id, case, now)


async def give_reason(tx: Transaction, officer: Officer, case: str, code: str, text: str, now: int) -> None:
    """Store why an officer reads the answers of a case of another team, and record it. Raises WrongReason or NotPermitted."""
    if not officer.may(Permission.READ_OTHER_TEAMS):
        raise NotPermitted(Permission.READ_OTHER_TEAMS)
    if code not in REASONS or not SHORTEST <= len(text.strip()) <= LONGEST:
        raise WrongReason(code)
    await access_reasons.add(tx, officer.id, case, code, text.strip(), now)
    await record(tx, AuditEntry(officer.id, AuditAction.GIVE_REASON, case, code), now)
