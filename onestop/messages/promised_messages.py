"""The messages that a submitted journey promises: on its receipt, and stored with its case."""

from collections.abc import Callable, Container, Mapping

from onestop.casework.case import Json
from onestop.journeys.walk.message_recipient import promised_messages
from onestop.journeys.walk.walk import Walk
from onestop.language import Words
from onestop.messages.promise import promise_text
from onestop.store.database import Transaction
from onestop.store.messages import contacts, queue


def with_promise(
    shown: Mapping[str, Json], way: Walk, words: Words, sent_by: Callable[[], Container[str]]
) -> Mapping[str, Json]:
    """Return what the receipt shows, with which messages follow, if this server can send them."""
    found = promised_messages(way)
    if found is None or found[0].means not in sent_by():
        return shown
    text = promise_text(found[0].means, found[1].on, words)
    return {**shown, "said": f"{shown.get('said', '')} {text}".strip()}


async def store_contact(tx: Transaction, case: str, way: Walk, now: int) -> None:
    """Store how the resident of a new case is told about it, and the message that it has come, if that was promised."""
    found = promised_messages(way)
    if found and await contacts.add(tx, case, found[0], found[1].on):
        await queue.enqueue(tx, case, "received", now, about="")
