"""The key of one draft, case or visit: made, found and erased."""

from onestop.store.database import Transaction
from onestop.store.encryption import cipher
from onestop.store.queries import read_queries

SQL = read_queries(__file__)


async def make(tx: Transaction, owner: str) -> bytes:
    """A new key of this owner's."""
    key = cipher.new_key()
    await add(tx, owner, key)
    return key


async def add(tx: Transaction, owner: str, key: bytes) -> None:
    """Keep a key that has been used already."""
    master, wrapped = cipher.wrap_key(tx.keys, owner, key)
    await tx.execute(SQL.add_key, owner=owner, master=master, wrapped=wrapped)


async def find(tx: Transaction, owner: str) -> bytes | None:
    row = await tx.row(SQL.key, owner=owner)
    return cipher.unwrap_key(tx.keys, owner, row[0], row[1]) if row else None


async def erase(tx: Transaction, owner: str) -> None:
    """What it sealed can be read by nobody from now on."""
    await tx.execute(SQL.drop_key, owner=owner)
