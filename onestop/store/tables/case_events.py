"""What happens to cases: each event changes the case at its desk and is kept, its text encrypted with the key of the case."""

from dataclasses import dataclass

from onestop.casework.desk_case import CaseEvent, DeskCase, after
from onestop.store.database import Transaction
from onestop.store.encryption import cipher
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys, desk_cases

SQL = read_queries(__file__)
TABLE = "case_events"


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event of a case, and the desk where it happened."""

    desk: str
    event: CaseEvent


async def apply(tx: Transaction, case: DeskCase, event: CaseEvent) -> DeskCase | None:
    """Record an event of a case and return the case as it leaves it; None if the case has changed since it was read, or was erased.

    Raises `ActionRefused`. Nothing is changed then.
    """
    changed = after(case, event)
    key = await data_keys.find(tx, case.case)
    if key is None or not await desk_cases.write(tx, case, changed):
        return None
    row = _row(case.case, case.desk, changed.version)
    encrypted = cipher.encrypt(key, TABLE, row, event.text.encode()) if event.text else None
    await tx.execute(
        SQL.add_event,
        case_id=case.case, desk=case.desk, number=changed.version, kind=event.kind, at=event.at, officer=event.by,
        subject=event.subject, encrypted=encrypted,
    )  # fmt: skip
    return changed


async def of_case(tx: Transaction, case: str) -> tuple[StoredEvent, ...]:
    """Return the events of a case at all its desks, in order; none if it has been erased."""
    key = await data_keys.find(tx, case)
    if key is None:
        return ()
    found = []
    for desk, number, kind, at, officer, subject, encrypted in await tx.rows(SQL.events_of, case_id=case):
        text = cipher.decrypt(key, TABLE, _row(case, desk, number), encrypted).decode() if encrypted else ""
        found.append(StoredEvent(desk, CaseEvent(kind, at, officer, subject, text)))
    return tuple(found)


def _row(case: str, desk: str, number: int) -> str:
    return f"{case}/{desk}/{number}"
