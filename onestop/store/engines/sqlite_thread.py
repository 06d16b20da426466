"""SQLite's own thread: runs a group of work in one transaction, each piece in a savepoint of its own."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosqlite

from onestop.store.database import Row, T, Value, Work
from onestop.store.encryption.master_keys import MasterKeys
from onestop.store.queries import Query

WRITE, READ = "BEGIN IMMEDIATE", "BEGIN"
"""How a transaction begins."""


@dataclass(slots=True)
class PendingWork:
    """One piece of work in a group, the future its caller awaits, and its result or exception."""

    work: Work[Any]
    answer: "asyncio.Future[Any]"
    result: Any = None
    failure: Exception | None = None

    def resolve(self) -> None:
        """Set the future, unless its caller has cancelled it."""
        if self.answer.done():
            return
        if self.failure is None:
            self.answer.set_result(self.result)
        else:
            self.answer.set_exception(self.failure)


class SqliteTransaction:
    """A `Transaction` that runs each statement at once, in the thread that owns the connection."""

    def __init__(self, connection: sqlite3.Connection, keys: MasterKeys) -> None:
        self.connection, self.keys = connection, keys

    async def execute(self, query: Query, **values: Value) -> int:
        return self.connection.execute(query.named, values).rowcount

    async def row(self, query: Query, **values: Value) -> Row | None:
        # Fetch every row: an unfinished statement would block the commit.
        found = self.connection.execute(query.named, values).fetchall()
        return found[0] if found else None

    async def rows(self, query: Query, **values: Value) -> list[Row]:
        return self.connection.execute(query.named, values).fetchall()


class SqliteThread(aiosqlite.Connection):
    """aiosqlite's connection and thread, with one hop to the thread for a whole group of work."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        super().__init__(lambda: connection, iter_chunk_size=64)
        self.file = FileIdentity(file)

    async def run_group(self, begin: str, group: Sequence[PendingWork], keys: MasterKeys) -> None:
        """Begin, run each piece of work, commit. Raises `sqlite3.Error` if the transaction as a whole failed."""
        await self._execute(  # type: ignore[no-untyped-call]
            _run_group, self._conn, self.file, begin, group, keys
        )

    async def call(self, step: Callable[[sqlite3.Connection], T]) -> T:
        """Call `step` with the connection, outside any transaction."""
        result: T = await self._execute(step, self._conn)  # type: ignore[no-untyped-call]
        return result


class FileIdentity:
    """Device and inode of the database file. SQLite goes on writing to a file that was moved or deleted; this notices."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.original = self._current()

    def check(self) -> None:
        """Raise `FileReplaced` if another file, or none, has the name now."""
        if self._current() != self.original:
            raise FileReplaced

    def _current(self) -> tuple[int, int]:
        try:
            found = self.file.stat()
        except OSError:
            return 0, 0
        return found.st_dev, found.st_ino


class FileReplaced(sqlite3.OperationalError):
    """The database file was moved, deleted or replaced."""

    sqlite_errorcode = sqlite3.SQLITE_CANTOPEN


def _run_group(
    connection: sqlite3.Connection, file: FileIdentity, begin: str, group: Sequence[PendingWork], keys: MasterKeys
) -> None:
    file.check()
    transaction = SqliteTransaction(connection, keys)
    connection.execute(begin)
    try:
        for pending in group:
            # A read changes nothing that would have to be undone.
            (_read_one if begin == READ else _run_one)(connection, transaction, pending)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _read_one(connection: sqlite3.Connection, transaction: SqliteTransaction, pending: PendingWork) -> None:
    try:
        pending.result = run_to_end(pending.work(transaction))
    except Exception as why:
        if not connection.in_transaction:
            raise
        pending.failure = why


def _run_one(connection: sqlite3.Connection, transaction: SqliteTransaction, pending: PendingWork) -> None:
    """Run one piece of work in a savepoint; a failure rolls back this piece alone."""
    connection.execute("SAVEPOINT one")
    try:
        pending.result = run_to_end(pending.work(transaction))
    except Exception as why:
        # After some errors (disk full) SQLite has rolled back the whole transaction.
        if not connection.in_transaction:
            raise
        connection.execute("ROLLBACK TO one")
        pending.failure = why
    connection.execute("RELEASE one")


def run_to_end(work: Coroutine[Any, Any, T]) -> T:
    """Return the result of a coroutine that never suspends. Raises `RuntimeError` if it does."""
    try:
        work.send(None)
    except StopIteration as ended:
        value: T = ended.value
        return value
    work.close()
    raise RuntimeError("work in a transaction may await only the transaction's own methods")
