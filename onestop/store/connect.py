"""Open the database that the settings name, with its master keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from onestop.store.database import Database
from onestop.store.encryption.rotation import load_keys
from onestop.store.errors import StoreUnusable, Unavailable


@asynccontextmanager
async def open_database(url: str, keys: Path | None = None) -> AsyncIterator[Database]:
    """Open the database at `sqlite:///FILE` or `postgresql://...` and apply the missing migrations.

    `keys` is the file of master keys; an SQLite database without one gets `FILE.keys`. Raises `StoreUnusable`.
    """
    database = await _connect(url)
    try:
        try:
            await load_keys(database, url, keys)
        except Unavailable as why:
            raise StoreUnusable(str(why)) from None
        yield database
    finally:
        # aiosqlite's thread is not a daemon: an open connection would keep the process alive.
        await database.close()


async def _connect(url: str) -> Database:
    # Imported only when used: asyncpg is an optional dependency.
    if url.startswith("sqlite:///"):
        from onestop.store.engines.sqlite import open_sqlite

        return await open_sqlite(url)
    from onestop.store.engines.postgres import open_postgres

    return await open_postgres(url)
