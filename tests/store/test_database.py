"""The database: migration, transactions, durability, and closing."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from support.programs.databases import do, query, scalar

from onestop.store.connect import open_database
from onestop.store.database import Database, Transaction
from onestop.store.engines.sqlite import Sqlite, migrate
from onestop.store.errors import StoreUnusable, Unavailable
from onestop.store.migrations import check_applied, migrations
from onestop.store.tables import outbox
from onestop.store.tables.outbox import OutboxEntry


async def test_sqlite_commits_are_durable(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path}/a.db") as database:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        assert [await scalar(database, f"PRAGMA {name}") for name in names] == ["wal", 2, 1, 1]


async def test_postgresql_commits_are_durable(postgres_server: str, tmp_path: Path) -> None:
    (tmp_path / "keys").touch(0o600)
    (tmp_path / "keys").write_text("A" * 43 + "=\n")
    async with open_database(postgres_server, tmp_path / "keys") as database:
        assert await scalar(database, "SHOW synchronous_commit") == "on"


async def test_concurrent_openings_migrate_once(url: str, keys_file: Path | None) -> None:
    async def opened() -> object:
        async with open_database(url, keys_file) as database:
            return await scalar(database, "SELECT COUNT(*) FROM migrations"), database.keys

    found = await asyncio.gather(*(opened() for _ in range(8)))
    assert len(set(found)) == 1


async def test_migrations_are_applied_in_order_and_once(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    later = {2: "INSERT INTO t VALUES (';');", 1: "CREATE TABLE t (a TEXT);\n-- a comment\n"}
    migrate(connection, later)
    migrate(connection, later)
    assert connection.execute("SELECT a FROM t").fetchall() == [(";",)]
    connection.close()


async def test_a_database_of_the_last_version_is_migrated_with_its_data(tmp_path: Path) -> None:
    """Version 0.1 had one delivery a desk and called encrypted columns `sealed`."""
    (tmp_path / "a.db").touch(0o600)
    connection = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    migrate(connection, {number: script for number, script in migrations().items() if number < 3})
    connection.execute("INSERT INTO cases VALUES ('c1', 'd1', '1234567890', 'j', 'e', 'small', 'en', 5, 99, X'07')")
    connection.execute("INSERT INTO outbox VALUES ('c1', 'waste', 'refused', 7, 3, 8, 'full')")
    connection.close()
    async with open_database(f"sqlite:///{tmp_path}/a.db") as database:
        (entry,) = await database.read(lambda tx: outbox.entries_of(tx, "1234567890"))
        assert entry == OutboxEntry("c1", "1234567890", "waste", "folder", "refused", 5, 7, 3, 8, "full")
        assert await scalar(database, "SELECT encrypted FROM cases") == b"\x07"


def test_migrations_with_a_lower_number_that_are_missing_are_applied(tmp_path: Path) -> None:
    def tables(name: str, *scripts: dict[int, str]) -> list[tuple[str, str]]:
        connection = sqlite3.connect(tmp_path / name, isolation_level=None)
        for some in scripts:
            migrate(connection, some)
        found = connection.execute("SELECT name, COALESCE(sql, '') FROM sqlite_master ORDER BY name").fetchall()
        connection.close()
        return found

    whole = migrations()
    later = {number: script for number, script in whole.items() if number not in (11, 12)}
    assert tables("late.db", later, whole) == tables("new.db", whole)
    with pytest.raises(StoreUnusable, match="earlier version"):
        check_applied(whole, later.keys())
    check_applied(whole, whole.keys())


async def test_a_failed_migration_is_rolled_back(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    with pytest.raises(sqlite3.Error):
        migrate(connection, {98: "CREATE TABLE t (a TEXT);", 99: "CREATE NONSENSE;"})
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()


async def test_a_failed_migration_is_rolled_back_on_postgresql(postgres_server: str) -> None:
    import asyncpg

    from onestop.store.engines import postgres

    connection = await asyncpg.connect(postgres_server)
    try:
        with pytest.raises(asyncpg.PostgresError):
            await postgres.migrate(connection, {998: "CREATE TABLE t (a TEXT);", 999: "CREATE NONSENSE;"})
        assert await connection.fetchval("SELECT COUNT(*) FROM pg_tables WHERE tablename = 't'") == 0
    finally:
        await connection.close()


async def test_a_database_of_a_later_version_is_refused(url: str, keys_file: Path | None) -> None:
    async with open_database(url, keys_file) as database:
        await do(database, "INSERT INTO migrations (number) VALUES (999)")
    with pytest.raises(StoreUnusable, match="later version"):
        async with open_database(url, keys_file):
            pass


@pytest.mark.parametrize("what", ["text", "folder", "nowhere"])
async def test_an_invalid_database_file_is_rejected_and_leaves_no_thread(what: str, tmp_path: Path) -> None:
    places = {"text": tmp_path / "text", "folder": tmp_path, "nowhere": tmp_path / "no" / "where.db"}
    (tmp_path / "text").write_text("long enough to be looked into " * 50)
    await asyncio.to_thread(int)
    before = threading.active_count()
    with pytest.raises(StoreUnusable) as refused:
        async with open_database(f"sqlite:///{places[what]}"):
            pass
    assert "\n" not in str(refused.value)
    await asyncio.sleep(0.05)
    assert threading.active_count() <= before + 1  # the pool of the event loop may have grown by one


@pytest.mark.parametrize(
    "address", ["postgresql://nobody:secret@127.0.0.1:1/none", "postgresql:///none?host=/nowhere", "postgresql://[bad"]
)
async def test_an_unreachable_server_is_reported_in_one_line_without_the_password(address: str, tmp_path: Path) -> None:
    (tmp_path / "keys").touch(0o600)
    (tmp_path / "keys").write_text("A" * 43 + "=\n")
    with pytest.raises(StoreUnusable) as refused:
        async with open_database(address, tmp_path / "keys"):
            pass
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


async def test_only_failed_work_is_rolled_back(database: Database) -> None:
    await do(database, "CREATE TABLE t (a BIGINT NOT NULL UNIQUE)")

    async def add(tx: Transaction, number: int) -> None:
        await tx.execute(query(f"INSERT INTO t VALUES ({number})"))
        if number % 3 == 0:
            raise ZeroDivisionError(str(number))

    def work(number: int) -> "asyncio.Task[None]":
        return asyncio.ensure_future(database.run(lambda tx: add(tx, number)))

    went = await asyncio.gather(*(work(number) for number in range(30)), return_exceptions=True)
    assert [isinstance(outcome, ZeroDivisionError) for outcome in went] == [n % 3 == 0 for n in range(30)]
    kept = await database.read(lambda tx: tx.rows(query("SELECT a FROM t ORDER BY a")))
    assert [row[0] for row in kept] == [n for n in range(30) if n % 3]


async def test_an_sql_error_is_raised_to_its_caller(database: Database) -> None:
    with pytest.raises(Exception, match="nowhere"):
        await do(database, "INSERT INTO nowhere VALUES (1)")
    assert await scalar(database, "SELECT 1") == 1


async def test_a_read_transaction_cannot_write(database: Database) -> None:
    with pytest.raises(Unavailable):
        await database.read(lambda tx: tx.execute(query("DELETE FROM visits")))


async def test_an_acknowledged_commit_is_visible_to_the_next_read(database: Database) -> None:
    await do(database, "CREATE TABLE t (a BIGINT)")
    for number in range(50):
        await do(database, f"INSERT INTO t VALUES ({number})")
        assert await scalar(database, "SELECT MAX(a) FROM t") == number


async def test_concurrent_writes_share_one_commit(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path}/a.db") as database:
        assert isinstance(database, Sqlite)
        await do(database, "CREATE TABLE t (a BIGINT)")
        before = database.writing.commits
        await asyncio.gather(*(do(database, f"INSERT INTO t VALUES ({number})") for number in range(200)))
        assert await scalar(database, "SELECT COUNT(*) FROM t") == 200
        assert database.writing.commits - before == 1


async def test_work_that_awaits_anything_else_is_rejected_and_rolled_back(tmp_path: Path) -> None:
    async def lazy(tx: Transaction) -> None:
        await tx.execute(query("CREATE TABLE t (a BIGINT)"))
        await asyncio.sleep(0)

    async with open_database(f"sqlite:///{tmp_path}/a.db") as database:
        with pytest.raises(RuntimeError, match="may await only"):
            await database.run(lazy)
        assert await scalar(database, "SELECT COUNT(*) FROM sqlite_master WHERE name = 't'") == 0


async def test_a_cancelled_caller_does_not_affect_the_others(database: Database) -> None:
    await do(database, "CREATE TABLE t (a BIGINT)")
    tasks = [asyncio.ensure_future(do(database, f"INSERT INTO t VALUES ({number})")) for number in range(20)]
    await asyncio.sleep(0)
    tasks[3].cancel()
    went = await asyncio.gather(*tasks, return_exceptions=True)
    assert [n for n, outcome in enumerate(went) if outcome != 1] == [3]
    rows = await database.read(lambda tx: tx.rows(query("SELECT a FROM t")))
    assert {row[0] for row in rows} >= set(range(20)) - {3}


async def test_a_closed_database_raises_unavailable(url: str, keys_file: Path | None) -> None:
    async with open_database(url, keys_file) as database:
        pass
    with pytest.raises(Unavailable):
        await do(database, "DELETE FROM visits")
