"""The audit log does not fork under many writers, cannot be changed unseen, and shows where it is broken."""

import asyncio
from dataclasses import replace

import pytest

from onestop.audit.chain import record, verify
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.store.database import Database, Transaction
from onestop.store.encryption.master_keys import MasterKey, MasterKeys
from onestop.store.encryption.rotation import rewrap_all
from onestop.store.queries import Query
from onestop.store.tables.staff import audit_entries
from onestop.store.tables.staff.audit_entries import AuditHead

NOW = 1_795_000_000
UNGUARD = {
    "sqlite": ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"),
    "postgres": ("ALTER TABLE audit_entries DISABLE TRIGGER ALL",),
}


async def do(database: Database, statement: str) -> None:
    await database.run(lambda tx: tx.execute(Query("", statement, statement, ())))


async def written(database: Database, count: int) -> None:
    for number in range(count):
        entry = AuditEntry("officer-1", AuditAction.READ, f"case-{number}", fields=("answers", "photos"))
        await database.run(lambda tx, entry=entry: record(tx, entry, NOW))  # type: ignore[misc]


async def test_twenty_writers_make_one_chain(database: Database) -> None:
    entries = [AuditEntry(f"officer-{number}", AuditAction.CHANGE, "case-1") for number in range(20)]
    await asyncio.gather(*(database.run(lambda tx, e=e: record(tx, e, NOW)) for e in entries))  # type: ignore[misc]
    verdict = await verify(database)
    assert (verdict.broken, verdict.head.entries) == (0, 20)
    stored = await database.read(lambda tx: audit_entries.after(tx, 0, 100))
    assert [entry.seq for entry in stored] == list(range(1, 21))


async def test_an_entry_is_stored_with_its_act_or_not_at_all(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await record(tx, AuditEntry("officer-1", AuditAction.EXPORT), NOW)
        raise LookupError

    with pytest.raises(LookupError):
        await database.run(work)
    assert (await verify(database)).head == AuditHead(0, "")


async def test_entries_are_neither_changed_nor_deleted(database: Database) -> None:
    await written(database, 2)
    for statement in ("UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries"):
        with pytest.raises(Exception, match="append-only"):
            await do(database, statement)
    assert (await verify(database)).head.entries == 2


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_entries SET subject = 'case-9' WHERE seq = 3", 3),
        ("UPDATE audit_entries SET at = at + 1 WHERE seq = 1", 1),
        ("DELETE FROM audit_entries WHERE seq = 2", 2),
        ("DELETE FROM audit_entries WHERE seq = 5", 5),
        ("DELETE FROM audit_head", 1),
    ],
)
async def test_a_change_behind_the_program_is_found(database: Database, kind: str, statement: str, broken: int) -> None:
    await written(database, 5)
    for guard in UNGUARD[kind]:
        await do(database, guard)
    await do(database, statement)
    assert (await verify(database)).broken == broken


async def test_a_tail_that_was_cut_off_with_its_head_is_found_by_a_noted_head(database: Database, kind: str) -> None:
    await written(database, 5)
    noted = (await verify(database)).head
    for guard in UNGUARD[kind]:
        await do(database, guard)
    third = (await database.read(lambda tx: audit_entries.after(tx, 2, 1)))[0]
    await do(database, "DELETE FROM audit_entries WHERE seq > 3")
    await do(database, f"UPDATE audit_head SET entries = 3, mac = '{third.mac}'")
    assert (await verify(database)).broken == 0
    assert (await verify(database, noted)).broken == 4
    await written(database, 4)
    assert (await verify(database, noted)).broken == 5
    assert (await verify(database, AuditHead(3, third.mac))).broken == 0


async def test_the_log_is_verified_after_the_master_key_has_changed(database: Database) -> None:
    await written(database, 2)
    database.keys = MasterKeys((MasterKey(b"n" * 32), *database.keys.masters))
    await rewrap_all(database, pause=0)
    database.keys = MasterKeys(database.keys.masters[:1])
    await written(database, 1)
    assert (await verify(database)).head.entries == 3


@pytest.mark.parametrize("text", ["Jane Hale", "jane@eastmere.example", "14 Mill Lane", "", "x" * 65, "a\nb"])
def test_an_entry_holds_no_text(text: str) -> None:
    good = AuditEntry("officer-1", AuditAction.READ, "case-1")
    for wrong in ({"actor": text}, {"subject": text}, {"purpose": text}, {"fields": (text,)}):
        with pytest.raises(ValueError, match="ids and single words"):
            replace(good, **wrong)
