"""The delivery worker delivers everything once despite failures, and one failing desk does not delay others."""

import asyncio
import json
import logging
from collections import Counter
from pathlib import Path
from random import Random
from secrets import SystemRandom

import pytest
from delivery.desks import Clock, Desk, rounds, sent, truth, until, until_true, well, worker_for
from support.samples.journey_samples import NOW, SECRET, a_draft, a_session, a_submission, answered

from onestop.casework.case import Submission
from onestop.delivery import worker as working
from onestop.delivery.kinds.destination import Parcel, PermanentFailure, TemporaryFailure
from onestop.delivery.kinds.folder import Folder
from onestop.delivery.worker import retry_seconds
from onestop.store.database import Database
from onestop.store.errors import Unavailable
from onestop.store.tables import cases, outbox, photos
from onestop.store.tables.drafts import Draft


async def test_a_case_is_delivered_to_every_desk_with_its_photos(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    photo = await database.run(
        lambda tx: photos.add(tx, draft.id, ask="photo", kind="image/jpeg", content=b"\xff\xd8 picture", now=NOW)
    )
    assert photo is not None

    def build(found: Draft, reference: str) -> Submission:
        plain = a_submission(found, reference)
        return Submission(
            plain.payload, (("waste", "folder"), ("housing", "folder")), plain.keeps, plain.shown, (photo.id,)
        )

    receipt = await database.run(
        lambda tx: cases.submit(tx, draft.session, draft.id, build, chance=SystemRandom(), now=NOW)
    )
    assert receipt is not None
    await rounds(worker_for(database, Folder(tmp_path / "outbox"), clock, Random(1)))
    for desk in ("waste", "housing"):
        found = json.loads((tmp_path / "outbox" / desk / f"{receipt.reference}.json").read_text())
        assert found["reference"] == receipt.reference
        assert found["case"] == receipt.case
        assert found["answers"] == [{"name": SECRET}]
        assert found["photos"] == [{"file": f"{receipt.reference}-1.jpg", "ask": "photo", "kind": "image/jpeg"}]
        assert (tmp_path / "outbox" / desk / f"{receipt.reference}-1.jpg").read_bytes() == b"\xff\xd8 picture"
    assert [(one.state, one.tries, one.settled) for one in await truth(database, receipt.case)] == [
        ("done", 1, NOW)
    ] * 2


async def test_a_destination_that_is_down_for_a_day_gets_everything_once(
    database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    async def down(_: Parcel) -> None:
        if clock.now < NOW + 86400:
            raise TemporaryFailure("the line is engaged")

    made = [await sent(database) for _ in range(5)]
    desk = Desk(down)
    worker = worker_for(database, desk, clock, Random(1))
    while clock.now < NOW + 30 * 3600:
        await rounds(worker)
        clock.now += 600
    assert desk.counted() == Counter({(case, "waste"): 1 for case in made})
    for case in made:
        (one,) = await truth(database, case)
        assert one.state == "done"
        assert 20 < one.tries < 60
    assert "the line is engaged" in caplog.text
    assert "Gwenll" not in caplog.text


async def test_the_reason_of_a_failure_is_stored_unchanged(database: Database, clock: Clock) -> None:
    async def engaged(_: Parcel) -> None:
        raise TemporaryFailure("the line is engaged")

    case = await sent(database)
    await rounds(worker_for(database, Desk(engaged), clock, Random(1)))
    (one,) = await truth(database, case)
    assert (one.state, one.tries, one.reason) == ("waiting", 1, "the line is engaged")
    assert NOW < one.due <= NOW + 5
    (count,) = await database.read(outbox.open_counts)
    assert (count.desk, count.destination, count.state, count.count, count.oldest) == (
        "waste",
        "folder",
        "waiting",
        1,
        NOW,
    )


async def test_a_permanent_failure_is_not_retried_until_an_operator_asks(
    database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[str] = []

    async def refuses(parcel: Parcel) -> None:
        tries.append(parcel.case)
        if len(tries) == 1:
            raise PermanentFailure("it knows no such desk")

    case = await sent(database)
    worker = worker_for(database, Desk(refuses), clock, Random(1))
    for _ in range(5):
        await rounds(worker)
        clock.now += 7200
    assert len(tries) == 1
    assert (await truth(database, case))[0].state == "refused"
    assert caplog.records[-1].levelno == logging.ERROR
    (entry,) = await truth(database, case)
    await database.run(lambda tx: outbox.reopen(tx, entry, int(clock())))
    await rounds(worker)
    assert (await truth(database, case))[0].state == "done"


async def test_a_case_that_always_fails_does_not_delay_others(database: Database, clock: Clock) -> None:
    poison = await sent(database)

    async def chokes(parcel: Parcel) -> None:
        if parcel.case == poison:
            raise ZeroDivisionError(SECRET)

    made = [await sent(database) for _ in range(20)]
    desk = Desk(chokes)
    await rounds(worker_for(database, desk, clock, Random(1)), 10)
    assert desk.counted() == Counter({(case, "waste"): 1 for case in made})
    (one,) = await truth(database, poison)
    assert one.state == "waiting"
    assert one.reason == "ZeroDivisionError while delivering"


async def test_a_desk_that_hangs_does_not_delay_others_and_is_retried(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "TIMEOUT", 0.3)

    async def hangs(parcel: Parcel) -> None:
        if parcel.desk == "slow":
            await asyncio.sleep(3600)

    slow = [await sent(database, "slow") for _ in range(6)]
    quick = [await sent(database, "waste") for _ in range(12)]
    desk = Desk(hangs)
    worker = worker_for(database, desk, clock, Random(1))

    async def tried() -> list[str]:
        return [case for case in slow if (await truth(database, case))[0].reason]

    async def enough() -> bool:
        return len(await tried()) >= desk.parallel

    async with worker.running(poll=0.02):
        await until(lambda: len(desk.came) == 12)
        await until_true(enough)
    assert desk.counted() == Counter({(case, "waste"): 1 for case in quick})
    # Four at a time found it down: those behind them may have to wait for a trial.
    first = (await tried())[0]
    assert (await truth(database, first))[0].reason == "the destination did not answer in time"


async def test_waking_the_worker_delivers_a_new_case_immediately(database: Database, clock: Clock) -> None:
    desk = Desk(well)
    worker = worker_for(database, desk, clock, Random(1))
    async with worker.running(poll=3600):
        await asyncio.sleep(0.1)
        case = await sent(database)
        worker.wake()
        await until(lambda: bool(desk.came))
    assert (await truth(database, case))[0].state == "done"


async def test_shutdown_waits_for_batches_in_flight_up_to_a_timeout(database: Database, clock: Clock) -> None:
    async def slow(parcel: Parcel) -> None:
        await asyncio.sleep(0.2 if parcel.desk == "waste" else 3600)

    case = await sent(database, "waste", "hangs")
    worker = worker_for(database, Desk(slow), clock, Random(1))
    loop = asyncio.get_running_loop()
    async with worker.running(poll=0.01):
        await asyncio.sleep(0.1)
        began = loop.time()
    assert loop.time() - began < 3
    assert [(one.desk, one.state) for one in await truth(database, case)] == [("hangs", "waiting"), ("waste", "done")]


async def test_delivery_resumes_after_a_database_outage(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    case = await sent(database)
    desk = Desk(well)
    worker = worker_for(database, desk, clock, Random(1))
    away = True
    read = database.read

    async def reads(work):  # type: ignore[no-untyped-def]
        if away:
            raise Unavailable("the database: gone")
        return await read(work)

    monkeypatch.setattr(database, "read", reads)
    async with worker.running(poll=0.01):
        await until(lambda: "the database: gone" in caplog.text)
        away = False
        await until(lambda: bool(desk.came))
    assert (await truth(database, case))[0].state == "done"


def test_the_retry_delay_doubles_up_to_an_hour_with_jitter() -> None:
    chance = Random(5)
    first = [retry_seconds(1, chance) for _ in range(200)]
    assert 1 <= min(first) < max(first) <= 5
    late = [retry_seconds(50, chance) for _ in range(200)]
    assert 1800 <= min(late) < max(late) <= 3600
    assert len(set(late)) > 100
    for tries in range(1, 12):
        assert retry_seconds(tries, Random(1)) <= retry_seconds(tries + 1, Random(1))
