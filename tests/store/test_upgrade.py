"""A database written by the last version is opened: its drafts go on and its cases are delivered.

`databases/` holds a small one of each released version with its file of keys, invented answers in both. When a version is released, add
one: a draft that has come to `/ask/home`, and a case that could not be delivered.
"""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from support.paths import CONTENT

from channels.registry import find_channels
from onestop.server.app import started
from onestop.server.join import join
from onestop.settings import read_settings
from onestop.store import migrations
from onestop.store.engines.postgres import migrate
from server import CAPABILITIES

FOLDER = Path(__file__).parent / "databases"


@dataclass(frozen=True)
class Written:
    """A database of an earlier version: when it was written, the cookie of its draft, and the reference of its case."""

    version: str
    time: float
    cookie: str
    reference: str
    draft_at: str = "/bins/missed-bin/ask/home"


WRITTEN = (Written("0.1.0", 1_795_805_266.0, "6b09d052ZuIpnGtNexdAmGX4RdsQ5w", "501 379 7897"),)


@pytest.fixture(params=WRITTEN, ids=lambda written: written.version)
def written(request: pytest.FixtureRequest) -> Written:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
async def copied(written: Written, kind: str, url: str, tmp_path: Path) -> str:
    """Return the URL of a copy of the database, also of one in PostgreSQL with the same tables and rows."""
    for suffix, name in (("sqlite", "onestop.db"), ("masters", "onestop.db.keys")):
        shutil.copy(FOLDER / f"written-by-{written.version}.{suffix}", tmp_path / name)
        # The guide asks whoever upgrades to do this to the keys; the mode of the database is set by the server.
        (tmp_path / name).chmod(0o600 if suffix == "masters" else 0o644)
    if kind == "sqlite":
        return f"sqlite:///{tmp_path}/onestop.db"
    await _copy_to_postgres(tmp_path / "onestop.db", url)
    return url


async def _copy_to_postgres(file: Path, url: str) -> None:
    """Make the tables of the version that wrote `file`, by its own migrations, and copy its rows."""
    import asyncpg

    target = await asyncpg.connect(url)
    with closing(sqlite3.connect(file)) as source:
        applied = {number for (number,) in source.execute(migrations.APPLIED)}
        await migrate(target, {number: text for number, text in migrations.migrations().items() if number in applied})
        # In the order of their creation, each row that another refers to is there first.
        tables = source.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid").fetchall()
        for (table,) in tables[1:]:
            rows = source.execute(f"SELECT * FROM {table}").fetchall()
            marks = ", ".join(f"${at + 1}" for at in range(len(rows[0]) if rows else 0))
            if rows:
                await target.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    await target.close()


@pytest.fixture
async def origin(written: Written, copied: str, tmp_path: Path) -> AsyncIterator[str]:
    """Serve a copy of the database with this version, an hour after it was written."""
    given = {"content": str(CONTENT), "database": copied, "watch": "no", "speech": "off"}
    given |= {"keys": f"{tmp_path}/onestop.db.keys", "outbox": f"{tmp_path}/outbox"}
    settings = read_settings({**given, "shutdown_seconds": "0.5"}, {})
    parts = join(settings, find_channels(), CAPABILITIES, lambda: written.time + 3600)
    parts.sites.take(parts.sites.read())
    async with started(parts) as runner:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{site.port}"


async def test_a_draft_of_the_last_version_can_be_continued(origin: str, written: Written) -> None:
    headers = {"Cookie": f"visit={written.cookie}"}
    async with ClientSession() as browser, browser.get(f"{origin}/bins/missed-bin/ask", headers=headers) as page:
        assert page.status == 200
        assert page.url.path == written.draft_at


async def test_a_case_of_the_last_version_is_delivered(origin: str, written: Written, tmp_path: Path) -> None:
    file = tmp_path / "outbox" / "waste" / f"{written.reference.replace(' ', '')}.json"
    for _ in range(600):
        if file.exists():
            break
        await asyncio.sleep(0.05)
    case = json.loads(file.read_text(encoding="utf-8"))
    assert "Planted Cottage, 12 High Street, EM4 2QT" in json.dumps(case)
