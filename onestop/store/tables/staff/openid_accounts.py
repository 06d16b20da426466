"""Accounts of an OpenID provider that officers sign in with: its issuer and its own name for them, never an e-mail address."""

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)


async def connect(tx: Transaction, issuer: str, subject: str, officer: str) -> bool:
    """Connect an account to an officer; return False if it is another's already."""
    return bool(await tx.execute(SQL.connect, issuer=issuer, subject=subject, officer=officer))


async def officer_of(tx: Transaction, issuer: str, subject: str) -> str | None:
    """Return the id of the officer an account is connected to, or None."""
    row = await tx.row(SQL.officer_of, issuer=issuer, subject=subject)
    return str(row[0]) if row else None


async def is_connected(tx: Transaction, issuer: str, officer: str) -> bool:
    return await tx.row(SQL.account_of, issuer=issuer, officer=officer) is not None
