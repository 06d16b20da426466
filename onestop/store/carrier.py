"""How work is done in SQLite's own thread: a whole group of it in one transaction and one hop, each piece undone by itself if it fails."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosqlite

from onestop.store.database import Row, T, Value, Work
from onestop.store.keys import Keys
from onestop.store.queries import Query


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
