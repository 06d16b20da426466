"""Where what must last is kept: one SQLite file, brought up to date by numbered migrations."""

import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite

MIGRATIONS = Path(__file__).parent / "migrations"
WAIT = 5000
"""Milliseconds another process may hold the lock."""

Connection = aiosqlite.Connection


class Unreadable(Exception):
    """The database cannot be used; the text is one line for the operator."""


@asynccontextmanager
async def open_database(file: Path) -> AsyncIterator[aiosqlite.Connection]:
    """A connection whose commits are on the disk when they return. It is closed whatever happens: aiosqlite's thread is no daemon."""
    try:
        # aiosqlite leaves its thread behind, talking to a closed loop, if it is the first to find that there is no way to the file.
        sqlite3.connect(file).close()
    except sqlite3.Error as why:
        raise Unreadable(f"{file}: {why}") from None
    connection = await aiosqlite.connect(file, isolation_level=None)
    try:
        try:
            await _prepare(connection)
        except sqlite3.Error as why:
            raise Unreadable(f"{file}: {why}") from None
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def transaction(connection: aiosqlite.Connection) -> AsyncIterator[None]:
    """All or nothing. The lock is taken at once, so that no reader has to be asked to let go later."""
    await connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        await connection.execute("ROLLBACK")
        raise
    await connection.execute("COMMIT")


async def _prepare(connection: aiosqlite.Connection) -> None:
    await connection.execute(f"PRAGMA busy_timeout = {WAIT}")
    await connection.execute("PRAGMA journal_mode = WAL")
    await connection.execute("PRAGMA synchronous = FULL")
    await connection.execute("PRAGMA foreign_keys = ON")
    await migrate(connection, _migrations())


async def migrate(connection: aiosqlite.Connection, migrations: Mapping[int, str]) -> None:
    """Apply what has not been applied yet, each once, also when two processes start together."""
    async with transaction(connection):
        await connection.execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY)")
        rows = await connection.execute_fetchall("SELECT COALESCE(MAX(number), 0) FROM migrations")
        done = next(iter(rows))[0]
        if done > max(migrations, default=0):
            raise sqlite3.DatabaseError(f"is of a later version (migration {done})")
        for number, script in sorted(migrations.items()):
            if number > done:
                for statement in _statements(script):
                    await connection.execute(statement)
                await connection.execute("INSERT INTO migrations (number) VALUES (:number)", {"number": number})


def _migrations() -> dict[int, str]:
    return {int(file.name.split("-")[0]): file.read_text(encoding="utf-8") for file in MIGRATIONS.glob("*.sql")}


def _statements(script: str) -> list[str]:
    """`executescript` would commit behind our back, so each statement is run by itself."""
    statements, begun = [], ""
    for line in script.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            statements.append(begun.strip())
            begun = ""
    return statements
