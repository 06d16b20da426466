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
        raise StoreUnusable(f"is of a later version (migration {applied})")
    return [(number, statements(script)) for number, script in sorted(scripts.items()) if number > applied]


def statements(script: str) -> list[str]:
    """Split a script into statements: `sqlite3.executescript` would commit the open transaction first."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current.strip())
            current = ""
    return found
