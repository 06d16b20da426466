"""Homes: addresses that households asked to be remembered, found by a random token of which the database holds a digest."""

from dataclasses import dataclass

from onestop.store.database import Transaction
from onestop.store.encryption import cipher
from onestop.store.ids import TOKEN, new_id, new_token, token_digest
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys

SQL = read_queries(__file__)
DAY = 86400
UNUSED = 365 * DAY
"""Seconds after its last use after which a home is forgotten."""


@dataclass(frozen=True, slots=True)
class StoredHome:
    """`uprn` is the property. `stale` is whether `touch` is due: not at every request, to save writes."""

    id: str
    uprn: int
    stale: bool


async def remember(tx: Transaction, uprn: int, now: int) -> str:
    """Store a property under a new random token; return the token."""
    token, home = new_token(now), new_id(now)
    key = await data_keys.make(tx, home)
    encrypted = cipher.encrypt_json(key, "homes", home, {"uprn": uprn})
    await tx.execute(
        SQL.add_home, id=home, secret=token_digest(token), now=now, expires=now + UNUSED, encrypted=encrypted
    )
    return token


async def find(tx: Transaction, token: str, now: int) -> StoredHome | None:
    """Return what is stored under a token, or None if it was forgotten."""
    row = await tx.row(SQL.home, secret=token_digest(token), now=now) if TOKEN.fullmatch(token) else None
    key = cipher.unwrap_key(tx.keys, row[0], row[3], row[4]) if row else None
    if row is None or key is None:
        return None
    value = cipher.decrypt_json(key, "homes", row[0], row[2])
    assert isinstance(value, dict) and isinstance(value["uprn"], int)
    return StoredHome(row[0], value["uprn"], now - row[1] >= DAY)


async def touch(tx: Transaction, home: str, now: int) -> None:
    """Keep a home for another year."""
    await tx.execute(SQL.touch_home, id=home, now=now, expires=now + UNUSED)


async def forget(tx: Transaction, token: str) -> None:
    """Erase a home, its key first."""
    if TOKEN.fullmatch(token):
        await tx.execute(SQL.drop_key_of_home, secret=token_digest(token))
        await tx.execute(SQL.drop_home, secret=token_digest(token))
