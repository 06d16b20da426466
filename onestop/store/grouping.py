"""Group commit: what many tasks ask for at the same time is done in one transaction, in the database's own thread, in one go."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosqlite

from onestop.store.database import Row, T, Value, Work
from onestop.store.failing import Unavailable
from onestop.store.keys import NO_KEYS, Keys
from onestop.store.queries import Query

MOST = 256
"""How much work goes into one transaction."""


@dataclass(slots=True)
class Asked:
    """One piece of work, who waits for it, and how it went."""

    work: Work[Any]
    answer: "asyncio.Future[Any]"
    result: Any = None
    failure: Exception | None = None

    def reply(self) -> None:
        if self.answer.done():
            return
        if self.failure is None:
            self.answer.set_result(self.result)
        else:
            self.answer.set_exception(self.failure)


class Steps:
    """A transaction whose steps are taken at once: to be used in the database's own thread."""

    def __init__(self, connection: sqlite3.Connection, keys: Keys) -> None:
        self.connection, self.keys = connection, keys

    async def execute(self, query: Query, **values: Value) -> int:
        return self.connection.execute(query.named, values).rowcount

    async def row(self, query: Query, **values: Value) -> Row | None:
        # Every row is fetched: a statement left half way would hold up the commit.
        found = self.connection.execute(query.named, values).fetchall()
        return found[0] if found else None

    async def rows(self, query: Query, **values: Value) -> list[Row]:
        return self.connection.execute(query.named, values).fetchall()


class Carrier(aiosqlite.Connection):
    """aiosqlite's connection and thread, used for whole groups of work at a time: one hop for all of them."""

    def __init__(self, prepared: sqlite3.Connection, file: Path) -> None:
        super().__init__(lambda: prepared, iter_chunk_size=64)
        self.file = SameFile(file)

    async def together(self, begin: str, group: Sequence[Asked], keys: Keys) -> None:
        """Begin, do each piece of work, commit. Raises what sqlite3 raises if nothing came of all of it."""
        await self._execute(  # type: ignore[no-untyped-call]
            _together, self._conn, self.file, begin, group, keys
        )

    async def do(self, step: Callable[[sqlite3.Connection], T]) -> T:
        """One step outside any transaction."""
        done: T = await self._execute(step, self._conn)  # type: ignore[no-untyped-call]
        return done


class SameFile:
    """Whether a file is still the one it was. SQLite would go on writing to one that was moved or removed, and nobody would find it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.was = self._now()

    def check(self) -> None:
        if self._now() != self.was:
            raise Moved

    def _now(self) -> tuple[int, int]:
        try:
            found = self.file.stat()
        except OSError:
            return 0, 0
        return found.st_dev, found.st_ino


class Moved(sqlite3.OperationalError):
    """The file is not where it was."""

    sqlite_errorcode = sqlite3.SQLITE_CANTOPEN


def _together(connection: sqlite3.Connection, file: SameFile, begin: str, group: Sequence[Asked], keys: Keys) -> None:
    file.check()
    steps = Steps(connection, keys)
    connection.execute(begin)
    try:
        for asked in group:
            _one(connection, steps, asked)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _one(connection: sqlite3.Connection, steps: Steps, asked: Asked) -> None:
    """Do one piece of work; if it fails, undo it and leave the others alone."""
    connection.execute("SAVEPOINT one")
    try:
        asked.result = driven(asked.work(steps))
    except Exception as why:
        # After some failures (the disk is full) SQLite has undone the whole transaction by itself.
        if not connection.in_transaction:
            raise
        connection.execute("ROLLBACK TO one")
        asked.failure = why
    connection.execute("RELEASE one")


def driven(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that waits for nothing to its end."""
    try:
        work.send(None)
    except StopIteration as ended:
        value: T = ended.value
        return value
    work.close()
    raise RuntimeError("work in a transaction may wait for nothing but its own steps")


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
            except Exception as why:
                for asked in group:
                    asked.result, asked.failure = None, why
            for asked in group:
                asked.reply()
        self.task = None

    async def _done(self, group: Sequence[Asked]) -> None:
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
                asked.failure = seen(asked.failure)

    async def _after(self, why: sqlite3.Error) -> None:
        if code(why) in LOST:
            await self._let_go()

    async def _let_go(self) -> None:
        if self.carrier is not None:
            carrier, self.carrier = self.carrier, None
            await carrier.close()


LOST = {
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_NOTADB: "the file is no database",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
}
BUSY = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the file may only be read",
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
