"""What the store offers, whichever database stands behind it: work that is done whole, and is on the disk when it returns."""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from onestop.store.failing import Unavailable as Unavailable
from onestop.store.failing import Unreadable as Unreadable
from onestop.store.keys import Keys
from onestop.store.queries import Query

T = TypeVar("T")
Value = str | int | bytes | None
Row = tuple[Any, ...]


class Transaction(Protocol):
    """What a store function is given. It may wait for these three and for nothing else."""

    @property
    def keys(self) -> Keys: ...

    async def execute(self, query: Query, **values: Value) -> int:
        """How many rows were changed."""

    async def row(self, query: Query, **values: Value) -> Row | None:
        """The first row, if there is one."""

    async def rows(self, query: Query, **values: Value) -> list[Row]:
        """Every row."""


Work = Callable[[Transaction], Coroutine[Any, Any, T]]


class Database(Protocol):
    """Either kind of database, open."""

    keys: Keys

    async def run(self, work: Work[T]) -> T:
        """Do all of the work or none of it; what it did is on the disk when this returns.

        Raises `Unavailable`, or whatever `work` raises. Work may be begun again when two got in each other's way.
        """

    async def read(self, work: Work[T]) -> T:
        """Read, as of one moment, everything that had been acknowledged. Writing is refused."""

    async def tidy(self) -> None:
        """Let go of what was erased, where the database keeps it for a while."""

    async def close(self) -> None:
        """Finish what was begun, then let go."""


@asynccontextmanager
async def open_database(url: str, keys: Path | None = None) -> AsyncIterator[Database]:
    """The database at `sqlite:///FILE` or `postgresql://...`, brought up to date. `keys` is the file of master keys.

    Raises `Unreadable`.
    """
    from onestop.store.masters import admit

    database = await _opened(url)
    try:
        try:
            await admit(database, url, keys)
        except Unavailable as why:
            raise Unreadable(str(why)) from None
        yield database
    finally:
        # aiosqlite's thread is no daemon: a connection left open would keep the process for ever.
        await database.close()


async def _opened(url: str) -> Database:
    # Each kind brings its own driver, and the driver of PostgreSQL need not be installed.
    if url.startswith("sqlite:///"):
        from onestop.store.sqlite import open_sqlite

        return await open_sqlite(url)
    from onestop.store.postgres import open_postgres

    return await open_postgres(url)
