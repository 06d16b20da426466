"""Background work on the store: deliver cases, erase expired data, reload the master keys when their file changes."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import SystemRandom

from onestop.delivery.kinds.destination import DestinationContext
from onestop.delivery.routes import Destinations, Routes
from onestop.delivery.status_poll import StatusPoll
from onestop.delivery.worker import DeliveryWorker
from onestop.http.background import background_task
from onestop.settings import Settings
from onestop.site.journey_counter import JourneyCounter
from onestop.store.connect import open_database
from onestop.store.database import Database
from onestop.store.encryption import rotation
from onestop.store.errors import StoreUnusable, Unavailable
from onestop.store.expiry import erase_expired

ERASE_SECONDS, TIDY_SECONDS, STATUS_SECONDS, KEYS_SECONDS = 60.0, 3600.0, 30.0, 2.0
CHECKS_AFTER_CHANGE = 3
"""How often a changed key file is read. At the last of them a new key begins to encrypt, so that other servers have read it too."""
log = logging.getLogger("onestop")


@asynccontextmanager
async def run_store(
    settings: Settings, clock: Callable[[], float], routes: Callable[[], Routes | None], journeys: JourneyCounter
) -> AsyncIterator[tuple[Database, DeliveryWorker]]:
    """Open the database and run its background work; yield it and the delivery worker. Raises `StoreUnusable`.

    `routes` returns the current table of desks and destinations, or None until the catalogue has been read.
    """
    async with open_database(
        settings.database, settings.keys, connections=settings.database_connections, connect_later=True
    ) as database:
        destinations = Destinations(routes, DestinationContext.of(settings, clock))
        worker = DeliveryWorker(database, destinations, clock, SystemRandom())
        keys = KeyFile(database, rotation.keys_file(settings.database, settings.keys))
        polled = StatusPoll(database, destinations, clock)
        erasure = Erasure(database, clock, journeys)

        async def tidy() -> None:
            await destinations.tidy(clock())

        async with (
            worker.running(),
            repeated(ERASE_SECONDS, erasure.run),
            repeated(TIDY_SECONDS, tidy),
            repeated(STATUS_SECONDS, polled.run),
            repeated(KEYS_SECONDS, keys.check),
        ):
            yield database, worker


def repeated(seconds: float, work: Callable[[], Awaitable[None]]) -> AbstractAsyncContextManager[None]:
    """Call `work` now and every so many seconds. A failure is logged when it begins and when it changes, not at every repetition."""
    return background_task(_repeat(seconds, work))


async def _repeat(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    failing = ""
    while True:
        try:
            await work()
        except Exception as why:
            # The text of an unexpected exception may contain personal data; its type does not.
            expected = isinstance(why, (Unavailable, StoreUnusable, OSError))
            text = str(why) if expected else f"{type(why).__name__} in background work on the store"
            if text != failing:
                log.error("%s; next try in %g s", text, seconds)
            failing = text
        else:
            failing = ""
        await asyncio.sleep(seconds)


@dataclass(slots=True)
class Erasure:
    """Erases what has expired, and warns when the number of cases changes that are due for erasure but undelivered."""

    database: Database
    clock: Callable[[], float]
    journeys: JourneyCounter
    undelivered: int = 0

    async def run(self) -> None:
        erased = await erase_expired(self.database, int(self.clock()))
        self.journeys.given_up.update(erased.given_up)
        if erased.undelivered and erased.undelivered != self.undelivered:
            log.warning(
                "%d cases are past their time but have not reached a desk, and are kept until they have",
                erased.undelivered,
            )
        self.undelivered = erased.undelivered


class KeyFile:
    """The file of master keys, checked for changes. `checks` is how often a changed file still has to be read."""

    def __init__(self, database: Database, file: Path) -> None:
        self.database, self.file = database, file
        self.version: tuple[int, int] | None = None
        self.checks = 0

    async def check(self) -> None:
        """Reload the keys if the file has changed; at the last check encrypt with the new key and re-encrypt all data keys."""
        found = self.file.stat()
        if (found.st_mtime_ns, found.st_ino) != self.version:
            self.checks = CHECKS_AFTER_CHANGE
            self.version = found.st_mtime_ns, found.st_ino
        if not self.checks:
            return
        try:
            await self._reload(decrypt_only=self.checks > 1)
            self.checks -= 1
        except StoreUnusable:
            # Reported once: the file stays wrong until somebody writes it again.
            self.checks = 0
            raise

    async def _reload(self, *, decrypt_only: bool) -> None:
        if await rotation.reload_keys(self.database, self.file, decrypt_only=decrypt_only):
            log.info("the keys have been read again; %s is the current one", self.database.keys.current.name)
        if len(self.database.keys.masters) > 1 and not decrypt_only:
            changed = await rotation.rewrap_all(self.database)
            text = "%d keys have been brought under the master key %s; those below it are not needed here any more"
            log.info(text, changed, self.database.keys.current.name)
