"""Leases: which server delivers a case while several run, one is killed, or a clock is wrong."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import pytest
from delivery.desks import Clock, Desk, rounds, sent, truth, until_true, well, worker_for
from support.samples.journey_samples import NOW, a_draft, a_session, answered, submitted

from onestop.delivery import worker as working
from onestop.delivery.kinds.destination import Parcel, TemporaryFailure
from onestop.store.connect import open_database
from onestop.store.database import Database
from onestop.store.tables import outbox


async def test_claims_of_a_dead_server_are_delivered_after_their_lease(database: Database, clock: Clock) -> None:
    case = await sent(database)
    await database.run(lambda tx: outbox.claim(tx, ("waste", "folder"), most=4, lease=working.LEASE, now=NOW))
    desk = Desk(well)
    worker = worker_for(database, desk, clock, Random(1))
    await rounds(worker, 3)
    assert desk.came == []
    clock.now += working.LEASE
    await rounds(worker)
    assert desk.counted() == Counter({(case, "waste"): 1})
    assert (await truth(database, case))[0].tries == 2


def test_claims_of_a_killed_server_are_taken_over_within_ten_seconds() -> None:
    assert working.LEASE <= 10
    assert working.RENEW < working.LEASE / 2


async def test_a_delivery_that_takes_longer_than_its_lease_is_not_taken_over(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "RENEW", 0.01)
    go = asyncio.Event()

    async def slow(_: Parcel) -> None:
        await go.wait()

    case = await sent(database)
    first, second = Desk(slow), Desk(well)
    worker = worker_for(database, first, clock, Random(1))
    await worker.once()
    for _ in range(6):
        clock.now += working.LEASE / 2

        async def renewed() -> bool:
            return (await truth(database, case))[0].due >= clock.now + working.LEASE - 1

        await until_true(renewed)
        await rounds(worker_for(database, second, clock, Random(2)))
    go.set()
    await worker.idle()
    assert (len(first.came), second.came) == (1, [])
    assert (await truth(database, case))[0].state == "done"


async def test_a_clock_that_was_two_days_ahead_does_not_delay_deliveries(database: Database, clock: Clock) -> None:
    clock.now = NOW + 2 * 86400
    draft = await answered(database, await a_draft(database, await a_session(database)))
    receipt = await submitted(database, draft, now=int(clock.now) - 86400)
    failing = True

    async def sometimes(_: Parcel) -> None:
        if failing:
            raise TemporaryFailure("not now")

    worker = worker_for(database, Desk(sometimes), clock, Random(1))
    await rounds(worker)
    clock.now, failing = NOW, False
    await rounds(worker)
    assert (await truth(database, receipt.case))[0].state == "done"


@pytest.fixture
async def servers(url: str, keys_file: Path | None) -> AsyncIterator[list[Database]]:
    """Four server processes, as far as the database can tell."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(open_database(url, keys_file)) for _ in range(4)]


async def test_several_servers_share_the_deliveries_without_duplicates(servers: list[Database], clock: Clock) -> None:
    made = [await sent(servers[0], "waste", "housing") for _ in range(40)]
    desk = Desk(well)
    workers = [worker_for(database, desk, clock, Random(n)) for n, database in enumerate(servers)]
    for _ in range(30):
        await asyncio.gather(*(worker.once() for worker in workers))
        await asyncio.gather(*(worker.idle() for worker in workers))
    assert desk.counted() == Counter({(case, name): 1 for case in made for name in ("waste", "housing")})
