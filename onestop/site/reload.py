"""Reload the catalogue when its files change, or when the operator asks for it."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path

from watchfiles import awatch

from onestop.http.background import run_in_daemon_thread
from onestop.site.current import Sites
from onestop.site.site import Site

DEBOUNCE, STEP, POLL = 400, 50, 500
"""Milliseconds: the longest time changes are collected, the quiet time that ends it, and the interval of polling."""
SETTLE = 1.0
"""Seconds after which files that have vanished are looked for again."""
log = logging.getLogger("onestop")

Identities = frozenset[tuple[str, int, int]]


class Reloader:
    """Reads the catalogue in a thread, one reload at a time, while the last good site is served."""

    def __init__(self, sites: Sites) -> None:
        self.sites = sites
        self.lock = asyncio.Lock()
        self.settling: asyncio.Task[None] | None = None

    async def read_again(self, files: frozenset[Path] | None = None) -> None:
        """Read the changed `files`, or everything."""
        read: Callable[[], Site | None] = self.sites.read if files is None else lambda: self.sites.read_again(files)
        async with self.lock:
            try:
                site = await run_in_daemon_thread(read)
            except Exception:
                log.exception("the catalogue cannot be read; the last good one is still being served")
            else:
                self.sites.take(site)
                await run_in_daemon_thread(self.sites.save_copies)
        if self.sites.loaded and self.sites.loaded.unsettled and (self.settling is None or self.settling.done()):
            self.settling = asyncio.create_task(self._settle())

    async def _settle(self) -> None:
        while self.sites.loaded and self.sites.loaded.unsettled:
            await asyncio.sleep(SETTLE)
            await self.read_again(frozenset())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watch the content folder until the context ends."""
        stop = asyncio.Event()
        task = asyncio.create_task(self._watch(stop))
        try:
            yield
        finally:
            # The watching thread cannot be cancelled; it checks the event at every step.
            stop.set()
            await task
            if self.settling:
                self.settling.cancel()
                with suppress(asyncio.CancelledError):
                    await self.settling

    async def _watch(self, stop: asyncio.Event) -> None:
        await run_in_daemon_thread(self.sites.save_copies)
        polling = False
        seen = await run_in_daemon_thread(lambda: watched_state(self.sites.folder, self.sites.today()))
        while not stop.is_set():
            moved = asyncio.Event()
            checking = asyncio.create_task(self._until_moved(seen, stop, moved))
            try:
                async for changed in awatch(
                    self.sites.folder,
                    debounce=DEBOUNCE,
                    step=STEP,
                    stop_event=moved,
                    force_polling=polling,
                    poll_delay_ms=POLL,
                ):
                    await self.read_again(frozenset(Path(path) for _, path in changed))
            except (OSError, RuntimeError) as why:
                if self.sites.folder.is_dir():
                    # No inotify, or no more watches: polling always works.
                    log.warning("file watching is not available (%s): polling every %d ms", why, POLL)
                    polling = True
                await asyncio.sleep(POLL / 1000)
            seen_before, seen = seen, await checking
            if seen != seen_before and not stop.is_set():
                log.info("the content folder has been replaced, or a day has begun: reading all of it")
                await self.read_again()

    async def _until_moved(self, seen: Identities, stop: asyncio.Event, moved: asyncio.Event) -> Identities:
        """Set `moved` once another folder is where the content folder was, a day has begun or `stop` is set; return what is there now.

        A watch follows the folder itself and not its name: after `mv`, a new symbolic link or a new copy it hears nothing.
        """
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), POLL / 1000)
            now = await run_in_daemon_thread(lambda: watched_state(self.sites.folder, self.sites.today()))
            if stop.is_set() or now != seen:
                moved.set()
                return now


def watched_state(folder: Path, today: date) -> Identities:
    """Return name, device and inode of a content folder and of its folders, two levels down, and the day: services are published
    from and until a date. Links are followed.
    """
    found = {("today", today.toordinal(), 0)}
    _add_identity(found, folder, "", 2)
    return frozenset(found)


def _add_identity(found: set[tuple[str, int, int]], folder: Path, name: str, levels: int) -> None:
    try:
        status = folder.stat()
        found.add((name, status.st_dev, status.st_ino))
        with os.scandir(folder) as entries:
            inner = [entry.name for entry in entries if levels and not entry.is_file()]
    except OSError:
        return
    for one in inner:
        _add_identity(found, folder / one, f"{name}/{one}", levels - 1)
