"""The shared database: PostgreSQL behind a pool of connections, for several server processes on several machines."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from onestop.store import migrations
from onestop.store.database import Row, T, Value, Work
from onestop.store.encryption.master_keys import NO_KEYS, MasterKeys
from onestop.store.errors import StoreUnusable, Unavailable
from onestop.store.queries import POSTGRES, Query, in_dialect

try:
    import asyncpg
except ImportError:
    raise StoreUnusable("PostgreSQL needs asyncpg: pip install 'onestop[postgres]'") from None

MOST = 16
"""Connections a process opens at most."""
WAIT, LONGEST = 5.0, 15.0
"""Seconds to wait for a connection or one statement, and for a whole transaction."""
TRIES = 5
"""How often a transaction is run at most when it conflicts with others."""
LOCK = 6041961
"""The advisory lock that migrations hold."""
CROSSED = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError, asyncpg.UniqueViolationError)
"""Conflicts of two transactions: on the retry one of them sees what the other committed."""
AWAY = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.PostgresSystemError,
    asyncpg.LockNotAvailableError,
)


if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]


class PostgresTransaction:
    """A `Transaction` on one connection of the pool."""

    def __init__(self, connection: "Connection", keys: MasterKeys) -> None:
        self.connection, self.keys = connection, keys

    async def execute(self, query: Query, **values: Value) -> int:
        status = await self.connection.execute(query.numbered, *_arguments(query, values))
        changed = status.rpartition(" ")[2]
        return int(changed) if changed.isdecimal() else 0

    async def row(self, query: Query, **values: Value) -> Row | None:
        found = await self.connection.fetchrow(query.numbered, *_arguments(query, values))
        return None if found is None else tuple(found)

    async def rows(self, query: Query, **values: Value) -> list[Row]:
        return [tuple(found) for found in await self.connection.fetch(query.numbered, *_arguments(query, values))]


def _arguments(query: Query, values: Mapping[str, Value]) -> list[Value]:
    return [values[name] for name in query.order]


class Postgres:
    """A `Database` on a PostgreSQL server. The pool replaces lost connections."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self.pool = pool
        self.keys = NO_KEYS

    async def run(self, work: Work[T]) -> T:
        return await self._run(work, readonly=False)

    async def read(self, work: Work[T]) -> T:
        return await self._run(work, readonly=True)

    async def truncate_log(self) -> None:
        """Nothing to do: PostgreSQL's vacuum and WAL recycling do it."""

    async def close(self) -> None:
        try:
            await asyncio.wait_for(self.pool.close(), WAIT)
        except (TimeoutError, *AWAY):
            self.pool.terminate()

    async def _run(self, work: Work[T], *, readonly: bool) -> T:
        for left in reversed(range(TRIES)):
            try:
                async with asyncio.timeout(LONGEST):
                    return await self._run_once(work, readonly=readonly)
            except CROSSED as why:
                if not left:
                    raise Unavailable(f"the database: {type(why).__name__}") from why
            except (TimeoutError, *AWAY) as why:
                raise Unavailable(f"the database: {type(why).__name__}") from why
        raise AssertionError

    async def _run_once(self, work: Work[T], *, readonly: bool) -> T:
        async with (
            self.pool.acquire(timeout=WAIT) as connection,
            # A read sees one snapshot; in a write each statement sees what others have committed.
            connection.transaction(isolation="repeatable_read" if readonly else "read_committed", readonly=readonly),
        ):
            return await work(PostgresTransaction(connection, self.keys))


async def open_postgres(url: str) -> Postgres:
    """Connect to `postgresql://...` and apply pending migrations. Raises `StoreUnusable`, without the password in its text."""
    where = _without_password(url)
    # min_size=0: asyncpg logs a traceback for each idle connection it cannot open.
    pool = asyncpg.create_pool(url, min_size=0, max_size=MOST, timeout=WAIT, command_timeout=WAIT, init=_make_durable)
    database = Postgres(pool)
    try:
        await pool
        async with pool.acquire() as connection:
            await migrate(connection, migrations.migrations())
    except BaseException as why:
        await database.close()
        if isinstance(why, (StoreUnusable, TimeoutError, ValueError, asyncpg.PostgresError, *AWAY)):
            raise StoreUnusable(f"{where}: {_one_line(why)}") from None
        raise
    return database


async def _make_durable(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Make commits durable before they are acknowledged, whatever the server's default."""
    if await connection.fetchval("SHOW synchronous_commit") == "off":
        await connection.execute("SET synchronous_commit = on")


async def migrate(connection: "Connection", scripts: Mapping[int, str]) -> None:
    """Apply the pending migrations in one transaction; safe when two processes start together."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK, timeout=60)
        await connection.execute(migrations.TABLE)
        applied = await connection.fetchval(migrations.LAST)
        for number, statements in migrations.pending(scripts, applied):
            for statement in statements:
                await connection.execute(in_dialect(statement, POSTGRES), timeout=600)
            await connection.execute("INSERT INTO migrations (number) VALUES ($1)", number)


def _without_password(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "postgresql://"
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def _one_line(why: BaseException) -> str:
    return (str(why) or type(why).__name__).splitlines()[0]
