"""Why an officer reads answers of another team: a word of a table, and a text that is encrypted with a key of its own."""

from onestop.store.database import Transaction
from onestop.store.encryption import cipher
from onestop.store.ids import new_id
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys

SQL = read_queries(__file__)
VALID = 3600
"""Seconds for which a reason lets the officer read the case it was given for."""
TABLE = "access_reasons"


async def add(tx: Transaction, officer: str, case: str, code: str, text: str, now: int) -> str:
    """Store a reason; return its id."""
    reason = new_id(now)
    key = await data_keys.make(tx, reason)
    await tx.execute(
        SQL.add_reason,
        id=reason, officer=officer, case_id=case, code=code, given=now, until=now + VALID,
        encrypted=cipher.encrypt(key, TABLE, reason, text.encode()),
    )  # fmt: skip
    return reason


async def is_given(tx: Transaction, officer: str, case: str, now: int) -> bool:
    """Return whether an officer has given a reason for a case that is still valid."""
    return await tx.row(SQL.valid_reason, officer=officer, case_id=case, now=now) is not None


async def list_of(tx: Transaction, case: str) -> list[tuple[str, str, int, str]]:
    """Return (officer, code, seconds since 1970, text) of every reason that was given for a case, in order."""
    found = []
    for reason, officer, code, given, encrypted in await tx.rows(SQL.reasons_of, case_id=case):
        key = await data_keys.find(tx, reason)
        found.append((officer, code, given, cipher.decrypt(key, TABLE, reason, encrypted).decode() if key else ""))
    return found
