"""A case whose resident asked to be told about it."""

from delivery.desks import sent

from onestop.journeys.values.recipient import OCCASIONS, MessageOccasion, Recipient
from onestop.store.database import Database
from onestop.store.messages import contacts, queue
from onestop.store.messages.queue import MessageEntry

EMAIL = Recipient("email", "sam@eastmere.example")
PHONE = Recipient("sms", "+447700900123")


async def told_case(
    database: Database, recipient: Recipient = EMAIL, occasions: tuple[MessageOccasion, ...] = OCCASIONS
) -> str:
    """Return the id of a new case with this contact."""
    case = await sent(database)
    assert await database.run(lambda tx: contacts.add(tx, case, recipient, occasions))
    return case


async def entries(database: Database, case: str) -> tuple[MessageEntry, ...]:
    return await database.read(lambda tx: queue.entries_of(tx, case))
