"""Counts the words of searches that nothing in the catalogue has, for the author.

No personal data is kept: only single words without digits, never a whole query, and a word reaches the database only once it was
searched for on several screens, so that a name somebody typed once is forgotten.
"""

import asyncio
import logging
import threading
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from onestop.http.background import background_task
from onestop.store.counts import missed_words
from onestop.store.database import Database
from onestop.store.errors import Unavailable

SECONDS = 60.0
SEEN = 3
"""How often a word must be missed before it is kept."""
REMEMBERED = 1000
"""The most words that wait in memory until they have been missed that often."""
LENGTHS = range(3, 25)
MONTHS_KEPT = 12
log = logging.getLogger("onestop")


@dataclass(slots=True)
class MissedWords:
    """`waiting` are words not yet missed often enough, the oldest first; `counted` those to be written."""

    waiting: OrderedDict[tuple[str, str], int] = field(default_factory=OrderedDict)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    known: set[tuple[str, str]] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, language: str, words: Iterable[str]) -> None:
        """Count words that a search did not find. Searches are answered in threads."""
        with self.lock:
            for word in words:
                if word.isalpha() and len(word) in LENGTHS:
                    self._add((language, word))

    def _add(self, key: tuple[str, str]) -> None:
        if key in self.known:
            self.counted[key] += 1
            return
        times = self.waiting.pop(key, 0) + 1
        if times >= SEEN and len(self.known) < missed_words.MOST:
            self.known.add(key)
            self.counted[key] += times
        else:
            self.waiting[key] = times
            if len(self.waiting) > REMEMBERED:
                self.waiting.popitem(last=False)

    async def write(self, database: Database, now: float) -> None:
        """Write what was counted since the last call; what cannot be written is kept for the next one."""
        with self.lock:
            counted, self.counted = self.counted, Counter()
        if not counted:
            return
        try:
            await database.run(lambda tx: missed_words.add(tx, month_of(now), counted, month_of(now, MONTHS_KEPT)))
        except Unavailable as why:
            with self.lock:
                self.counted.update(counted)
            log.error("missed words cannot be written: %s", why)

    @asynccontextmanager
    async def running(self, clock: Callable[[], float], database: Database) -> AsyncIterator[None]:
        """Write every minute, and once more at the end."""

        async def forever() -> None:
            while True:
                await asyncio.sleep(SECONDS)
                await self.write(database, clock())

        try:
            async with background_task(forever()):
                yield
        finally:
            await self.write(database, clock())


def month_of(now: float, back: int = 0) -> str:
    """Return the month of a time, or one so many months before it: "2026-11"."""
    day = datetime.fromtimestamp(now, UTC)
    months = day.year * 12 + day.month - 1 - back
    return f"{months // 12:04}-{months % 12 + 1:02}"
