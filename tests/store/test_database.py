"""The database: prepared once, the same for two who open it together, and closed whatever happens."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from onestop.store.database import Unreadable, migrate, open_database, transaction


async def test_a_new_database_is_prepared_to_last(tmp_path: Path) -> None:
    async with open_database(tmp_path / "a.db") as connection:
        said = [
            next(iter(await connection.execute_fetchall(f"PRAGMA {name}")))[0]
            for name in ("journal_mode", "synchronous")
        ]
    assert said == ["wal", 2]


async def test_two_who_open_it_together_prepare_it_once(tmp_path: Path) -> None:
    async def opened() -> int:
        async with open_database(tmp_path / "a.db") as connection:
            return int(next(iter(await connection.execute_fetchall("SELECT COUNT(*) FROM migrations")))[0])

    counts = await asyncio.gather(*(opened() for _ in range(5)))
    assert len(set(counts)) == 1
    assert counts[0] >= 1


async def test_migrations_are_applied_in_order_and_once(tmp_path: Path) -> None:
    async with open_database(tmp_path / "a.db") as connection:
        done = next(iter(await connection.execute_fetchall("SELECT MAX(number) FROM migrations")))[0]
        later = {done + 2: "INSERT INTO t VALUES (';');", done + 1: "CREATE TABLE t (a TEXT);\n-- a comment\n"}
        await migrate(connection, later)
        await migrate(connection, later)
        assert [tuple(row) for row in await connection.execute_fetchall("SELECT a FROM t")] == [(";",)]


async def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    async with open_database(tmp_path / "a.db") as connection:
        with pytest.raises(sqlite3.Error):
            await migrate(connection, {98: "CREATE TABLE t (a TEXT);", 99: "CREATE NONSENSE;"})
        tables = [row[0] for row in await connection.execute_fetchall("SELECT name FROM sqlite_master")]
        assert "t" not in tables


async def test_a_database_of_a_later_version_is_refused(tmp_path: Path) -> None:
    async with open_database(tmp_path / "a.db") as connection:
        await connection.execute("INSERT INTO migrations (number) VALUES (999)")
    with pytest.raises(Unreadable, match="later version"):
        async with open_database(tmp_path / "a.db"):
            pass


@pytest.mark.parametrize("what", ["text", "folder", "nowhere"])
async def test_what_is_no_database_is_refused_and_leaves_no_thread_behind(what: str, tmp_path: Path) -> None:
    places = {"text": tmp_path / "text", "folder": tmp_path, "nowhere": tmp_path / "no" / "where.db"}
    (tmp_path / "text").write_text("long enough to be looked into " * 50)
    before = threading.active_count()
    with pytest.raises(Unreadable) as refused:
        async with open_database(places[what]):
            pass
    assert "\n" not in str(refused.value)
    await asyncio.sleep(0.05)
    assert threading.active_count() == before


async def test_a_transaction_that_fails_is_undone(tmp_path: Path) -> None:
    async with open_database(tmp_path / "a.db") as connection:
        await connection.execute("CREATE TABLE t (a TEXT)")
        with pytest.raises(ZeroDivisionError):
            async with transaction(connection):
                await connection.execute("INSERT INTO t VALUES ('x')")
                raise ZeroDivisionError
        async with transaction(connection):
            await connection.execute("INSERT INTO t VALUES ('y')")
        assert [tuple(row) for row in await connection.execute_fetchall("SELECT a FROM t")] == [("y",)]
