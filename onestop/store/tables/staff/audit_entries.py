"""The audit log: entries are only ever added, each under the number after the last one."""

from dataclasses import dataclass

from onestop.store.database import Row, Transaction
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys

SQL = read_queries(__file__)
OWNER = "audit"
"""The owner of the data key with which entries are authenticated."""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One entry: `seq` counts from 1, `at` is seconds since 1970, `mac` is 64 hexadecimal digits."""

    seq: int
    at: int
    actor: str
    action: str
    subject: str
    purpose: str
    fields: str
    mac: str


@dataclass(frozen=True, slots=True)
class AuditHead:
    """How many entries there are, and the MAC of the last one, "" if there is none."""

    entries: int
    mac: str


async def lock_head(tx: Transaction) -> AuditHead:
    """Return the end of the chain; until the transaction ends no other can add an entry."""
    row = await tx.row(SQL.lock_head)
    assert row is not None
    return AuditHead(row[0], row[1])


async def read_head(tx: Transaction) -> AuditHead | None:
    row = await tx.row(SQL.head)
    return AuditHead(row[0], row[1]) if row else None


async def append(tx: Transaction, entry: StoredEntry) -> None:
    """Add an entry and move the end of the chain to it. The head must be locked."""
    await tx.execute(
        SQL.add_entry,
        seq=entry.seq, at=entry.at, actor=entry.actor, action=entry.action, subject=entry.subject,
        purpose=entry.purpose, fields=entry.fields, mac=entry.mac,
    )  # fmt: skip
    await tx.execute(SQL.move_head, entries=entry.seq, mac=entry.mac)


async def after(tx: Transaction, seq: int, most: int) -> list[StoredEntry]:
    """Return up to `most` entries after number `seq`, in order."""
    return [_entry(row) for row in await tx.rows(SQL.entries_after, seq=seq, most=most)]


async def of_subject(tx: Transaction, subject: str) -> list[StoredEntry]:
    """Return the entries about one subject, in order."""
    return [_entry(row) for row in await tx.rows(SQL.entries_of_subject, subject=subject)]


async def key(tx: Transaction) -> bytes | None:
    """Return the key of the MACs, or None before the first entry."""
    return await data_keys.find(tx, OWNER)


async def make_key(tx: Transaction) -> bytes:
    """Create the key of the MACs. The head must be locked, so that nobody else makes another."""
    return await data_keys.make(tx, OWNER)


def _entry(row: Row) -> StoredEntry:
    return StoredEntry(*row)
