"""PostgreSQL behind a pooler, away at the start, and losing connections."""

import asyncio
import logging
import socket
from pathlib import Path

import asyncpg
import pytest
from support.programs.databases import do, query, scalar
from support.programs.pgbouncer import pgbouncer
from support.samples.journey_samples import a_draft, a_session, answered, submitted

from onestop.store.connect import open_database
from onestop.store.database import Database, Transaction
from onestop.store.encryption.master_keys import create_key_file
from onestop.store.encryption.rotation import reload_keys
from onestop.store.engines.postgres import Postgres
from onestop.store.errors import StoreUnusable, Unavailable


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    create_key_file(tmp_path / "keys")
    return tmp_path / "keys"


async def test_every_request_works_behind_pgbouncer_in_transaction_mode(
    postgres_url: str, keys: Path, tmp_path: Path
) -> None:
    with pgbouncer(postgres_url, tmp_path) as pooled:
        async with open_database(pooled, keys) as database:

            async def one() -> str:
                draft = await answered(database, await a_draft(database, await a_session(database)))
                return (await submitted(database, draft)).reference

            references = await asyncio.gather(*(one() for _ in range(40)))
            assert len(set(references)) == 40
            assert await scalar(database, "SELECT COUNT(*) FROM cases") == 40


async def test_prepared_statements_are_kept_without_a_pooler(postgres: Database) -> None:
    async def count(tx: Transaction) -> object:
        row = await tx.row(query("SELECT COUNT(*) FROM pg_prepared_statements"))
        assert row is not None
        return row[0]

    assert isinstance(await postgres.read(count), int)
    assert await postgres.read(count) != 0


async def test_a_lost_connection_in_the_middle_of_a_message_is_an_outage(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(tx: Transaction) -> None:
        raise asyncpg.InternalClientError("got result for unknown protocol state 3")

    with pytest.raises(Unavailable, match="InternalClientError"):
        await postgres.run(lost)


async def test_connections_are_limited_by_the_setting(postgres_url: str, keys: Path) -> None:
    async with open_database(postgres_url, keys, connections=2) as database:
        assert isinstance(database, Postgres)
        await asyncio.gather(*(do(database, "SELECT pg_sleep(0.01)") for _ in range(10)))
        assert database.pool is not None
        assert database.pool.get_size() <= 2


async def test_a_server_that_is_away_at_the_start_is_connected_to_later(
    keys: Path, postgres_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    away = f"postgresql://somebody@127.0.0.1:{port}/none"
    caplog.set_level(logging.WARNING)
    async with open_database(away, keys, connect_later=True) as database:
        assert isinstance(database, Postgres)
        assert "public pages are served" in caplog.text
        with pytest.raises(Unavailable):
            await scalar(database, "SELECT 1")
        database.url = postgres_url
        assert await scalar(database, "SELECT 1") == 1
        with pytest.raises(Unavailable, match="not loaded yet"):
            await a_draft(database, await a_session(database))
        await reload_keys(database, keys)
        await a_draft(database, await a_session(database))
    with pytest.raises(StoreUnusable):
        async with open_database(away, keys):
            pass


async def test_a_wrong_database_is_refused_at_the_start(postgres_server: str, keys: Path) -> None:
    with pytest.raises(StoreUnusable, match="does not exist"):
        async with open_database(postgres_server.replace("/postgres?", "/nowhere?"), keys, connect_later=True):
            pass
