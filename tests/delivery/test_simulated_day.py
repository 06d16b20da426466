"""A day on a simulated clock: destinations that are down, answer twice or lose answers, and a worker that is killed at random."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from delivery.desks import Clock, Fixed, context_of, rounds
from support.samples.journey_samples import NOW, a_draft, a_session, answered, submitted

from onestop.delivery.kinds.destination import Accepted, Outcome, Parcel, TemporaryFailure
from onestop.delivery.routes import Destinations, Routes
from onestop.delivery.worker import LEASE, DeliveryWorker
from onestop.store.database import Database
from onestop.store.tables import outbox

CASES, HOUR, STEP = 300, 3600, 120


@dataclass
class Party:
    """A receiver that knows a case by its key: what came is kept, what came again changes nothing."""

    clock: Clock
    chance: Random
    down_until: float = 0
    twice: bool = False
    lost: float = 0
    batch: int = 8
    parallel: int = 1
    kept: dict[str, Parcel] = field(default_factory=dict)
    came: Counter[str] = field(default_factory=Counter)
    refused_while_down: int = 0

    async def deliver(self, parcels: Sequence[Parcel]) -> Sequence[Outcome]:
        return [self.take(parcel) for parcel in parcels for _ in range(1 + self.twice)][:: 1 + self.twice]

    def take(self, parcel: Parcel) -> Outcome:
        if self.clock.now < self.down_until:
            self.refused_while_down += 1
            return TemporaryFailure("no connection")
        self.came[parcel.case] += 1
        assert self.kept.setdefault(parcel.case, parcel).body == parcel.body
        if self.chance.random() < self.lost:
            return TemporaryFailure("the connection broke off before the answer was whole")
        return Accepted(f"N{parcel.reference}")

    async def forget(self, case: str, desk: str) -> None:
        """Keeps every case."""

    async def tidy(self, now: float) -> None:
        """Keeps every case."""


async def killed(worker: DeliveryWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it deliver what is due, and end it before that is written down."""

    async def dies(*_: object, **__: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(worker, "_record", dies)
    await worker.once()
    for task in worker._in_flight():
        with pytest.raises(RuntimeError, match="killed"):
            await task


async def make_due(database: Database, made: list[str], now: float, deliveries: tuple[tuple[str, str], ...]) -> None:
    """Send the cases that are due by now: `CASES` of them over sixteen hours."""
    at = int(now)
    while len(made) < min(CASES, CASES * (now - NOW + STEP) / (16 * HOUR)):
        begun = await a_draft(database, await a_session(database, now=at), now=at)
        draft = await answered(database, begun, now=at)
        made.append((await submitted(database, draft, now=at, deliveries=deliveries)).case)


async def progress_of(database: Database, made: Sequence[str]) -> dict[str, Counter[str]]:
    """Return how many cases are in which state, by destination."""
    ends: dict[str, Counter[str]] = defaultdict(Counter)
    for case in made:
        for entry in await database.read(lambda tx, case=case: outbox.entries_of_case(tx, case)):  # type: ignore[misc]
            ends[entry.destination][entry.progress] += 1
            assert entry.number == f"N{entry.reference}"
    return ends


async def test_every_case_reaches_each_destination_exactly_once_by_its_key(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(311)
    parties = {
        "well": Party(clock, chance),
        "down": Party(clock, chance, down_until=NOW + 6 * HOUR),
        "twice": Party(clock, chance, twice=True),
        "loses": Party(clock, chance, lost=0.1),
    }
    routes = Routes({"waste": {name: Fixed(party) for name, party in parties.items()}})
    # Options are equal to each other in tests: each has to open its own party.
    monkeypatch.setattr(Destinations, "find", lambda _, desk, name: parties[name])
    made: list[str] = []
    deliveries = tuple(("waste", name) for name in parties)

    def new_worker() -> DeliveryWorker:
        return DeliveryWorker(database, Destinations(lambda: routes, context_of(Path("/nowhere"))), clock, chance)

    workers = [new_worker(), new_worker()]
    while clock.now < NOW + 24 * HOUR:
        await make_due(database, made, clock.now, deliveries)
        for number in range(2):
            if chance.random() < 0.02:
                # Killed after the destinations took a batch, and before that was written down.
                await killed(workers[number], monkeypatch)
                workers[number] = new_worker()
            else:
                await rounds(workers[number])
        clock.now += STEP
    assert clock.now - NOW > LEASE
    for name, party in parties.items():
        assert {parcel.case for parcel in party.kept.values()} == set(made), name
        assert all(key == parcel.case for key, parcel in party.kept.items())
    assert len(made) == CASES
    assert await database.read(outbox.open_counts) == ()
    assert await progress_of(database, made) == {name: Counter({"accepted": CASES}) for name in parties}
    # It was really down, lost answers and heard things twice, and while it was down it got a trial now and then.
    assert set(parties["twice"].came.values()) >= {2}
    assert sum(parties["loses"].came.values()) > CASES
    assert 50 < parties["down"].refused_while_down < 2 * 6 * HOUR / 60
