"""The shared database: PostgreSQL behind a pool of connections, for several server processes on several machines."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from onestop.store import migrations
from onestop.store.database import Row, T, Value, Work
from onestop.store.failing import Unavailable, Unreadable
from onestop.store.keys import NO_KEYS, Keys
from onestop.store.queries import POSTGRES, Query, spoken

try:
    import asyncpg
except ImportError:
    raise Unreadable("PostgreSQL needs asyncpg: pip install 'onestop[postgres]'") from None

MOST = 16
"""Connections of one process."""
WAIT, LONGEST = 5.0, 15.0
"""Seconds to wait for a connection or an answer, and for a whole piece of work. On a line that swallows everything an answer is given up
after the first, and its connection after as many again.
"""
TRIES = 5
"""How often work is begun again that others got in the way of."""
LOCK = 6041961
"""The advisory lock under which migrations are applied."""
CROSSED = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError, asyncpg.UniqueViolationError)
"""Two got in each other's way: begun again, one of them finds what the other did."""
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


class Asked:
    """A transaction on one connection of the pool."""

    def __init__(self, connection: "Connection", keys: Keys) -> None:
        self.connection, self.keys = connection, keys

    async def execute(self, query: Query, **values: Value) -> int:
        said = await self.connection.execute(query.numbered, *_ordered(query, values))
        changed = said.rpartition(" ")[2]
        return int(changed) if changed.isdecimal() else 0

    async def row(self, query: Query, **values: Value) -> Row | None:
        found = await self.connection.fetchrow(query.numbered, *_ordered(query, values))
        return None if found is None else tuple(found)

    async def rows(self, query: Query, **values: Value) -> list[Row]:
        return [tuple(found) for found in await self.connection.fetch(query.numbered, *_ordered(query, values))]


def _ordered(query: Query, values: Mapping[str, Value]) -> list[Value]:
    return [values[name] for name in query.order]


class Postgres:
    """A `Database` on a PostgreSQL server. The pool makes lost connections anew by itself."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self.pool = pool
        self.keys = NO_KEYS

    async def run(self, work: Work[T]) -> T:
        return await self._run(work, readonly=False)

    async def read(self, work: Work[T]) -> T:
        return await self._run(work, readonly=True)

    async def tidy(self) -> None:
        """The server's own vacuum does it."""

    async def close(self) -> None:
        try:
            await asyncio.wait_for(self.pool.close(), WAIT)
        except (TimeoutError, *AWAY):
            self.pool.terminate()

    async def _run(self, work: Work[T], *, readonly: bool) -> T:
        for left in reversed(range(TRIES)):
            try:
                async with asyncio.timeout(LONGEST):
                    return await self._once(work, readonly=readonly)
            except CROSSED as why:
                if not left:
                    raise Unavailable(f"the database: {type(why).__name__}") from why
            except (TimeoutError, *AWAY) as why:
                raise Unavailable(f"the database: {type(why).__name__}") from why
        raise AssertionError

    async def _once(self, work: Work[T], *, readonly: bool) -> T:
        async with (
            self.pool.acquire(timeout=WAIT) as connection,
            # To read "as of one moment" is to read repeatably; when writing, each statement sees what others have committed.
            connection.transaction(isolation="repeatable_read" if readonly else "read_committed", readonly=readonly),
        ):
            return await work(Asked(connection, self.keys))


async def open_postgres(url: str) -> Postgres:
    """The database at `postgresql://...`, brought up to date. Raises `Unreadable`; the password is never in what it says."""
    where = _without_password(url)
    # No connection is kept for its own sake: the library would write down at length that it cannot be had.
    pool = asyncpg.create_pool(url, min_size=0, max_size=MOST, timeout=WAIT, command_timeout=WAIT, init=_ready)
    database = Postgres(pool)
    try:
        await pool
        async with pool.acquire() as connection:
            await migrate(connection, migrations.migrations())
    except BaseException as why:
        await database.close()
        if isinstance(why, (Unreadable, TimeoutError, ValueError, asyncpg.PostgresError, *AWAY)):
            raise Unreadable(f"{where}: {_one_line(why)}") from None
        raise
    return database


async def _ready(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """A commit is on the disk when it is acknowledged, whatever the server's default."""
    if await connection.fetchval("SHOW synchronous_commit") == "off":
        await connection.execute("SET synchronous_commit = on")


async def migrate(connection: "Connection", scripts: Mapping[int, str]) -> None:
    """Apply what has not been applied yet, all or nothing, each once, also when two processes start together."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK, timeout=60)
        await connection.execute(migrations.TABLE)
        done = await connection.fetchval(migrations.LAST)
        for number, statements in migrations.to_do(scripts, done):
            for statement in statements:
                await connection.execute(spoken(statement, POSTGRES), timeout=600)
            await connection.execute("INSERT INTO migrations (number) VALUES ($1)", number)


def _without_password(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "postgresql://"
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def _one_line(why: BaseException) -> str:
    return (str(why) or type(why).__name__).splitlines()[0]
