"""The source of every journey on which a draft was begun: a draft ends on the edition it began on."""

from dataclasses import dataclass

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a journey's source."""

    digest: str
    journey: str
    source: str


async def add(tx: Transaction, edition: Edition) -> None:
    """Store an edition, unless it is stored already."""
    await tx.execute(SQL.add_edition, digest=edition.digest, journey=edition.journey, source=edition.source)


async def find(tx: Transaction, digest: str) -> str | None:
    """Return the source of the edition with this digest, or None."""
    row = await tx.row(SQL.edition, digest=digest)
    return str(row[0]) if row else None
