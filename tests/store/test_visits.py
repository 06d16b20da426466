"""Visit counts are added up, durable, and written at the end of the process."""

import asyncio
import os
import signal
import sys
from datetime import date
from pathlib import Path

import pytest
from support.paths import ROOT

from onestop.store.connect import open_database
from onestop.store.counts import visits
from onestop.store.counts.visits import VisitCount
from onestop.store.database import Database

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


async def test_counts_of_a_day_are_added(database: Database) -> None:
    await database.run(lambda tx: visits.add(tx, MONDAY, {("phone", "/bins/bulky"): 2, ("set", "/bins/bulky"): 1}))
    await database.run(lambda tx: visits.add(tx, MONDAY, {("phone", "/bins/bulky"): 3}))
    await database.run(lambda tx: visits.add(tx, TUESDAY, {("phone", "/bins/garden"): 1}))
    await database.run(lambda tx: visits.add(tx, TUESDAY, {}))
    assert await database.read(lambda tx: visits.between(tx, MONDAY, MONDAY)) == (
        VisitCount("phone", "/bins/bulky", 5),
        VisitCount("set", "/bins/bulky", 1),
    )
    assert len(await database.read(lambda tx: visits.between(tx, MONDAY, TUESDAY))) == 3


async def test_stored_counts_survive_a_killed_process(url: str, keys_file: Path | None) -> None:
    path = f"Path({str(keys_file)!r})" if keys_file else "None"
    program = f"""
import asyncio, os, signal
from datetime import date
from pathlib import Path
from onestop.store.counts import visits
from onestop.store.connect import open_database
async def main():
    async with open_database({url!r}, {path}) as database:
        for n in range(20):
            await database.run(lambda tx: visits.add(tx, date(2026, 11, 23), {{("phone", "/bins/bulky"): 1}}))
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = await asyncio.create_subprocess_exec(sys.executable, "-c", program, cwd=ROOT, env=environment)
    assert await ended.wait() == -signal.SIGKILL
    async with open_database(url, keys_file) as database:
        assert await database.read(lambda tx: visits.between(tx, MONDAY, MONDAY)) == (
            VisitCount("phone", "/bins/bulky", 20),
        )


async def test_counts_are_written_completely_or_not_at_all(database: Database) -> None:
    wrong: dict[tuple[str, str], int] = {("phone", "/bins/bulky"): 1, ("phone", "/bins/x"): None}  # type: ignore[dict-item]
    with pytest.raises(Exception, match=r"(?i)null"):
        await database.run(lambda tx: visits.add(tx, MONDAY, wrong))
    assert await database.read(lambda tx: visits.between(tx, MONDAY, MONDAY)) == ()
