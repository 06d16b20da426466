"""Challenges that have been answered, so that none is answered twice."""

import hashlib

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)


async def spend(tx: Transaction, challenge: bytes, expires: int) -> bool:
    """Use up a challenge; return False if it was used before. It is remembered until it `expires`."""
    digest = hashlib.sha256(challenge).hexdigest()
    return bool(await tx.execute(SQL.spend, digest=digest, expires=expires))
