"""Time-based codes of officers: the encrypted secret and the last time step used; and recovery codes, each of which is used once."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from onestop.store.database import Transaction
from onestop.store.encryption import cipher
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys

SQL = read_queries(__file__)
TABLE = "officer_codes"


@dataclass(frozen=True, slots=True)
class CodeSecret:
    """The secret in base 32. Until the officer has shown that their device makes the right codes it is not `confirmed`."""

    secret: str
    confirmed: bool


async def begin(tx: Transaction, officer: str, secret: str) -> None:
    """Store a secret that is not confirmed yet; one that is confirmed stays."""
    key = await data_keys.find(tx, officer) or await data_keys.make(tx, officer)
    await tx.execute(SQL.begin_codes, officer=officer, secret=cipher.encrypt(key, TABLE, officer, secret.encode()))


async def find(tx: Transaction, officer: str) -> CodeSecret | None:
    row = await tx.row(SQL.codes, officer=officer)
    key = await data_keys.find(tx, officer) if row else None
    return CodeSecret(cipher.decrypt(key, TABLE, officer, row[0]).decode(), bool(row[1])) if row and key else None


async def are_confirmed(tx: Transaction, officer: str) -> bool:
    """Return whether an officer signs in with codes."""
    row = await tx.row(SQL.codes, officer=officer)
    return bool(row and row[1])


async def use_step(tx: Transaction, officer: str, step: int) -> bool:
    """Note that the code of a time step was used, and confirm the secret; return False if that step or a later one was used before."""
    return bool(await tx.execute(SQL.use_step, officer=officer, step=step))


async def forget(tx: Transaction, officer: str) -> None:
    """Remove the secret, and the recovery codes with it."""
    await tx.execute(SQL.drop_officer_codes, officer=officer)
    await tx.execute(SQL.drop_all_recovery, officer=officer)
    await data_keys.erase(tx, officer)


async def set_recovery(tx: Transaction, officer: str, codes: Sequence[str]) -> None:
    """Replace the recovery codes of an officer who has a secret. Only keyed digests are stored."""
    key = await data_keys.find(tx, officer)
    assert key is not None
    await tx.execute(SQL.drop_all_recovery, officer=officer)
    for code in codes:
        await tx.execute(SQL.add_recovery, officer=officer, digest=_digest(key, code))


async def use_recovery(tx: Transaction, officer: str, code: str) -> bool:
    """Use up a recovery code; return whether it was one."""
    key = await data_keys.find(tx, officer)
    return bool(key and await tx.execute(SQL.use_recovery, officer=officer, digest=_digest(key, code)))


async def recovery_left(tx: Transaction, officer: str) -> int:
    row = await tx.row(SQL.recovery_left, officer=officer)
    return int(row[0]) if row else 0


def _digest(key: bytes, code: str) -> str:
    return hmac.digest(key, b"recovery code " + code.encode(), "sha256").hex()
