"""Messages through GOV.UK Notify, against a stand-in: its answers, its limits, lost answers, and what became of a message."""

import asyncio
from pathlib import Path

import pytest
from delivery.desks import Clock
from messages.sending import notify_carrier, worker_of, worker_with
from messages.told_case import EMAIL, PHONE, entries, told_case
from support.servers.notify_stand_in import notify_stand_in

from onestop.delivery.kinds.secret_file import SecretMissing
from onestop.journeys.values.recipient import Recipient
from onestop.messages import worker as worker_module
from onestop.messages.carrier import NO_ADDRESS, REFUSED, UNREACHABLE
from onestop.messages.notify import until_midnight
from onestop.messages.notify_token import read_api_key
from onestop.store.database import Database
from onestop.store.messages import queue
from onestop.store.messages.queue import GIVEN_UP, MESSAGE_LIFE, MessageStatus

LETTER = Recipient("letter", "14 Quay Street\nEastmere\nEM4 2QT")


async def enqueued(database: Database, recipient: Recipient, clock: Clock) -> str:
    case = await told_case(database, recipient)
    assert await database.run(lambda tx: queue.enqueue(tx, case, "accepted", int(clock.now), about=""))
    return case


@pytest.mark.parametrize(
    ("recipient", "state", "reason"),
    [
        (EMAIL, "delivered", ""),
        (PHONE, "delivered", ""),
        (LETTER, "delivered", ""),
        (Recipient("sms", "+447700900003"), "failed", UNREACHABLE),
        (Recipient("sms", "+447700900002"), "failed", NO_ADDRESS),
        (Recipient("email", "perm-fail@simulator.notify"), "failed", NO_ADDRESS),
        (Recipient("sms", "+447700900111"), "sent", ""),
    ],
)
async def test_each_message_has_the_state_that_it_really_has(
    database: Database, clock: Clock, tmp_path: Path, recipient: Recipient, state: str, reason: str
) -> None:
    async with notify_stand_in(clock) as notify:
        worker = worker_of(database, notify, tmp_path, clock)
        case = await enqueued(database, recipient, clock)
        await worker.once()
        assert (await entries(database, case))[0].state == "sent"
        notify.settle()
        clock.now += worker_module.ASK_WAITS[0]
        await worker.ask_carriers()
        (entry,) = await entries(database, case)
    assert (entry.state, entry.reason) == (state, reason)
    (accepted,) = notify.accepted
    assert accepted["reference"] == entry.id and accepted["type"] == recipient.means


async def test_a_message_whose_answer_was_lost_is_not_sent_twice(
    database: Database, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "TIMEOUT", 2)
    async with notify_stand_in(clock) as notify:
        notify.after_accepting = lambda: asyncio.sleep(6)
        worker = worker_of(database, notify, tmp_path, clock)
        case = await enqueued(database, PHONE, clock)
        await worker.once()
        assert (await entries(database, case))[0].state == "waiting"
        notify.after_accepting = None
        clock.now += 60
        await worker.once()
        (entry,) = await entries(database, case)
    assert entry.state == "sent" and entry.tries == 2 and len(notify.accepted) == 1
    assert [one.split()[0] for one in notify.requests] == ["POST", "GET"]


