"""The chain of the audit log: add an entry in the transaction of the act, and verify all of them."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onestop.audit.entry import AuditEntry
from onestop.store.database import Database, Transaction
from onestop.store.tables.staff import audit_entries
from onestop.store.tables.staff.audit_entries import AuditHead, StoredEntry

BATCH = 1000


async def record(tx: Transaction, entry: AuditEntry, now: int) -> None:
    """Add an entry at `now`, in seconds since 1970. If the transaction fails, so does the act, and neither is stored."""
    head = await audit_entries.lock_head(tx)
    key = await audit_entries.key(tx) or await audit_entries.make_key(tx)
    fields = " ".join(entry.fields)
    stored = StoredEntry(
        head.entries + 1, now, entry.actor, str(entry.action), entry.subject, entry.purpose, fields, ""
    )
    await audit_entries.append(tx, replace(stored, mac=mac_of(key, head.mac, stored)))


def mac_of(key: bytes, previous: str, entry: StoredEntry) -> str:
    """Return the MAC (HMAC-SHA256, in hexadecimal digits) of an entry and of the one before it."""
    parts = (previous, entry.seq, entry.at, entry.actor, entry.action, entry.subject, entry.purpose, entry.fields)
    return hmac.digest(key, json.dumps(parts).encode(), "sha256").hex()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: the last sound entry, and the number of the first that is missing or was changed, 0 if there is none."""

    head: AuditHead
    broken: int = 0
    why: str = ""


async def verify(database: Database, noted: AuditHead | None = None) -> Verdict:
    """Check every entry, and that the log still holds the head that was `noted` elsewhere: only that shows that its end was cut off."""
    key = await database.read(audit_entries.key)
    # Read before the entries: others may be added meanwhile.
    stored = await database.read(audit_entries.read_head)
    if stored is None:
        return Verdict(AuditHead(0, ""), 1, "cannot be checked: the head of the log is missing")
    ends = [head for head in (stored, noted) if head and head.entries]
    last = AuditHead(0, "")
    while batch := await _batch(database, last.entries):
        for entry in batch:
            why = _fault(key, last, entry, ends)
            if why:
                return Verdict(last, last.entries + 1, why)
            last = AuditHead(entry.seq, entry.mac)
    if any(head.entries > last.entries for head in ends):
        return Verdict(last, last.entries + 1, "is missing: the end of the log was cut off")
    return Verdict(last)


async def _batch(database: Database, after: int) -> list[StoredEntry]:
    return await database.read(lambda tx: audit_entries.after(tx, after, BATCH))


def _fault(key: bytes | None, last: AuditHead, entry: StoredEntry, ends: Sequence[AuditHead]) -> str:
    if entry.seq != last.entries + 1:
        return "is missing"
    if key is None or not hmac.compare_digest(mac_of(key, last.mac, entry), entry.mac):
        return "was changed"
    if any(head.entries == entry.seq and head.mac != entry.mac for head in ends):
        return "is not the one that was noted"
    return ""
