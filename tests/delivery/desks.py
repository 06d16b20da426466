"""A desk whose behaviour a test decides, and a delivery worker on a driven clock."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from support.samples.journey_samples import NOW, a_draft, a_session, answered, submitted

from onestop.delivery.kinds.destination import Accepted, Destination, DestinationContext, Outcome, Parcel
from onestop.delivery.routes import Destinations, Routes
from onestop.delivery.worker import DeliveryWorker
from onestop.settings import read_settings
from onestop.store.database import Database
from onestop.store.tables import cases, outbox
from onestop.store.tables.outbox import OutboxEntry


@dataclass
class Clock:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


@dataclass
class Desk:
    """A destination whose behaviour is a function of the test."""

    does: Callable[[Parcel], Awaitable[None]]
    came: list[Parcel] = field(default_factory=list)
    batch: int = 1
    parallel: int = 4

    async def deliver(self, parcels: Sequence[Parcel]) -> Sequence[Outcome]:
        for parcel in parcels:
            await self.does(parcel)
            self.came.append(parcel)
        return [Accepted()] * len(parcels)

    async def forget(self, case: str, desk: str) -> None:
        """Keeps no records."""

    async def tidy(self, now: float) -> None:
        """Keeps no records."""

    def counted(self) -> Counter[tuple[str, str]]:
        return Counter((parcel.case, parcel.desk) for parcel in self.came)


@dataclass(frozen=True)
class Fixed:
    """Options in desks.yaml that open a given destination."""

    destination: Destination = field(hash=False, compare=False)

    def open(self, context: DestinationContext) -> Destination:
        return self.destination

    def missing(self, context: DestinationContext) -> str:
        return ""


def context_of(outbox: Path, **settings: str) -> DestinationContext:
    return DestinationContext.of(read_settings({"outbox": str(outbox), **settings}, {}))


def worker_for(database: Database, destination: Destination, clock: Clock, chance: Random) -> DeliveryWorker:
    """Return a worker whose `folder` destination of every desk is the given one."""
    routes = Routes({desk: {"folder": Fixed(destination)} for desk in ("waste", "housing", "slow", "hangs")})
    return DeliveryWorker(database, Destinations(lambda: routes, context_of(Path("/nowhere"))), clock, chance)


async def well(_: Parcel) -> None:
    await asyncio.sleep(0)


async def sent(database: Database, *desks: str) -> str:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    return (await submitted(database, draft, desks=desks or ("waste",))).case


async def truth(database: Database, case: str) -> tuple[OutboxEntry, ...]:
    found = await database.read(lambda tx: cases.get(tx, case))
    assert found is not None
    return await database.read(lambda tx: outbox.entries_of(tx, found.reference))


async def rounds(worker: DeliveryWorker, times: int = 1) -> None:
    for _ in range(times):
        await worker.once()
        await worker.idle()


async def until(true: Callable[[], bool]) -> None:
    """Wait until the condition is true, with a timeout."""

    async def now() -> bool:
        return true()

    await until_true(now)


async def until_true(true: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(1000):
        if await true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came true")
