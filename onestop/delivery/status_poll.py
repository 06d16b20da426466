"""Asks destinations for the status of the cases that they have accepted."""

import asyncio
from collections.abc import Callable

from onestop.delivery.case_messages import CLOSED, tell_closed
from onestop.delivery.kinds.destination import FollowedDestination, PermanentFailure, TemporaryFailure
from onestop.delivery.routes import Destinations
from onestop.store.database import Database, Transaction
from onestop.store.tables import outbox
from onestop.store.tables.outbox import StatusAsk

MOST, PARALLEL = 40, 4
"""Cases asked for in one round, and at the same time."""
LATER = 1800
"""Seconds after which a case is asked for again if its destination did not answer, or another server asked and was killed."""
DAY = 86400


class StatusPoll:
    """Servers that share a database share the work: each case is asked for by one of them."""

    def __init__(self, database: Database, destinations: Destinations, clock: Callable[[], float]) -> None:
        self.database, self.destinations, self.clock = database, destinations, clock

    async def run(self) -> None:
        """Ask for what is due."""
        if not self.destinations.ready():
            return
        now = int(self.clock())
        asks = await self.database.run(lambda tx: outbox.asks_due(tx, now, most=MOST, lease=LATER))
        turns = asyncio.Semaphore(PARALLEL)

        async def one(ask: StatusAsk) -> None:
            async with turns:
                await self._ask(ask)

        await asyncio.gather(*map(one, asks))

    async def _ask(self, ask: StatusAsk) -> None:
        destination = self.destinations.find(ask.desk, ask.destination)
        if not isinstance(destination, FollowedDestination):
            return
        number, status, wait = ask.number, None, 0
        try:
            found = await destination.status(ask.number, ask.token)
            number, status, wait = found.number, found.status, found.wait
        except TemporaryFailure:
            return
        except PermanentFailure:
            # It no longer knows the case: keep what it said last, and ask once a day.
            wait = DAY
        now = int(self.clock())
        due = now + wait if wait else None

        async def work(tx: Transaction) -> None:
            await outbox.record_status(tx, ask, number, status, due)
            if status == CLOSED:
                await tell_closed(tx, ask.case, now)

        await self.database.run(work)
