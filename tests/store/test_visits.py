"""Visits: added up, on the disk when they say so, and written at the end of the process too."""

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from onestop.store import visits
from onestop.store.database import open_database
from onestop.store.visits import Visited

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
ROOT = Path(__file__).parent.parent.parent


async def test_visits_of_a_day_add_up(tmp_path: Path) -> None:
    async with open_database(tmp_path / "a.db") as connection:
        await visits.add(connection, MONDAY, {("phone", "/bins/bulky"): 2, ("set", "/bins/bulky"): 1})
        await visits.add(connection, MONDAY, {("phone", "/bins/bulky"): 3})
        await visits.add(connection, TUESDAY, {("phone", "/bins/garden"): 1})
        await visits.add(connection, TUESDAY, {})
        assert await visits.between(connection, MONDAY, MONDAY) == (
            Visited("phone", "/bins/bulky", 5),
            Visited("set", "/bins/bulky", 1),
        )
        assert len(await visits.between(connection, MONDAY, TUESDAY)) == 3


def test_what_was_added_survives_a_process_that_is_killed(tmp_path: Path) -> None:
    program = f"""
import asyncio, os, signal
from datetime import date
from pathlib import Path
from onestop.store import visits
from onestop.store.database import open_database
async def main():
    async with open_database(Path({str(tmp_path / "a.db")!r})) as connection:
        for n in range(20):
            await visits.add(connection, date(2026, 11, 23), {{("phone", "/bins/bulky"): 1}})
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    connection = sqlite3.connect(tmp_path / "a.db")
    assert connection.execute("SELECT times FROM visits").fetchall() == [(20,)]
    connection.close()


async def test_visits_that_cannot_be_written_are_all_or_nothing(tmp_path: Path) -> None:
    async with open_database(tmp_path / "a.db") as connection:
        wrong: dict[tuple[str, str], int] = {("phone", "/bins/bulky"): 1, ("phone", "/bins/x"): None}  # type: ignore[dict-item]
        with pytest.raises(sqlite3.Error):
            await visits.add(connection, MONDAY, wrong)
        assert await visits.between(connection, MONDAY, MONDAY) == ()
