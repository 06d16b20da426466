"""The database, its log, backups and keys have mode 0600, and are refused if others may read them."""

import os
import stat
from pathlib import Path

import pytest
from support.programs.databases import do

from onestop.store.backup import back_up, restore
from onestop.store.connect import open_database
from onestop.store.errors import StoreUnusable


@pytest.fixture(autouse=True)
def wide_umask() -> object:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def modes(folder: Path) -> dict[str, int]:
    return {file.name: mode(file) for file in folder.iterdir()}


async def test_database_log_and_keys_are_private_whatever_the_umask(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path}/a.db") as database:
        await do(database, "CREATE TABLE t (a BIGINT)")
        assert modes(tmp_path) == dict.fromkeys(("a.db", "a.db-wal", "a.db-shm", "a.db.keys"), 0o600)


async def test_a_backup_and_a_restored_database_are_private(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path}/a.db"):
        back_up(f"sqlite:///{tmp_path}/a.db", tmp_path / "copy")
    restore(f"sqlite:///{tmp_path}/b.db", tmp_path / "copy")
    assert [mode(tmp_path / name) for name in ("copy", "b.db")] == [0o600, 0o600]


WIDE = [0o640, 0o604, 0o644]


@pytest.mark.parametrize("wide", WIDE)
async def test_a_key_file_readable_by_others_is_rejected(wide: int, tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path}/a.db"):
        pass
    (tmp_path / "a.db.keys").chmod(wide)
    with pytest.raises(StoreUnusable, match=r"a\.db\.keys may be read by others .*chmod 600"):
        async with open_database(f"sqlite:///{tmp_path}/a.db"):
            pass


@pytest.mark.parametrize("wide", WIDE)
async def test_a_backup_readable_by_others_is_not_restored(wide: int, tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path}/a.db"):
        back_up(f"sqlite:///{tmp_path}/a.db", tmp_path / "copy")
    (tmp_path / "copy").chmod(wide)
    with pytest.raises(StoreUnusable, match=r"copy may be read by others .*chmod 600"):
        restore(f"sqlite:///{tmp_path}/b.db", tmp_path / "copy")
    assert not (tmp_path / "b.db").exists()


@pytest.mark.parametrize("wide", WIDE)
async def test_a_database_readable_by_others_is_made_private_and_opened(
    wide: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    names = ("a.db", "a.db-wal", "a.db-shm")
    async with open_database(f"sqlite:///{tmp_path}/a.db") as database:
        await do(database, "CREATE TABLE t (a BIGINT)")
        for name in names:
            (tmp_path / name).chmod(wide)
        async with open_database(f"sqlite:///{tmp_path}/a.db"):
            assert [mode(tmp_path / name) for name in names] == [0o600] * 3
    (line,) = [record.message for record in caplog.records if "set to mode 0600" in record.message]
    assert all(str(tmp_path / name) in line for name in names)
