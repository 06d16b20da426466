"""Erasure: expired rows and keys are erased, others stay."""

import asyncio
from pathlib import Path
from secrets import SystemRandom

from support.programs.databases import query, scalar
from support.samples.journey_samples import NOW, a_draft, a_session, answered, submitted

from onestop.store.connect import open_database
from onestop.store.database import Database
from onestop.store.expiry import ErasedCounts, erase_expired
from onestop.store.tables import cases, codes, drafts, outbox, photos, prefill
from onestop.store.tables.codes import Claimant
from onestop.store.tables.outbox import Claim

YEARS = 3 * 365 * 86400
TABLES = (
    "data_keys", "sessions", "drafts", "moves", "codes", "guesses", "cases", "outbox", "photos", "photo_bytes",
)  # fmt: skip


async def rows(database: Database) -> dict[str, object]:
    found = {table: await scalar(database, f"SELECT COUNT(*) FROM {table}") for table in TABLES}
    return {table: count for table, count in found.items() if count}


async def a_busy_day(database: Database) -> list[str]:
    """Insert rows into every table; return the ids of the cases."""
    return [await _one_visit(database) for _ in range(3)]


async def _one_visit(database: Database) -> str:
    session = await a_session(database)
    await database.run(lambda tx: prefill.save(tx, session, {"name": "N"}, NOW))
    draft = await answered(database, await a_draft(database, session))
    for _ in range(2):
        await database.run(lambda tx: photos.add(tx, draft.id, ask="p", kind="image/png", content=b"P" * 9000, now=NOW))
    code = await database.run(lambda tx: codes.show(tx, draft.session, draft.id, NOW, SystemRandom()))
    assert code is not None
    await database.run(lambda tx: codes.claim(tx, code.digits, Claimant(f"after {session}", "palm"), NOW))
    await database.run(lambda tx: codes.claim(tx, "no code", Claimant(f"after {session}", "palm"), NOW))
    return (await submitted(database, await answered(database, await a_draft(database, session)))).case


async def arrived(database: Database, case: str) -> None:
    await database.run(lambda tx: outbox.accepted(tx, Claim(case, "waste", "folder", 1), NOW))


async def test_all_expired_rows_and_keys_are_erased(database: Database) -> None:
    made = await a_busy_day(database)
    assert set(await rows(database)) == set(TABLES)
    for case in made:
        await arrived(database, case)
    swept = await erase_expired(database, NOW + YEARS)
    assert (swept.sessions, swept.drafts, swept.cases, swept.undelivered) == (3, 6, 3, 0)
    assert await rows(database) == {}
    assert await scalar(database, "SELECT COUNT(*) FROM editions") == 1


async def test_nothing_is_erased_before_it_expires(database: Database) -> None:
    await a_busy_day(database)
    before = await rows(database)
    assert await erase_expired(database, NOW) == ErasedCounts(0, 0, 0, 0)
    assert await rows(database) == before


async def test_erasing_a_draft_keeps_its_case(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    receipt = await submitted(database, draft)
    swept = await erase_expired(database, NOW + 90000)
    assert (swept.sessions, swept.drafts, swept.cases) == (1, 1, 0)
    assert await database.read(lambda tx: cases.get(tx, receipt.case)) is not None
    assert await database.read(lambda tx: cases.receipt(tx, draft.id)) == receipt


async def test_an_undelivered_case_is_kept_and_counted(database: Database) -> None:
    receipt = await submitted(database, await answered(database, await a_draft(database, await a_session(database))))
    assert (await erase_expired(database, NOW + YEARS)).undelivered == 1
    assert await database.read(lambda tx: cases.get(tx, receipt.case)) is not None
    await database.run(lambda tx: outbox.refused(tx, Claim(receipt.case, "waste", "folder", 1), "no", NOW))
    assert (await erase_expired(database, NOW + YEARS)).cases == 1
    assert await database.read(lambda tx: cases.get(tx, receipt.case)) is None


async def test_ending_a_session_erases_its_drafts_but_not_moved_ones(database: Database) -> None:
    old = await a_session(database)
    left, moved = await answered(database, await a_draft(database, old)), await a_session(database, now=NOW + 4000)
    second = await a_session(database)
    taken = await answered(database, await a_draft(database, second))
    code = await database.run(lambda tx: codes.show(tx, second, taken.id, NOW, SystemRandom()))
    assert code is not None
    await database.run(lambda tx: codes.claim(tx, code.digits, Claimant(moved, "palm"), NOW))
    swept = await erase_expired(database, NOW + 4000)
    assert (swept.sessions, swept.drafts) == (2, 1)
    assert await database.read(lambda tx: drafts.get(tx, old, left.id, NOW)) is None
    assert await database.read(lambda tx: drafts.get(tx, moved, taken.id, NOW + 4000)) is not None


async def test_several_servers_erase_concurrently(url: str, keys_file: Path | None) -> None:
    async with open_database(url, keys_file) as one, open_database(url, keys_file) as other:
        for _ in range(40):
            await answered(one, await a_draft(one, await a_session(one)))
        swept = await asyncio.gather(*(erase_expired(database, NOW + YEARS) for database in (one, other, one, other)))
        assert sum(s.drafts for s in swept) >= 40
        assert await rows(one) == {}


async def test_erased_data_is_not_in_the_database_file(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path}/a.db") as database:
        draft = await answered(database, await a_draft(database, await a_session(database)))
        row = await database.read(lambda tx: tx.row(query("SELECT d.encrypted, k.wrapped FROM drafts d, data_keys k")))
        assert row is not None
        held = (tmp_path / "a.db").read_bytes() + (tmp_path / "a.db-wal").read_bytes()
        assert row[0] in held
        assert row[1] in held
        await database.run(lambda tx: drafts.discard(tx, draft.session, draft.id, NOW))
        await erase_expired(database, NOW + YEARS)
        held = (tmp_path / "a.db").read_bytes() + (tmp_path / "a.db-wal").read_bytes()
        assert row[0] not in held
        assert row[1] not in held
