"""Which numbered migrations there are, and which still have to be applied."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from onestop.store.failing import Unreadable

FOLDER = Path(__file__).parent / "migrations"
TABLE = "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY)"
LAST = "SELECT COALESCE(MAX(number), 0) FROM migrations"


def migrations() -> dict[int, str]:
    """The scripts by number, with the words that differ still in them."""
    return {int(file.name.split("-")[0]): file.read_text(encoding="utf-8") for file in FOLDER.glob("*.sql")}


def to_do(scripts: Mapping[int, str], done: int) -> list[tuple[int, list[str]]]:
    """What comes after number `done`, in order, in single statements. Raises `Unreadable` for a database of a later version."""
    if done > max(scripts, default=0):
        raise Unreadable(f"is of a later version (migration {done})")
    return [(number, statements(script)) for number, script in sorted(scripts.items()) if number > done]


def statements(script: str) -> list[str]:
    """SQLite's own way to run a whole script would commit behind our back, so each statement is run by itself."""
    found, begun = [], ""
    for line in script.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            found.append(begun.strip())
            begun = ""
    return found
