"""A resident's answer to a desk's question."""

from onestop.casework.desk_case import CaseEvent
from onestop.store.database import Transaction
from onestop.store.tables import case_events, desk_cases


async def answer_desk(tx: Transaction, case: str, desk: str, text: str, now: int) -> bool:
    """Add the answer to the case; return False if the desk waits for none any more."""
    found = await desk_cases.find(tx, case, desk)
    if found is None or found.state != "waiting":
        return False
    return await case_events.apply(tx, found, CaseEvent("answered", now, text=text)) is not None
