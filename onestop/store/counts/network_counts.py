"""Limits on the drafts and photos that one network may store in an hour, and on the addresses it may look up in a day.

They are counted in the database so that they hold for all servers.

A draft is kept for up to 30 days: without a limit one machine could fill the disk. A library with one address stays far below.
"""

from dataclasses import dataclass
from typing import Literal

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)
HOUR, DAY = 3600, 86400
Kind = Literal["drafts", "photos"]


class NetworkLimitReached(Exception):
    """The network has stored as many drafts or photos as it may in this hour; nothing was stored."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.kind: Kind = kind


@dataclass(frozen=True, slots=True)
class NetworkLimits:
    """What one network may store in an hour; 0 is no limit. `network` is "" if it is unknown or this machine: that is not counted."""

    network: str
    drafts: int
    photos: int

    async def count(self, tx: Transaction, kind: Kind, now: int) -> None:
        """Count one draft or photo that is stored in this transaction. Raises NetworkLimitReached."""
        most = self.drafts if kind == "drafts" else self.photos
        if not self.network or not most:
            return
        if await count_in_span(tx, self.network, kind, HOUR, now) > most:
            raise NetworkLimitReached(kind)


async def count_lookup(tx: Transaction, network: str, number: int, most: int, now: int) -> bool:
    """Count so many look-ups of addresses by a network; return whether it may look up no more today. "" is not counted, 0 is no limit."""
    if not network or not most:
        return False
    return await count_in_span(tx, network, "lookups", DAY, now, number) > most


async def count_in_span(tx: Transaction, whose: str, kind: str, span: int, now: int, number: int = 1) -> int:
    """Count one or so many more of a kind; return how many there are in this hour or day, the `span` in seconds.

    Only a digest of `whose` is kept.
    """
    row = await tx.row(
        SQL.count_stored, network=tx.keys.current.digest(whose), kind=kind, since=now - now % span, number=number
    )
    assert row is not None
    return int(row[0])
