"""Reusable answers of a session (name, e-mail), offered in later journeys for confirmation."""

from collections.abc import Mapping

from onestop.casework.case import Json
from onestop.store.database import Row, Transaction
from onestop.store.encryption import cipher
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys

SQL = read_queries(__file__)


async def save(tx: Transaction, session: str, values: Mapping[str, Json], now: int) -> None:
    """Merge `values` into what is stored, by the kind of answer ("name", "email"); None removes one."""
    row = await tx.row(SQL.prefill_locked, id=session, now=now)
    if row is None:
        return
    key = _key(tx, session, row) or await data_keys.make(tx, session)
    merged = _decrypt(key, session, row) | dict(values)
    left: Json = {name: value for name, value in merged.items() if value is not None}
    await tx.execute(SQL.write_prefill, id=session, prefill=cipher.encrypt_json(key, "sessions", session, left))


async def load(tx: Transaction, session: str, now: int) -> Mapping[str, Json]:
    """Return everything stored, by the kind of answer."""
    row = await tx.row(SQL.prefill, id=session, now=now)
    key = _key(tx, session, row) if row else None
    return _decrypt(key, session, row) if row and key else {}


async def forget(tx: Transaction, session: str) -> None:
    """Erase all of it, the key first."""
    await data_keys.erase(tx, session)
    await tx.execute(SQL.write_prefill, id=session, prefill=None)


def _key(tx: Transaction, session: str, row: Row) -> bytes | None:
    return cipher.unwrap_key(tx.keys, session, row[1], row[2]) if row[1] else None


def _decrypt(key: bytes, session: str, row: Row) -> dict[str, Json]:
    values = cipher.decrypt_json(key, "sessions", session, row[0]) if row[0] else {}
    assert isinstance(values, dict)
    return values
