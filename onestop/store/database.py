"""The interface of the store's two databases: transactions that are committed to disk before they are acknowledged."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from onestop.store.encryption.master_keys import MasterKeys
from onestop.store.queries import Query

T = TypeVar("T")
Value = str | int | bytes | None
Row = tuple[Any, ...]


class Transaction(Protocol):
    """An open transaction. Work inside it may await these three methods and nothing else."""

    @property
    def keys(self) -> MasterKeys: ...

    async def execute(self, query: Query, **values: Value) -> int:
        """Run a statement; return how many rows it changed."""

    async def row(self, query: Query, **values: Value) -> Row | None:
        """Return the first row, or None."""

    async def rows(self, query: Query, **values: Value) -> list[Row]:
        """Return every row."""


Work = Callable[[Transaction], Coroutine[Any, Any, T]]


class Database(Protocol):
    """An open database of either engine."""

    keys: MasterKeys

    async def run(self, work: Work[T]) -> T:
        """Run `work` in a transaction; when this returns, its changes are on disk.

        Raises `Unavailable`, or what `work` raises after a rollback. After a conflict with another transaction `work` is run again.
        """

    async def read(self, work: Work[T]) -> T:
        """Run `work` in a read-only transaction on one snapshot that includes every acknowledged commit."""

    async def truncate_log(self) -> None:
        """Empty the engine's write-ahead log, where erased data could still be read."""

    async def close(self) -> None:
        """Finish the transactions that have begun, then close the connections."""
