"""Open the database that the settings name, with its master keys."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from onestop.store.database import Database
from onestop.store.encryption.rotation import check_keys, keys_file, load_keys
from onestop.store.errors import StoreUnusable, Unavailable

CONNECTIONS = 16
log = logging.getLogger("onestop")


@asynccontextmanager
async def open_database(
    url: str,
    keys: Path | None = None,
    *,
    connections: int = CONNECTIONS,
    connect_later: bool = False,
    unchanged: bool = False,
) -> AsyncIterator[Database]:
    """Open the database at `sqlite:///FILE` or `postgresql://...` and apply the missing migrations.

    `keys` is the file of master keys; an SQLite database without one gets `FILE.keys`. `connections` is how many are opened to
    PostgreSQL at most. Raises `StoreUnusable`. With `connect_later` a PostgreSQL that does not answer is no error: the database is
    `Unavailable` until it does and the keys have been loaded (see `KeyFile` in onestop/server/maintenance.py). With `unchanged`
    nothing is made, migrated or written, and the keys are only checked.
    """
    keys_file(url, keys)
    database = await _connect(url, connections, connect_later=connect_later, unchanged=unchanged)
    try:
        try:
            await (check_keys if unchanged else load_keys)(database, url, keys)
        except Unavailable as why:
            if not connect_later:
                raise StoreUnusable(str(why)) from None
            log.warning("%s; public pages are served, journeys follow when it answers", why)
        yield database
    finally:
        # aiosqlite's thread is not a daemon: an open connection would keep the process alive.
        await database.close()


async def _connect(url: str, connections: int, *, connect_later: bool, unchanged: bool) -> Database:
    # Imported only when used: asyncpg is an optional dependency.
    if url.startswith("sqlite:///"):
        from onestop.store.engines.sqlite import open_sqlite

        return await open_sqlite(url, unchanged=unchanged)
    from onestop.store.engines.postgres import ServerAway, open_postgres

    try:
        return await open_postgres(url, connections, unchanged=unchanged)
    except ServerAway as why:
        if not connect_later:
            raise
        return why.database
