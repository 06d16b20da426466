"""Backup during writes, and restore, which overwrites nothing."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from support.paths import ROOT

from onestop.store.backup import back_up, restore
from onestop.store.connect import open_database
from onestop.store.counts import visits
from onestop.store.errors import StoreUnusable

DAY = date(2026, 11, 25)


def counted(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT COALESCE(SUM(times), 0) FROM visits").fetchone()[0])


async def test_a_backup_made_during_writes_is_consistent_and_can_be_restored(tmp_path: Path) -> None:
    url, copy = f"sqlite:///{tmp_path}/a.db", tmp_path / "copy.db"
    async with open_database(url) as database:
        stop = asyncio.Event()
        done = 0

        async def write() -> None:
            nonlocal done
            while not stop.is_set():
                await database.run(lambda tx: visits.add(tx, DAY, {("phone", "/bins/bulky"): 1}))
                done += 1

        writing = asyncio.create_task(write())
        await asyncio.sleep(0.1)
        before = done
        await asyncio.to_thread(back_up, url, copy)
        await asyncio.sleep(0.05)
        stop.set()
        await writing
    assert before <= counted(copy) <= done
    again = f"sqlite:///{tmp_path}/b.db"
    restore(again, copy)
    assert counted(tmp_path / "b.db") == counted(copy)
    assert not any(entry.name.endswith(".part") for entry in os.scandir(tmp_path))


def test_restore_does_not_overwrite_a_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"precious")
    with pytest.raises(StoreUnusable, match="is there already"):
        restore(f"sqlite:///{tmp_path}/a.db", tmp_path / "copy.db")
    assert (tmp_path / "a.db").read_bytes() == b"precious"


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_file_that_is_no_backup_is_rejected(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(StoreUnusable):
        restore(f"sqlite:///{tmp_path}/a.db", tmp_path / "copy.db")
    assert not (tmp_path / "a.db").exists()


@pytest.mark.slow
async def test_backup_and_restore_commands_work(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path}/a.db") as database:
        await database.run(lambda tx: visits.add(tx, DAY, {("phone", "/bins/bulky"): 3}))
    for command, at in (("backup", "a.db"), ("restore", "b.db")):
        words = [
            sys.executable,
            "server.py",
            command,
            str(tmp_path / "copy.db"),
            "--database",
            f"sqlite:///{tmp_path}/{at}",
        ]
        ran = await asyncio.to_thread(subprocess.run, words, cwd=ROOT, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
    assert counted(tmp_path / "b.db") == 3
    ran = await asyncio.to_thread(subprocess.run, words, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 1 and ran.stderr.count("\n") == 1
