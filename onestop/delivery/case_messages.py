"""What a resident is told when deliveries succeed: never before every desk has the case, for that is what the message promises."""

from onestop.store.database import Transaction
from onestop.store.messages import contacts, queue
from onestop.store.tables import outbox

CLOSED = "closed"


async def tell_accepted(tx: Transaction, case: str, now: int) -> None:
    """Store the message that the team has a case, once all its destinations have accepted it."""
    if await contacts.means_of(tx, case) is None:
        return
    if all(one.progress == "accepted" for one in await outbox.entries_of_case(tx, case)):
        await queue.enqueue(tx, case, "accepted", now, about="")


async def tell_closed(tx: Transaction, case: str, now: int) -> None:
    """Store the message that a case is finished, once all its destinations say so and no officer has said it before."""
    if await contacts.means_of(tx, case) is None:
        return
    if any(one.occasion == CLOSED for one in await queue.entries_of(tx, case)):
        return
    if all(one.status == CLOSED for one in await outbox.entries_of_case(tx, case)):
        await queue.enqueue(tx, case, "closed", now, about="destinations")