async def test_a_wrong_clock_fails_no_message_because_each_try_is_signed_anew(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    ahead = Clock(clock.now + 31)
    async with notify_stand_in(clock) as notify:
        worker = worker_of(database, notify, tmp_path, ahead)
        case = await enqueued(database, EMAIL, ahead)
        await worker.once()
        (entry,) = await entries(database, case)
        assert entry.state == "waiting" and "clock" in entry.detail and entry.due >= ahead.now + 900
        ahead.now = clock.now = entry.due
        await worker.once()
        assert (await entries(database, case))[0].state == "sent"


async def test_the_limit_of_a_day_is_waited_for_until_midnight(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    async with notify_stand_in(clock, day=1) as notify:
        worker = worker_of(database, notify, tmp_path, clock)
        for recipient in (EMAIL, PHONE):
            case = await enqueued(database, recipient, clock)
            await worker.once()
        (entry,) = await entries(database, case)
        assert "TooManyRequestsError" in entry.detail
        assert entry.due >= clock.now + until_midnight(clock.now)
        clock.now = entry.due
        await worker.once()
        assert (await entries(database, case))[0].state == "sent"


async def test_the_limit_of_a_minute_is_waited_for(database: Database, clock: Clock, tmp_path: Path) -> None:
    async with notify_stand_in(clock, minute=0) as notify:
        case = await enqueued(database, PHONE, clock)
        await worker_of(database, notify, tmp_path, clock).once()
    (entry,) = await entries(database, case)
    assert entry.state == "waiting" and clock.now + 60 <= entry.due < clock.now + 120


async def test_what_is_refused_is_never_sent_again(database: Database, clock: Clock, tmp_path: Path) -> None:
    async with notify_stand_in(clock) as notify:
        worker = worker_of(database, notify, tmp_path, clock)
        case = await enqueued(database, Recipient("letter", "Eastmere\nEM4 2QT"), clock)
        await worker.once()
        clock.now += 7200
        await worker.once()
    (entry,) = await entries(database, case)
    assert (entry.state, entry.reason, entry.tries) == ("failed", REFUSED, 1)
    assert entry.detail == "GOV.UK Notify answered 400 ValidationError"


async def test_a_message_that_would_come_too_late_is_given_up(database: Database, clock: Clock, tmp_path: Path) -> None:
    carrier = notify_carrier("http://127.0.0.1:9", tmp_path, clock)
    worker = worker_with(database, carrier, clock)
    case = await enqueued(database, PHONE, clock)
    begun = clock.now
    while (await entries(database, case))[0].state == "waiting":
        await worker.once()
        clock.now += 3600
        assert clock.now < begun + 2 * MESSAGE_LIFE
    (entry,) = await entries(database, case)
    assert (entry.state, entry.reason) == ("failed", GIVEN_UP) and clock.now > begun + MESSAGE_LIFE - 7200


async def test_without_a_carrier_or_a_key_messages_wait_and_say_why(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    case = await enqueued(database, PHONE, clock)
    await worker_with(database, None, clock).once()
    assert "no carrier" in (await entries(database, case))[0].detail
    clock.now += 3600
    await worker_with(database, notify_carrier("http://127.0.0.1:9", tmp_path, clock, key="short"), clock).once()
    assert "no API key" in (await entries(database, case))[0].detail


def test_a_key_is_cut_from_its_right_end() -> None:
    service, secret = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
    for name in ("live", "a-name-with-hyphens", secret):
        key = read_api_key(f"{name}-{service}-{secret}")
        assert (key.service, key.secret) == (service, secret)
    with pytest.raises(SecretMissing):
        read_api_key(f"name-{service}")


async def test_a_failed_message_is_sent_again_under_its_reference(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    async with notify_stand_in(clock) as notify:
        worker = worker_of(database, notify, tmp_path, clock)
        case = await enqueued(database, Recipient("sms", "+447700900003"), clock)
        for sent in (1, 2):
            await worker.once()
            notify.settle()
            clock.now += worker_module.ASK_WAITS[0]
            await worker.ask_carriers()
            (entry,) = await entries(database, case)
            assert (entry.state, entry.reason, len(notify.accepted)) == ("failed", UNREACHABLE, sent)
            assert await database.run(lambda tx, one=entry.id: queue.reopen(tx, one, int(clock.now)))  # type: ignore[misc]


async def test_a_message_that_was_given_up_is_asked_for_before_it_is_sent_again(
    database: Database, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "TIMEOUT", 0.3)
    async with notify_stand_in(clock) as notify:
        notify.after_accepting = lambda: asyncio.sleep(5)
        worker = worker_of(database, notify, tmp_path, clock)
        case = await enqueued(database, PHONE, clock)
        (entry,) = await entries(database, case)
        await worker.once()
        notify.after_accepting = None
        given_up = MessageStatus("failed", reason=GIVEN_UP)
        await database.run(lambda tx: queue.record(tx, entry.id, given_up, int(clock.now)))
        await database.run(lambda tx: queue.reopen(tx, entry.id, int(clock.now)))
        clock.now += 60
        await worker.once()
        (entry,) = await entries(database, case)
    assert entry.state in ("sent", "delivered") and len(notify.accepted) == 1
