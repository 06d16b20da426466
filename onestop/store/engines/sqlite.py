"""The embedded database: one SQLite file with a writing and a reading connection."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from onestop.store import migrations
from onestop.store.database import T, Work
from onestop.store.encryption.master_keys import MasterKeys
from onestop.store.engines.group_commit import MAX_GROUP, GroupCommit
from onestop.store.engines.sqlite_errors import explain, primary_code, store_error
from onestop.store.engines.sqlite_thread import READ, WRITE
from onestop.store.errors import StoreUnusable, Unavailable
from onestop.store.private_file import check_private, create_private, tighten
from onestop.store.queries import SQLITE, in_dialect

BUSY_SECONDS = 5.0
"""How long to wait for another process's lock."""
PRAGMAS = (
    f"busy_timeout = {int(BUSY_SECONDS * 1000)}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "cache_size = -32000",
    "wal_autocheckpoint = 4000",
)


class Sqlite:
    """A `Database` in one file."""

    def __init__(self, file: Path, max_group: int = MAX_GROUP) -> None:
        self.file = file
        self.writing = GroupCommit(file, lambda: _reconnect(file), WRITE, max_group)
        self.reading = GroupCommit(file, lambda: _reconnect(file, "query_only = ON"), READ, max_group)

    @property
    def keys(self) -> MasterKeys:
        return self.writing.keys

    @keys.setter
    def keys(self, keys: MasterKeys) -> None:
        self.writing.keys = self.reading.keys = keys

    async def run(self, work: Work[T]) -> T:
        return await self.writing.run(work)

    async def read(self, work: Work[T]) -> T:
        return await self.reading.run(work)

    async def truncate_log(self) -> None:
        """Checkpoint and empty the write-ahead log, which may still hold erased data; while somebody reads, leave it to the next call."""
        if self.writing.thread is not None:
            await self.writing.thread.call(_checkpoint)

    async def close(self) -> None:
        await self.reading.close()
        await self.writing.close()


async def open_sqlite(url: str, *, unchanged: bool = False) -> Sqlite:
    """Open the file of `sqlite:///FILE`, created and migrated as needed unless it must stay `unchanged`. Raises `StoreUnusable`."""
    file = Path(url.removeprefix("sqlite:///"))
    await asyncio.to_thread(_check_file if unchanged else _make_private, file)
    try:
        await asyncio.to_thread(_prepare, file, check if unchanged else migrate)
    except sqlite3.Error as why:
        raise StoreUnusable(f"{file}: {explain(why)}") from None
    except StoreUnusable as why:
        raise StoreUnusable(f"{file}: {why}") from None
    return Sqlite(file)


def _check_file(file: Path) -> None:
    if not file.is_file():
        raise StoreUnusable(
            f"{file}: there is no such file: the first start of `onestop serve` makes it; if it was there before, mount its disk"
            " or `onestop restore` a copy"
        )
    for each in _files(file):
        check_private(each)


def _make_private(file: Path) -> None:
    # SQLite gives the write-ahead log and its index the mode of the database.
    try:
        create_private(file)
    except FileNotFoundError:
        raise StoreUnusable(f"{file}: there is no folder {file.parent}: make it, or correct --database") from None
    except OSError as why:
        raise StoreUnusable(
            f"{file}: cannot be made: {why.strerror}: give {file.parent} to the server's account"
        ) from None
    _tighten(file)


def _tighten(file: Path) -> None:
    # The database of an earlier version is often 0644: an upgrade must not fail because of it.
    tighten(_files(file))


def _files(file: Path) -> list[Path]:
    """Return the database file, its write-ahead log and the index of the log."""
    return [file.with_name(file.name + ending) for ending in ("", "-wal", "-shm")]


def _prepare(file: Path, work: Callable[[sqlite3.Connection, Mapping[int, str]], None]) -> None:
    connection = _connect(str(file))
    try:
        work(connection, migrations.migrations())
    finally:
        connection.close()


def check(connection: sqlite3.Connection, scripts: Mapping[int, str]) -> None:
    """Raise `StoreUnusable` unless exactly these migrations have been applied."""
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone()
    # Takes the lock that a write needs, and gives it back.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")
    migrations.check_applied(scripts, _applied(connection) if there else frozenset())


def _applied(connection: sqlite3.Connection) -> frozenset[int]:
    return frozenset(row[0] for row in connection.execute(migrations.APPLIED))


def _reconnect(file: Path, *more: str) -> sqlite3.Connection:
    """Open a file that existed at the start. `mode=rw` never creates one: an empty database would look as if all data were lost."""
    try:
        return _connect(f"{file.resolve().as_uri()}?mode=rw", *more)
    except sqlite3.Error as why:
        raise store_error(why) from None


def _connect(where: str, *more: str) -> sqlite3.Connection:
    # Opened in one thread and used in another, never in both at once.
    connection = sqlite3.connect(where, isolation_level=None, check_same_thread=False, uri=where.startswith("file:"))
    try:
        for pragma in (*PRAGMAS, *more):
            _execute_when_free(connection, f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _execute_when_free(connection: sqlite3.Connection, statement: str) -> None:
    """Retry while the file is locked: the switch to WAL ignores the busy timeout."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as why:
            if primary_code(why) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def migrate(connection: sqlite3.Connection, scripts: Mapping[int, str]) -> None:
    """Apply the pending migrations in one transaction; safe when two processes start together."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(migrations.TABLE)
        applied = _applied(connection)
        for number, statements in migrations.pending(scripts, applied):
            for statement in statements:
                connection.execute(in_dialect(statement, SQLITE))
            connection.execute("INSERT INTO migrations (number) VALUES (?)", (number,))
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _checkpoint(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as why:
        error = store_error(why)
        raise error if isinstance(error, Unavailable) else why from None
