"""How far each delivery is, a destination that is down, and deliveries that are given up."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from delivery.desks import Clock, Desk, Fixed, context_of, rounds, sent, truth, well, worker_for
from support.samples.journey_samples import NOW

from onestop.delivery import worker as working
from onestop.delivery.circuit import DISTINCT_FAILURES, LONGEST_TRIAL, Circuit
from onestop.delivery.kinds.destination import Accepted, Outcome, Parcel, PermanentFailure, TemporaryFailure
from onestop.delivery.routes import Destinations, Routes
from onestop.delivery.worker import DeliveryWorker
from onestop.store.database import Database
from onestop.store.tables import outbox

DAY = 86400


async def progress(database: Database, case: str) -> list[str]:
    return [one.progress for one in await database.read(lambda tx: outbox.entries_of_case(tx, case))]


async def down(_: Parcel) -> None:
    raise TemporaryFailure("the line is engaged")


async def test_a_delivery_is_received_then_sent_then_accepted_under_their_number(
    database: Database, clock: Clock
) -> None:
    class Numbered(Desk):
        async def deliver(self, parcels):  # type: ignore[no-untyped-def]
            await super().deliver(parcels)
            return [Accepted("SR-7") for _ in parcels]

    tries: list[int] = []

    async def second_time(parcel: Parcel) -> None:
        tries.append(parcel.tries)
        if len(tries) == 1:
            raise TemporaryFailure("busy")

    case = await sent(database)
    assert await progress(database, case) == ["received"]
    worker = worker_for(database, Numbered(second_time), clock, Random(1))
    await rounds(worker)
    assert await progress(database, case) == ["sending"]
    clock.now += 60
    await rounds(worker)
    assert await progress(database, case) == ["accepted"]
    assert (await truth(database, case))[0].number == "SR-7"
    assert tries == [1, 2]


async def test_a_refusal_keeps_its_reason(database: Database, clock: Clock) -> None:
    async def refuses(_: Parcel) -> None:
        raise PermanentFailure("it knows no such desk")

    case = await sent(database)
    await rounds(worker_for(database, Desk(refuses), clock, Random(1)))
    (one,) = await truth(database, case)
    assert (one.progress, one.reason) == ("refused", "it knows no such desk")


async def test_after_days_a_delivery_is_given_up_until_somebody_asks_again(database: Database, clock: Clock) -> None:
    made = [await sent(database) for _ in range(8)]
    worker = worker_for(database, Desk(down), clock, Random(1))
    while clock.now < NOW + 6.9 * DAY:
        await rounds(worker)
        clock.now += 1800
    assert {one for case in made for one in await progress(database, case)} <= {"received", "sending"}
    clock.now = NOW + working.GIVE_UP + 3600
    for _ in range(4):
        await rounds(worker)
        clock.now += 3600
    for case in made:
        (one,) = await truth(database, case)
        assert (one.progress, one.reason) == ("given up", "the line is engaged")
    counts = await database.read(outbox.open_counts)
    assert [(one.state, one.count) for one in counts] == [("given up", 8)]
    (entry,) = await truth(database, made[0])
    await database.run(lambda tx: outbox.reopen(tx, entry, int(clock())))
    await rounds(worker_for(database, desk := Desk(well), clock, Random(1)))
    assert await progress(database, made[0]) == ["accepted"] and len(desk.came) == 1


async def test_a_case_that_another_server_gave_up_is_accepted_all_the_same(database: Database, clock: Clock) -> None:
    case = await sent(database)
    (claim,) = await database.run(lambda tx: outbox.claim(tx, ("waste", "folder"), most=1, lease=9, now=NOW))
    await database.run(lambda tx: outbox.give_up(tx, claim, NOW))
    await database.run(lambda tx: outbox.accepted(tx, claim, NOW, number="9"))
    (one,) = await truth(database, case)
    assert (one.progress, one.number) == ("accepted", "9")


async def test_while_a_destination_is_down_one_case_is_tried_now_and_then(database: Database, clock: Clock) -> None:
    tries: Counter[str] = Counter()

    async def counts(parcel: Parcel) -> None:
        tries[parcel.case] += 1
        if clock.now < NOW + 6 * 3600:
            raise TemporaryFailure("the line is engaged")

    made = [await sent(database) for _ in range(40)]
    desk = Desk(counts, batch=4, parallel=1)
    worker = worker_for(database, desk, clock, Random(1))
    while clock.now < NOW + 6 * 3600:
        await rounds(worker)
        clock.now += 60
    # One batch finds it down; then at most one trial each two and a half minutes or more, and the first few closer.
    assert 6 * 3600 / LONGEST_TRIAL < sum(tries.values()) < 6 * 3600 / (LONGEST_TRIAL / 2) + 15
    before = clock.now
    while len(desk.came) < 40:
        assert clock.now <= before + 3600 + LONGEST_TRIAL
        await rounds(worker)
        clock.now += 60
    assert desk.counted() == Counter({(case, "waste"): 1 for case in made})


async def test_a_poison_case_in_a_batch_delays_no_other(database: Database, clock: Clock) -> None:
    poison = await sent(database)
    others = [await sent(database) for _ in range(9)]

    class Picky(Desk):
        async def deliver(self, parcels):  # type: ignore[no-untyped-def]
            outcomes: list[Outcome] = []
            for parcel in parcels:
                bad = parcel.case == poison
                outcomes.append(TemporaryFailure("cannot be read") if bad else Accepted())
                self.came += [] if bad else [parcel]
            return outcomes

    desk = Picky(well, batch=4)
    routes = Routes({"waste": {"folder": Fixed(desk)}})
    worker = DeliveryWorker(database, Destinations(lambda: routes, context_of(Path("/nowhere"))), clock, Random(1))
    for _ in range(12):
        await rounds(worker)
        clock.now += 3600
    assert desk.counted() == Counter({(case, "waste"): 1 for case in others})
    assert not worker.circuits["waste", "folder"].open


def test_a_circuit_opens_for_different_cases_only() -> None:
    circuit = Circuit(Random(1))
    for _ in range(10):
        circuit.fail(["one"], 0)
    assert not circuit.open and circuit.most(8, 0, in_flight=True) == 8
    circuit.fail(map(str, range(DISTINCT_FAILURES)), 100)
    assert circuit.open
    assert circuit.most(8, 100, in_flight=False) == 0
    assert circuit.most(8, 106, in_flight=False) == 1
    assert circuit.most(8, 106, in_flight=True) == 0
    circuit.answered()
    assert circuit.most(8, 100, in_flight=False) == 8


@pytest.mark.parametrize("trials", [1, 5, 50])
def test_trials_are_at_most_five_minutes_apart(trials: int) -> None:
    circuit = Circuit(Random(1))
    for number in range(DISTINCT_FAILURES + trials):
        circuit.fail([str(number)], 0)
    assert 0 < circuit.trial_at <= LONGEST_TRIAL
