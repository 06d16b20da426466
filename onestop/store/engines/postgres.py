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

CONNECTIONS = 16
"""Connections a process opens at most, unless the settings say otherwise."""
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
    # The connection was lost in the middle of a message.
    asyncpg.InternalClientError,
)
"""Outages: the same transaction may succeed later."""
NOT_YET = (OSError, TimeoutError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError)
"""What a server raises that is not running yet."""


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
    """A `Database` on a PostgreSQL server. The pool is made, and the migrations are applied, when the server first answers."""

    def __init__(self, url: str, connections: int, *, unchanged: bool = False) -> None:
        self.url, self.connections, self.unchanged = url, connections, unchanged
        self.pool: asyncpg.Pool[asyncpg.Record] | None = None
        self.connecting = asyncio.Lock()
        self.asynchronous = False
        self.keys = NO_KEYS

    async def run(self, work: Work[T]) -> T:
        return await self._run(work, readonly=False)

    async def read(self, work: Work[T]) -> T:
        return await self._run(work, readonly=True)

    async def truncate_log(self) -> None:
        """Nothing to do: PostgreSQL's vacuum and WAL recycling do it."""

    async def close(self) -> None:
        if self.pool is None:
            return
        try:
            await asyncio.wait_for(self.pool.close(), WAIT)
        except (TimeoutError, *AWAY):
            self.pool.terminate()

    async def _run(self, work: Work[T], *, readonly: bool) -> T:
        for left in reversed(range(TRIES)):
            try:
                pool = self.pool or await self._connect()
                async with asyncio.timeout(LONGEST):
                    return await self._run_once(pool, work, readonly=readonly)
            except CROSSED as why:
                if not left:
                    raise Unavailable(f"the database: {type(why).__name__}") from why
            except (TimeoutError, *AWAY) as why:
                raise Unavailable(f"the database: {type(why).__name__}") from why
        raise AssertionError

    async def _run_once(self, pool: "asyncpg.Pool[asyncpg.Record]", work: Work[T], *, readonly: bool) -> T:
        async with (
            pool.acquire(timeout=WAIT) as connection,
            # A read sees one snapshot; in a write each statement sees what others have committed.
            connection.transaction(isolation="repeatable_read" if readonly else "read_committed", readonly=readonly),
        ):
            if self.asynchronous and not readonly:
                await connection.execute("SET LOCAL synchronous_commit = on")
            return await work(PostgresTransaction(connection, self.keys))

    async def _connect(self) -> "asyncpg.Pool[asyncpg.Record]":
        """Migrate the database and return the pool. Raises what asyncpg raises, or `StoreUnusable`."""
        async with self.connecting:
            if self.pool is None:
                pooler = await self._prepare()
                # A pooler may give each transaction another connection, which does not know statements prepared before.
                statements = 0 if pooler else 100
                # min_size=0: asyncpg logs a traceback for each idle connection it cannot open.
                self.pool = await asyncpg.create_pool(
                    self.url, min_size=0, max_size=self.connections, timeout=WAIT, command_timeout=WAIT,
                    statement_cache_size=statements, reset=_keep_session,
                )  # fmt: skip
            return self.pool

    async def _prepare(self) -> bool:
        """Apply pending migrations; return whether there is a pooler, such as PgBouncer, before the server."""
        connection = await asyncpg.connect(self.url, timeout=WAIT, command_timeout=WAIT, statement_cache_size=0)
        try:
            await (check if self.unchanged else migrate)(connection, migrations.migrations())
            async with connection.transaction():
                # A commit must be durable before it is acknowledged, whatever the server's default.
                self.asynchronous = await connection.fetchval("SHOW synchronous_commit") == "off"
                process: int = await connection.fetchval("SELECT pg_backend_pid()")
            return process != connection.get_server_pid()
        finally:
            await connection.close(timeout=WAIT)


async def _keep_session(_: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Called when a connection returns to the pool: there is nothing to reset, because no transaction changes its session."""


async def open_postgres(url: str, connections: int = CONNECTIONS, *, unchanged: bool = False) -> Postgres:
    """Connect to `postgresql://...` and apply pending migrations, unless it must stay `unchanged`.

    Raises `StoreUnusable`, without the password in its text. `ServerAway` is one that the passing of time may cure.
    """
    database = Postgres(url, connections, unchanged=unchanged)
    try:
        await database._connect()
    except NOT_YET as why:
        advice = "start PostgreSQL, or correct --database"
        raise ServerAway(f"{_without_password(url)}: does not answer ({_one_line(why)}): {advice}", database) from None
    except (StoreUnusable, ValueError, asyncpg.PostgresError, *AWAY) as why:
        raise StoreUnusable(f"{_without_password(url)}: {_one_line(why)}") from None
    return database


class ServerAway(StoreUnusable):
    """The server does not answer. `database` connects when it does."""

    def __init__(self, text: str, database: Postgres) -> None:
        super().__init__(text)
        self.database = database


async def migrate(connection: "Connection", scripts: Mapping[int, str]) -> None:
    """Apply the pending migrations in one transaction; safe when two processes start together."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK, timeout=60)
        await connection.execute(migrations.TABLE)
        applied = await _applied(connection)
        for number, statements in migrations.pending(scripts, applied):
            for statement in statements:
                await connection.execute(in_dialect(statement, POSTGRES), timeout=600)
            await connection.execute("INSERT INTO migrations (number) VALUES ($1)", number)


async def check(connection: "Connection", scripts: Mapping[int, str]) -> None:
    """Raise `StoreUnusable` unless exactly these migrations have been applied."""
    there = await connection.fetchval("SELECT to_regclass('migrations') IS NOT NULL")
    migrations.check_applied(scripts, await _applied(connection) if there else frozenset())


async def _applied(connection: "Connection") -> frozenset[int]:
    return frozenset(row[0] for row in await connection.fetch(migrations.APPLIED))


def _without_password(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "postgresql://"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _one_line(why: BaseException) -> str:
    return (str(why) or type(why).__name__).splitlines()[0]
