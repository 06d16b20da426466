"""Group commit: what many tasks ask for at the same time is put into one transaction, and each is answered when it is on the disk."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from onestop.store.carrier import Asked, Carrier
from onestop.store.database import T, Work
from onestop.store.failing import Unavailable
from onestop.store.keys import NO_KEYS

MOST = 256
"""How much work goes into one transaction."""


class Group:
    """Work for one connection, put together as it comes. The connection is opened again when it was lost."""

    def __init__(self, file: Path, opened: Callable[[], sqlite3.Connection], begin: str, most: int = MOST) -> None:
        self.file, self.opened, self.begin, self.most = file, opened, begin, most
        self.keys = NO_KEYS
        self.commits = 0
        self.waiting: deque[Asked] = deque()
        self.carrier: Carrier | None = None
        self.task: asyncio.Task[None] | None = None
        self.closed = False

    async def run(self, work: Work[T]) -> T:
        if self.closed:
            raise Unavailable("the database has been closed")
        asked = Asked(work, asyncio.get_running_loop().create_future())
        self.waiting.append(asked)
        if self.task is None:
            self.task = asyncio.create_task(self._work())
        value: T = await asked.answer
        return value

    async def close(self) -> None:
        self.closed = True
        if self.task is not None:
            await asyncio.wait((self.task,))
        await self._let_go()

    async def _work(self) -> None:
        while self.waiting:
            group = [self.waiting.popleft() for _ in range(min(self.most, len(self.waiting)))]
            group = [asked for asked in group if not asked.answer.cancelled()]
            try:
                await self._done(group)
            except Unavailable as why:
                await self._singly(group, why)
            except Exception as why:
                _fail(group, why)
            for asked in group:
                asked.reply()
        self.task = None

    async def _singly(self, group: Sequence[Asked], why: Unavailable) -> None:
        """What does not fit on the disk takes nothing along that does."""
        full = isinstance(why.__cause__, sqlite3.Error) and code(why.__cause__) == sqlite3.SQLITE_FULL
        for part in [[asked] for asked in group] if full and len(group) > 1 else ():
            try:
                await self._done(part)
            except Exception as again:
                _fail(part, again)
        if not full or len(group) == 1:
            _fail(group, why)

    async def _done(self, group: Sequence[Asked]) -> None:
        for asked in group:
            asked.result = asked.failure = None
        try:
            if self.carrier is None:
                carrier = Carrier(await asyncio.to_thread(self.opened), self.file)
                await carrier
                self.carrier = carrier
            await self.carrier.together(self.begin, group, self.keys)
            self.commits += 1
        except sqlite3.Error as why:
            await self._after(why)
            raise seen(why) from why
        for asked in group:
            if isinstance(asked.failure, sqlite3.Error):
                await self._after(asked.failure)
                asked.failure = seen(asked.failure)

    async def _after(self, why: sqlite3.Error) -> None:
        if code(why) in LOST:
            await self._let_go()

    async def _let_go(self) -> None:
        if self.carrier is not None:
            carrier, self.carrier = self.carrier, None
            await carrier.close()


def _fail(group: Sequence[Asked], why: Exception) -> None:
    for asked in group:
        asked.result, asked.failure = None, why


LOST = {
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_NOTADB: "the file is no database",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    # A connection opened while the file may only be read stays so when it may be written again.
    sqlite3.SQLITE_READONLY: "the file may only be read",
}
"""After these the connection is made anew."""
BUSY = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_BUSY: "another program holds it",
    sqlite3.SQLITE_LOCKED: "another program holds it",
    sqlite3.SQLITE_PROTOCOL: "another program holds it",
    sqlite3.SQLITE_NOMEM: "there is no memory left",
    sqlite3.SQLITE_PERM: "access is refused",
    sqlite3.SQLITE_NOLFS: "the file has become too large",
}


def code(why: sqlite3.Error) -> int:
    return getattr(why, "sqlite_errorcode", 0) & 0xFF


def seen(why: sqlite3.Error) -> Exception:
    """What the store says of it: `Unavailable` if trying again may help, else the error itself."""
    said = (LOST | BUSY).get(code(why))
    return Unavailable(f"the database: {said}") if said else why
