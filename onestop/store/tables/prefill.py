"""What a resident has told once in a visit, to be offered and not asked again."""

from collections.abc import Mapping

from onestop.casework.case import Json
from onestop.store.database import Row, Transaction
from onestop.store.encryption import cipher
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys

SQL = read_queries(__file__)


async def save(tx: Transaction, session: str, values: Mapping[str, Json], now: int) -> None:
    """Keep these with what was told before, by what they are ("name", "email"); None takes one away."""
    row = await tx.row(SQL.told_locked, id=session, now=now)
    if row is None:
        return
    key = _key(tx, session, row) or await data_keys.make(tx, session)
    told = _opened(key, session, row) | dict(values)
    left: Json = {name: value for name, value in told.items() if value is not None}
    await tx.execute(SQL.write_told, id=session, told=cipher.encrypt_json(key, "sessions", session, left))


async def load(tx: Transaction, session: str, now: int) -> Mapping[str, Json]:
    """Everything told, by what it is."""
    row = await tx.row(SQL.told, id=session, now=now)
    key = _key(tx, session, row) if row else None
    return _opened(key, session, row) if row and key else {}


async def forget(tx: Transaction, session: str) -> None:
    """Forget all of it, the key first."""
    await data_keys.erase(tx, session)
    await tx.execute(SQL.write_told, id=session, told=None)


def _key(tx: Transaction, session: str, row: Row) -> bytes | None:
    return cipher.unwrap_key(tx.keys, session, row[1], row[2]) if row[1] else None


def _opened(key: bytes, session: str, row: Row) -> dict[str, Json]:
    told = cipher.decrypt_json(key, "sessions", session, row[0]) if row[0] else {}
    assert isinstance(told, dict)
    return told
