"""Reload the catalogue when its files change, or when the operator asks for it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from watchfiles import awatch

from onestop.http.background import run_in_daemon_thread
from onestop.site.current import Sites
from onestop.site.site import Site

DEBOUNCE, STEP, POLL = 400, 50, 500
"""Milliseconds: the longest time changes are collected, the quiet time that ends it, and the interval of polling."""
log = logging.getLogger("onestop")


class Reloader:
    """Reads the catalogue in a thread, one reload at a time, while the last good site is served."""

    def __init__(self, sites: Sites) -> None:
        self.sites = sites
        self.lock = asyncio.Lock()

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

    async def _watch(self, stop: asyncio.Event) -> None:
        polling = False
        while not stop.is_set():
            try:
                async for changed in awatch(
                    self.sites.folder,
                    debounce=DEBOUNCE,
                    step=STEP,
                    stop_event=stop,
                    force_polling=polling,
                    poll_delay_ms=POLL,
                ):
                    await self.read_again(frozenset(Path(path) for _, path in changed))
            except (OSError, RuntimeError) as why:
                # No inotify, or no more watches: polling always works.
                log.warning("file watching is not available (%s): polling every %d ms", why, POLL)
                await asyncio.sleep(POLL / 1000)
                polling = True
