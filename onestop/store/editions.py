"""The text of every journey on which a draft was begun: a draft ends on the edition it began on."""

from onestop.store.database import Transaction
from onestop.store.drafts import SQL


async def find(tx: Transaction, digest: str) -> str | None:
    """The source of the edition with this digest."""
    row = await tx.row(SQL.edition, digest=digest)
    return str(row[0]) if row else None
