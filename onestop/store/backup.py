"""Backup of an SQLite database while the server writes to it, and restore."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from onestop.store.errors import StoreUnusable
from onestop.store.private_file import check_private, create_private

STEP = 2000
"""Pages copied at a time; between two steps others may write."""


def back_up(url: str, to: Path) -> int:
    """Copy the database at `sqlite:///FILE` to a file of mode 0600; return its size in bytes. Raises `StoreUnusable`.

    An older backup of that name is replaced once the copy is complete.
    """
    file = _file(url)
    draft = to.with_name(f"{to.name}.{os.getpid()}.part")
    try:
        create_private(draft)
        where = f"{file.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(where, uri=True)) as source, closing(sqlite3.connect(draft)) as copy:
            source.backup(copy, pages=STEP)
            copy.execute("PRAGMA journal_mode = DELETE")
            _check(copy, to)
        _publish(draft, to)
    except (sqlite3.Error, OSError) as why:
        raise StoreUnusable(f"{to}: the copy cannot be made: {why}") from None
    finally:
        draft.unlink(missing_ok=True)
    return to.stat().st_size


def restore(url: str, copy: Path) -> None:
    """Create the database at `sqlite:///FILE` from a backup. Raises `StoreUnusable`, also if there is a database already."""
    file = _file(url)
    if file.exists():
        raise StoreUnusable(f"{file} is there already: stop the server and move it away first, then restore again")
    if not copy.is_file():
        raise StoreUnusable(f"there is no file {copy} to restore from")
    check_private(copy)
    draft = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        create_private(draft)
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as source:
            _check(source, copy)
            with closing(sqlite3.connect(draft)) as made:
                source.backup(made)
        _publish(draft, file)
    except (sqlite3.Error, OSError) as why:
        raise StoreUnusable(f"{copy} cannot be restored: {why}") from None
    finally:
        draft.unlink(missing_ok=True)


def _file(url: str) -> Path:
    if not url.startswith("sqlite:///"):
        raise StoreUnusable("only the embedded database is copied this way; PostgreSQL has pg_dump and pg_restore")
    return Path(url.removeprefix("sqlite:///"))


def _check(connection: sqlite3.Connection, file: Path) -> None:
    found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok" or not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone():
        raise StoreUnusable(f"{file} is not a whole database of ours")


def _publish(draft: Path, file: Path) -> None:
    """Sync the file, then give it its name."""
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.replace(file)
    folder = os.open(file.resolve().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
