"""The numbered migration scripts, and which of them a database still needs."""

import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path

from onestop.store.errors import StoreUnusable

FOLDER = Path(__file__).parent / "migrations"
TABLE = "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY)"
APPLIED = "SELECT number FROM migrations"


def migrations() -> dict[int, str]:
    """Return the scripts by number, their dialect's {WORDS} not yet replaced."""
    return {int(file.name.split("-")[0]): file.read_text(encoding="utf-8") for file in FOLDER.glob("*.sql")}


def pending(scripts: Mapping[int, str], applied: Collection[int]) -> list[tuple[int, list[str]]]:
    """Return the migrations whose numbers are not among those `applied`, in order, split into statements.

    One with a lower number may be missing: a database may have been written between two changes of a program that is not released yet.
    Raises `StoreUnusable` if the database is of a later version than this program.
    """
    last = max(applied, default=0)
    if last > max(scripts, default=0):
        raise StoreUnusable(
            f"was written by a later version than this program (migration {last}): install that version, or restore the backup"
            " made before the upgrade"
        )
    return [(number, statements(script)) for number, script in sorted(scripts.items()) if number not in applied]


def check_applied(scripts: Mapping[int, str], applied: Collection[int]) -> None:
    """Raise `StoreUnusable` unless exactly these migrations have been applied."""
    if not applied:
        raise StoreUnusable("holds no tables of this program: see whether --database names the right one")
    if pending(scripts, applied):
        raise StoreUnusable(
            f"was written by an earlier version (migration {max(applied)}): back it up; the next start of `onestop serve` updates it"
        )


def statements(script: str) -> list[str]:
    """Split a script into statements: `sqlite3.executescript` would commit the open transaction first."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current.strip())
            current = ""
    return found
