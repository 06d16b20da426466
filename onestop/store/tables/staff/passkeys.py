"""Passkeys of officers: the public key, and how often the authenticator says that it was used."""

from dataclasses import dataclass

from onestop.store.database import Row, Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)


@dataclass(frozen=True, slots=True)
class Passkey:
    """`credential` is its id in base64url. `uses` is the authenticator's count, 0 if it keeps none."""

    credential: str
    officer: str
    public_key: bytes
    uses: int
    label: str
    added: int
    used: int


async def add(tx: Transaction, passkey: Passkey) -> bool:
    """Store a passkey; return False if there is one with this id."""
    return bool(
        await tx.execute(
            SQL.add_passkey,
            credential=passkey.credential, officer=passkey.officer, public_key=passkey.public_key, uses=passkey.uses,
            label=passkey.label, now=passkey.added,
        )
    )  # fmt: skip


async def find(tx: Transaction, credential: str) -> Passkey | None:
    row = await tx.row(SQL.passkey, credential=credential)
    return _passkey(row) if row else None


async def list_of(tx: Transaction, officer: str) -> list[Passkey]:
    """Return the passkeys of an officer, the oldest first."""
    return [_passkey(row) for row in await tx.rows(SQL.passkeys_of, officer=officer)]


async def count_use(tx: Transaction, credential: str, uses: int, now: int) -> bool:
    """Note the authenticator's count; return False if it has not risen, unless it keeps none: then a copy may have been used."""
    return bool(await tx.execute(SQL.count_use, credential=credential, uses=uses, now=now))


async def remove(tx: Transaction, officer: str, credential: str) -> bool:
    """Remove a passkey of an officer; return whether it was theirs."""
    return bool(await tx.execute(SQL.remove_passkey, credential=credential, officer=officer))


def _passkey(row: Row) -> Passkey:
    credential, officer, public_key, uses, label, added, used = row
    return Passkey(credential, officer, bytes(public_key), uses, label, added, used)
