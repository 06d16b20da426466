"""One event for many cases: those that an officer has ticked in a list."""

from collections.abc import Iterable, Sequence

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.casework.desk_case import ActionRefused, CaseEvent
from onestop.store.database import Transaction
from onestop.store.tables import case_events, desk_cases
from onestop.store.tables.staff import officers
from onestop.store.tables.staff.officers import OfficerRow


async def apply_to_all(tx: Transaction, desk: str, ticked: Iterable[str], event: CaseEvent) -> int:
    """Add the event to each ticked case of a desk, `<id>.<version>` as the list showed it; return to how many.

    A case that has changed since, whose state does not allow it or that is not at the desk is left as it is. Give them in the order
    of ids, so that two officers with the same cases do not wait for each other.
    """
    if event.kind == "assigned" and event.subject not in dict(colleagues_of(await officers.list_all(tx), desk)):
        return 0
    done = 0
    for case, _, version in (one.partition(".") for one in ticked):
        found = await desk_cases.find(tx, case, desk)
        if found is None or str(found.version) != version:
            continue
        try:
            changed = await case_events.apply(tx, found, event)
        except ActionRefused:
            continue
        if changed:
            await record(tx, AuditEntry(event.by, AuditAction.CHANGE, case, fields=(event.kind,)), event.at)
            done += 1
    return done


def colleagues_of(rows: Sequence[OfficerRow], desk: str) -> list[tuple[str, str]]:
    """Return the officers who work for a desk, by id with their names."""
    return [(row.id, row.name) for row in rows if desk in row.desks]
