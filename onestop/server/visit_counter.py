"""Writes the visits counted in memory to the database, every few seconds and at the end."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from onestop.http.background import background_task
from onestop.http.page_cache import PageCache
from onestop.http.response_counter import ResponseCounter
from onestop.site.current import Sites
from onestop.store.counts import visits
from onestop.store.database import Database
from onestop.store.errors import Unavailable

SECONDS = 5.0
log = logging.getLogger("onestop")


class VisitCounter:
    """Writes visits from the counter to the database."""

    def __init__(
        self,
        counter: ResponseCounter,
        pages: PageCache,
        sites: Sites,
        database: Database,
        clock: Callable[[], float],
    ) -> None:
        self.counter, self.pages, self.sites, self.database, self.clock = (
            counter,
            pages,
            sites,
            database,
            clock,
        )

    async def write(self) -> None:
        """Write the counts since the last call; counts that cannot be written are kept for the next one."""
        self.counter.fold_all(self.pages)
        opened = self.counter.take_opened()
        if not opened or self.sites.current is None:
            return
        day = datetime.fromtimestamp(self.clock(), self.sites.current.catalogue.council.zone).date()
        try:
            await self.database.run(lambda tx: visits.add(tx, day, opened))
        except Unavailable as why:
            self.counter.opened.update(opened)
            log.error("visits cannot be written: %s", why)

    @asynccontextmanager
    async def running(self, seconds: float = SECONDS) -> AsyncIterator[None]:
        """Write every few seconds, and once more at the end."""
        try:
            async with background_task(self._forever(seconds)):
                yield
        finally:
            await self.write()

    async def _forever(self, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self.write()
