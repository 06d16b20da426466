"""The embedded database: one SQLite file with a connection that writes and one that reads."""

import asyncio
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path

from onestop.store import migrations
from onestop.store.database import T, Work
from onestop.store.failing import Unavailable, Unreadable
from onestop.store.grouping import MOST, Group, code, seen
from onestop.store.keys import Keys
from onestop.store.queries import SQLITE, spoken

WAIT = 5.0
"""Seconds another process may hold the lock."""
PRAGMAS = (
    f"busy_timeout = {int(WAIT * 1000)}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "cache_size = -32000",
    "wal_autocheckpoint = 4000",
)


class Sqlite:
    """A `Database` in one file."""

    def __init__(self, file: Path, most: int = MOST) -> None:
        self.file = file
        self.writing = Group(file, lambda: _reopened(file), "BEGIN IMMEDIATE", most)
        self.reading = Group(file, lambda: _reopened(file, "query_only = ON"), "BEGIN", most)

    @property
    def keys(self) -> Keys:
        return self.writing.keys

    @keys.setter
    def keys(self, keys: Keys) -> None:
        self.writing.keys = self.reading.keys = keys

    async def run(self, work: Work[T]) -> T:
        return await self.writing.run(work)

    async def read(self, work: Work[T]) -> T:
        return await self.reading.run(work)

    async def tidy(self) -> None:
        """Empty the write-ahead log, or do it the next time if somebody reads: what was erased may still stand in it."""
        if self.writing.carrier is not None:
            await self.writing.carrier.do(_tidied)

    async def close(self) -> None:
        await self.reading.close()
        await self.writing.close()


async def open_sqlite(url: str) -> Sqlite:
    """The database in the file of `sqlite:///FILE`, made if need be and brought up to date. Raises `Unreadable`."""
    file = Path(url.removeprefix("sqlite:///"))
    try:
        await asyncio.to_thread(_prepare, file)
    except (sqlite3.Error, Unreadable) as why:
        raise Unreadable(f"{file}: {why}") from None
    return Sqlite(file)


def _prepare(file: Path) -> None:
    connection = _connected(str(file))
    try:
        migrate(connection, migrations.migrations())
    finally:
        connection.close()


def _reopened(file: Path, *more: str) -> sqlite3.Connection:
    """A connection to a file that was there: were it made anew, everybody would seem to have lost everything."""
    try:
        return _connected(f"{file.resolve().as_uri()}?mode=rw", *more)
    except sqlite3.Error as why:
        raise seen(why) from None


def _connected(where: str, *more: str) -> sqlite3.Connection:
    # Made in one thread and used in another, never in both at once.
    connection = sqlite3.connect(where, isolation_level=None, check_same_thread=False, uri=where.startswith("file:"))
    try:
        for pragma in (*PRAGMAS, *more):
            _patiently(connection, f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _patiently(connection: sqlite3.Connection, statement: str) -> None:
    """The change to WAL asks for the lock once and does not wait, whatever the busy timeout says; so we do."""
    until = time.monotonic() + WAIT
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as why:
            if code(why) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def migrate(connection: sqlite3.Connection, scripts: Mapping[int, str]) -> None:
    """Apply what has not been applied yet, all or nothing, each once, also when two processes start together."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(migrations.TABLE)
        done = connection.execute(migrations.LAST).fetchone()[0]
        for number, statements in migrations.to_do(scripts, done):
            for statement in statements:
                connection.execute(spoken(statement, SQLITE))
            connection.execute("INSERT INTO migrations (number) VALUES (?)", (number,))
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _tidied(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as why:
        raise seen(why) if isinstance(seen(why), Unavailable) else why from None
