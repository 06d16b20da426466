"""When each case is brought to its desks: as soon as it is there, again and again if need be, and no case waits for another."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from random import Random

from onestop.delivery.destination import Destination, PermanentFailure, TemporaryFailure
from onestop.delivery.parcel import build_parcel
from onestop.store.database import Database
from onestop.store.errors import Unavailable
from onestop.store.tables import outbox
from onestop.store.tables.outbox import Claim

LEASE = 120
"""Seconds a claimed case is ours; a server that dies gives it back that late."""
PATIENCE = 60.0
"""Seconds a destination may take."""
AT_ONCE = 4
"""Cases on their way to one desk at the same time."""
FIRST, LONGEST = 5, 3600
"""Seconds before the second try, and at most between two."""
EVERY = 1.0
log = logging.getLogger("onestop")


class Worker:
    """Delivers what is due to `destination`. Several servers with one database share the work: a claimed case is nobody else's."""

    def __init__(
        self, database: Database, destination: Destination, clock: Callable[[], float], chance: Random
    ) -> None:
        self.database, self.destination, self.clock, self.chance = database, destination, clock, chance
        self.lanes: dict[str, set[asyncio.Task[None]]] = {}
        self.woken = asyncio.Event()

    def wake(self) -> None:
        """Something has been submitted."""
        self.woken.set()

    @asynccontextmanager
    async def running(self, every: float = EVERY) -> AsyncIterator[None]:
        """Deliver until the end, then finish what is on its way; what cannot be finished in time is delivered after the next start."""
        task = asyncio.create_task(self._forever(every))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._stopped()

    async def _forever(self, every: float) -> None:
        while True:
            self.woken.clear()
            try:
                await self.once()
            except Unavailable as why:
                log.warning("cases cannot be delivered now: %s", why)
            except Exception as why:
                log.error("cases cannot be delivered now: %s", type(why).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.woken.wait(), every)

    async def once(self) -> None:
        """Start bringing what is due, so far as each desk has room. A desk that is slow keeps only its own cases waiting."""
        now = int(self.clock())
        for desk in await self.database.read(lambda tx: outbox.desks_due(tx, now)):
            lane = self.lanes.setdefault(desk, set())
            room = AT_ONCE - len(lane)
            for claim in await self._claimed(desk, room, now) if room else ():
                task = asyncio.create_task(self._deliver(claim))
                lane.add(task)
                task.add_done_callback(lane.discard)
                task.add_done_callback(lambda _: self.wake())

    async def settled(self) -> None:
        """Wait until nothing is on its way."""
        while tasks := [task for lane in self.lanes.values() for task in lane]:
            await asyncio.wait(tasks)

    async def _claimed(self, desk: str, room: int, now: int) -> tuple[Claim, ...]:
        return await self.database.run(lambda tx: outbox.claim(tx, desk, most=room, lease=LEASE, now=now))

    async def _deliver(self, claim: Claim) -> None:
        try:
            await self._try(claim)
        except Unavailable as why:
            # The lease runs out and it is tried again; the destination knows what it has.
            log.warning("case %s: how its delivery went cannot be written down: %s", claim.case, why)

    async def _try(self, claim: Claim) -> None:
        try:
            parcel = await self.database.read(lambda tx: build_parcel(tx, claim.case, claim.desk))
            if parcel is None:
                return
            async with asyncio.timeout(PATIENCE):
                await self.destination.deliver(parcel)
        except Unavailable:
            raise
        except TemporaryFailure as why:
            await self._later(claim, str(why))
        except TimeoutError:
            await self._later(claim, "the destination did not answer in time")
        except PermanentFailure as why:
            await self._refused(claim, str(why))
        except Exception as why:
            # The text of an error nobody foresaw may hold what a resident has said; its name does not.
            await self._later(claim, f"{type(why).__name__} on the way")
        else:
            await self.database.run(lambda tx: outbox.delivered(tx, claim, int(self.clock())))

    async def _refused(self, claim: Claim, reason: str) -> None:
        log.error("case %s: refused by the destination of %s: %s", claim.case, claim.desk, reason)
        await self.database.run(lambda tx: outbox.refused(tx, claim, reason, int(self.clock())))

    async def _later(self, claim: Claim, reason: str) -> None:
        due = int(self.clock()) + waits(claim.tries, self.chance)
        log.warning("case %s: not delivered to %s at try %d: %s", claim.case, claim.desk, claim.tries, reason)
        await self.database.run(lambda tx: outbox.later(tx, claim, reason, due))

    async def _stopped(self) -> None:
        tasks = [task for lane in self.lanes.values() for task in lane]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=1.0)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def waits(tries: int, chance: Random) -> int:
    """Seconds until the next try: twice as long each time, and never the same for all that failed together."""
    longest = min(LONGEST, FIRST * 2 ** min(tries - 1, 20))
    return max(1, int(longest * chance.uniform(0.5, 1.0)))
