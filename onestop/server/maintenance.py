"""What the server does with the store by itself: delivers cases, erases what is due, reads the keys again when their file changes."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from secrets import SystemRandom

from onestop.delivery.folder import Folder
from onestop.delivery.worker import Worker
from onestop.settings import Settings
from onestop.store.connect import open_database
from onestop.store.database import Database
from onestop.store.encryption import rotation
from onestop.store.errors import StoreUnusable, Unavailable
from onestop.store.expiry import ErasedCounts, erase_expired

SWEEP_SECONDS, KEYS_SECONDS = 60.0, 2.0
LOOKS = 3
"""Looks at a changed file: at the last of them a new key begins to seal, two intervals after it was seen first."""
log = logging.getLogger("onestop")


@asynccontextmanager
async def kept(settings: Settings, clock: Callable[[], float]) -> AsyncIterator[tuple[Database, Worker]]:
    """The database, open and looked after, and the worker to wake when a case has been submitted. Raises `StoreUnusable`."""
    async with open_database(settings.database, settings.keys) as database:
        folder = Folder(settings.outbox)
        worker = Worker(database, folder, clock, SystemRandom())
        keys = KeyRotation(database, rotation.keys_file(settings.database, settings.keys))

        async def erase() -> None:
            said(await erase_expired(database, int(clock())))
            await folder.tidy(clock())

        async with worker.running(), repeated(SWEEP_SECONDS, erase), repeated(KEYS_SECONDS, keys.look):
            yield database, worker


@asynccontextmanager
async def repeated(seconds: float, work: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Do it now and every so many seconds; what fails is said and done again the next time."""

    async def forever() -> None:
        while True:
            try:
                await work()
            except (Unavailable, StoreUnusable, OSError) as why:
                log.error("%s", why)
            except Exception as why:
                # The text of an error nobody foresaw may hold what a resident has said; its name does not.
                log.error("%s while looking after the store", type(why).__name__)
            await asyncio.sleep(seconds)

    task = asyncio.create_task(forever())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def said(swept: ErasedCounts) -> None:
    """Say what an operator should know of it."""
    if swept.held_up:
        log.warning(
            "%d cases are past their time but have not reached a desk, and are kept until they have", swept.held_up
        )


class KeyRotation:
    """The file of master keys, looked at now and then. `unsettled` is how many more looks a change of it wants."""

    def __init__(self, database: Database, file: Path) -> None:
        self.database, self.file = database, file
        self.seen: tuple[int, int] | None = None
        self.unsettled = 0

    async def look(self) -> None:
        """Take on the keys if the file has changed, and bring what was sealed before under the current one.

        A new key seals nothing before every server that looks at the same file has seen it.
        """
        found = self.file.stat()
        if (found.st_mtime_ns, found.st_ino) != self.seen:
            self.unsettled = LOOKS
            self.seen = found.st_mtime_ns, found.st_ino
        if not self.unsettled:
            return
        try:
            await self._take_on(gently=self.unsettled > 1)
            self.unsettled -= 1
        except StoreUnusable:
            # Said once: it stays as it is until somebody writes the file again.
            self.unsettled = 0
            raise

    async def _take_on(self, *, gently: bool) -> None:
        if await rotation.reload_keys(self.database, self.file, decrypt_only=gently):
            log.info("the keys have been read again; %s is the current one", self.database.keys.current.name)
        if len(self.database.keys.masters) > 1 and not gently:
            brought = await rotation.rewrap_all(self.database)
            said = "%d keys have been brought under the master key %s; those below it are not needed here any more"
            log.info(said, brought, self.database.keys.current.name)
