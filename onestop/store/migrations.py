"""The numbered migration scripts, and which of them a database still needs."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from onestop.store.errors import StoreUnusable

FOLDER = Path(__file__).parent / "migrations"
TABLE = "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY)"
LAST = "SELECT COALESCE(MAX(number), 0) FROM migrations"


def migrations() -> dict[int, str]:
    """Return the scripts by number, their dialect's {WORDS} not yet replaced."""
    return {int(file.name.split("-")[0]): file.read_text(encoding="utf-8") for file in FOLDER.glob("*.sql")}


def pending(scripts: Mapping[int, str], applied: int) -> list[tuple[int, list[str]]]:
    """Return the migrations after number `applied`, in order, split into statements.

    Raises `StoreUnusable` if the database is of a later version than this program.
    """
    if applied > max(scripts, default=0):
        raise StoreUnusable(
            f"was written by a later version than this program (migration {applied}): install that version, or restore the backup"
            " made before the upgrade"
        )
    return [(number, statements(script)) for number, script in sorted(scripts.items()) if number > applied]


def check_applied(scripts: Mapping[int, str], applied: int) -> None:
    """Raise `StoreUnusable` unless exactly these migrations have been applied."""
    if not applied:
        raise StoreUnusable("holds no tables of this program: see whether --database names the right one")
    if pending(scripts, applied):
        raise StoreUnusable(
            f"was written by an earlier version (migration {applied}): back it up; the next start of `onestop serve` updates it"
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
