"""Group commit for SQLite: concurrent work shares one transaction, and each caller is answered after its commit."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from onestop.store.database import T, Work
from onestop.store.encryption.master_keys import NO_KEYS
from onestop.store.engines.sqlite_errors import RECONNECT, primary_code, store_error
from onestop.store.engines.sqlite_thread import PendingWork, SqliteThread
from onestop.store.errors import Unavailable

MAX_GROUP = 256
"""Pieces of work in one transaction at most."""


class GroupCommit:
    """A queue of work for one SQLite connection, which is reopened when it was lost."""

    def __init__(
        self, file: Path, connect: Callable[[], sqlite3.Connection], begin: str, max_group: int = MAX_GROUP
    ) -> None:
        self.file, self.connect, self.begin, self.max_group = file, connect, begin, max_group
        self.keys = NO_KEYS
        self.commits = 0
        self.waiting: deque[PendingWork] = deque()
        self.thread: SqliteThread | None = None
        self.task: asyncio.Task[None] | None = None
        self.closed = False

    async def run(self, work: Work[T]) -> T:
        """Return the result of `work` once its transaction is committed. Raises `Unavailable`, or what `work` raises."""
        if self.closed:
            raise Unavailable("the database has been closed")
        pending = PendingWork(work, asyncio.get_running_loop().create_future())
        self.waiting.append(pending)
        if self.task is None:
            self.task = asyncio.create_task(self._drain())
        value: T = await pending.answer
        return value

    async def close(self) -> None:
        """Finish the queue, then close the connection."""
        self.closed = True
        if self.task is not None:
            await asyncio.wait((self.task,))
        await self._disconnect()

    async def _drain(self) -> None:
        while self.waiting:
            group = [self.waiting.popleft() for _ in range(min(self.max_group, len(self.waiting)))]
            group = [pending for pending in group if not pending.answer.cancelled()]
            try:
                await self._commit(group)
            except Unavailable as why:
                await self._commit_singly(group, why)
            except Exception as why:
                _fail(group, why)
            for pending in group:
                pending.resolve()
        self.task = None

    async def _commit_singly(self, group: Sequence[PendingWork], why: Unavailable) -> None:
        """On a full disk, retry each piece alone, so that one too large does not fail the others."""
        full = isinstance(why.__cause__, sqlite3.Error) and primary_code(why.__cause__) == sqlite3.SQLITE_FULL
        for part in [[pending] for pending in group] if full and len(group) > 1 else ():
            try:
                await self._commit(part)
            except Exception as again:
                _fail(part, again)
        if not full or len(group) == 1:
            _fail(group, why)

    async def _commit(self, group: Sequence[PendingWork]) -> None:
        for pending in group:
            pending.result = pending.failure = None
        try:
            if self.thread is None:
                thread = SqliteThread(await asyncio.to_thread(self.connect), self.file)
                await thread
                self.thread = thread
            await self.thread.run_group(self.begin, group, self.keys)
            self.commits += 1
        except sqlite3.Error as why:
            await self._disconnect_after(why)
            raise store_error(why) from why
        for pending in group:
            if isinstance(pending.failure, sqlite3.Error):
                await self._disconnect_after(pending.failure)
                pending.failure = store_error(pending.failure)

    async def _disconnect_after(self, why: sqlite3.Error) -> None:
        if primary_code(why) in RECONNECT:
            await self._disconnect()

    async def _disconnect(self) -> None:
        if self.thread is not None:
            thread, self.thread = self.thread, None
            await thread.close()


def _fail(group: Sequence[PendingWork], why: Exception) -> None:
    for pending in group:
        pending.result, pending.failure = None, why
