"""Data keys: each draft, case and session has one. Erasing it makes what it encrypted unreadable, also in backups."""

from onestop.store.database import Transaction
from onestop.store.encryption import cipher
from onestop.store.queries import read_queries

SQL = read_queries(__file__)


async def make(tx: Transaction, owner: str) -> bytes:
    """Create, store and return a key for `owner`."""
    key = cipher.new_key()
    await add(tx, owner, key)
    return key


async def add(tx: Transaction, owner: str, key: bytes) -> None:
    """Store a key, encrypted with the current master key."""
    master, wrapped = cipher.wrap_key(tx.keys, owner, key)
    await tx.execute(SQL.add_key, owner=owner, master=master, wrapped=wrapped)


async def find(tx: Transaction, owner: str) -> bytes | None:
    row = await tx.row(SQL.key, owner=owner)
    return cipher.unwrap_key(tx.keys, owner, row[0], row[1]) if row else None


async def erase(tx: Transaction, owner: str) -> None:
    """Delete the key: what it encrypted cannot be decrypted any more."""
    await tx.execute(SQL.drop_key, owner=owner)
