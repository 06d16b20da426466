"""The store that the benchmark fills by SQL has the columns of today's migrations."""

import sqlite3
from pathlib import Path

from bench.submissions.full_store import fill
from onestop.store.connect import open_database

TABLES = ("cases", "data_keys", "outbox", "drafts")


async def test_a_full_store_holds_cases_and_drafts(tmp_path: Path) -> None:
    file = tmp_path / "full.db"
    async with open_database(f"sqlite:///{file}") as database:
        await fill(database, 20, 7)
    with sqlite3.connect(file) as store:
        counted = [store.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]
    assert counted == [20, 20, 20, 7]
