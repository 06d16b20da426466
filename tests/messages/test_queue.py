"""The queue of messages: what is stored, once, for whom, and what its states may become. On both databases."""

import pytest
from delivery.desks import Clock, sent
from messages.told_case import EMAIL, PHONE, entries, told_case
from support.programs.databases import do, rows

from onestop.journeys.values.recipient import MessageOccasion
from onestop.store.database import Database
from onestop.store.expiry import erase_expired
from onestop.store.messages import contacts, limits, queue
from onestop.store.messages.queue import GIVEN_UP, MessageState, MessageStatus

NOW = int(Clock().now)


async def test_each_thing_is_told_once_and_only_on_the_occasions_asked_for(database: Database) -> None:
    case = await told_case(database, occasions=("accepted", "closed"))

    async def tell(occasion: MessageOccasion, about: str) -> str | None:
        return await database.run(lambda tx: queue.enqueue(tx, case, occasion, NOW, about=about))

    assert await tell("accepted", "waste")
    assert await tell("accepted", "waste") is None
    assert await tell("received", "") is None
    assert await tell("closed", "event 1")
    assert {one.occasion for one in await entries(database, case)} == {"accepted", "closed"}
    silent = await sent(database)
    assert await database.run(lambda tx: queue.enqueue(tx, silent, "closed", NOW, about="")) is None


async def test_the_address_is_encrypted_and_goes_with_the_case(database: Database) -> None:
    case = await told_case(database)
    await database.run(lambda tx: queue.enqueue(tx, case, "update", NOW, about="1", values={"text": "Planted words"}))
    stored = repr([await rows(database, f"SELECT * FROM {table}") for table in ("contacts", "messages")])
    assert "sam@" not in stored and "Planted" not in stored
    (claim,) = await database.run(lambda tx: queue.claim(tx, "email", most=9, lease=10, now=NOW))
    content = await database.read(lambda tx: queue.content_of(tx, claim))
    assert content and content.recipient == EMAIL and content.values == {"text": "Planted words"}
    await do(database, "UPDATE cases SET erase_after = 1")
    await do(database, "UPDATE outbox SET state = 'done'")
    await erase_expired(database, NOW)
    assert not await rows(database, "SELECT 1 FROM contacts") and not await rows(database, "SELECT 1 FROM messages")


@pytest.mark.parametrize("order", [("sent", "delivered", "sent"), ("delivered", "sent", "failed")])
async def test_a_terminal_state_never_regresses(database: Database, order: tuple[MessageState, ...]) -> None:
    case = await told_case(database)
    message = await database.run(lambda tx: queue.enqueue(tx, case, "accepted", NOW, about=""))
    assert message
    for at, state in enumerate(order):
        status = MessageStatus(state, number="n1")
        await database.run(lambda tx, at=at, one=status: queue.record(tx, message, one, NOW + at))  # type: ignore[misc]
    (entry,) = await entries(database, case)
    assert entry.state == "delivered" and entry.changed == NOW + order.index("delivered")


async def test_what_was_given_up_may_still_turn_out_to_be_delivered(database: Database) -> None:
    case = await told_case(database)
    message = await database.run(lambda tx: queue.enqueue(tx, case, "accepted", NOW, about=""))
    assert message
    for status in (MessageStatus("failed", reason=GIVEN_UP), MessageStatus("delivered"), MessageStatus("failed")):
        await database.run(lambda tx, one=status: queue.record(tx, message, one, NOW))  # type: ignore[misc]
    assert (await entries(database, case))[0].state == "delivered"


async def test_a_stranger_is_sent_only_so_many_messages_a_day(database: Database) -> None:
    for _ in range(limits.FOR_RECIPIENT + 2):
        case = await told_case(database, PHONE)
        await database.run(lambda tx, one=case: queue.enqueue(tx, one, "received", NOW, about=""))  # type: ignore[misc]
    (last,) = await entries(database, case)
    assert (last.state, last.reason) == ("failed", queue.TOO_MANY)
    due = await database.run(lambda tx: queue.claim(tx, "sms", most=99, lease=10, now=NOW))
    assert len(due) == limits.FOR_RECIPIENT


async def test_two_servers_never_claim_the_same_message(database: Database) -> None:
    case = await told_case(database)
    await database.run(lambda tx: queue.enqueue(tx, case, "received", NOW, about=""))
    first = await database.run(lambda tx: queue.claim(tx, "email", most=9, lease=10, now=NOW))
    assert len(first) == 1 and not await database.run(lambda tx: queue.claim(tx, "email", most=9, lease=10, now=NOW))
    (again,) = await database.run(lambda tx: queue.claim(tx, "email", most=9, lease=10, now=NOW + 11))
    await database.run(lambda tx: queue.postpone(tx, first[0], "late", NOW + 999))
    assert again.tries == 2 and (await entries(database, case))[0].due == NOW + 21


async def test_the_contact_of_a_case_is_stored_once(database: Database) -> None:
    case = await told_case(database)
    assert not await database.run(lambda tx: contacts.add(tx, case, PHONE, ("closed",)))
    found = await database.read(lambda tx: contacts.of_case(tx, case))
    assert found and found.recipient == EMAIL and found.language == "en"


async def test_only_what_waits_or_has_failed_is_opened_again(database: Database) -> None:
    case = await told_case(database)
    message = await database.run(lambda tx: queue.enqueue(tx, case, "accepted", NOW, about=""))
    assert message
    for state, opens in (("failed", True), ("sent", False), ("delivered", False)):
        status = MessageStatus(state, number="n1")  # type: ignore[arg-type]
        await database.run(lambda tx, one=status: queue.record(tx, message, one, NOW))  # type: ignore[misc]
        assert await database.run(lambda tx: queue.reopen(tx, message, NOW + 60)) == opens
    assert (await entries(database, case))[0].state == "delivered"
