"""What is asked of the database: SQL from .sql files, in the words of either kind."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosql

SQLITE: Mapping[str, str] = {"BYTES": "BLOB", "TEXT": "TEXT", "LOCK_DRAFT": "", "LOCK_SESSION": ""}
POSTGRES: Mapping[str, str] = {
    "BYTES": "BYTEA",
    # Sorted by bytes, as SQLite does, whatever the language of the server.
    "TEXT": 'TEXT COLLATE "C"',
    "LOCK_DRAFT": "FOR UPDATE OF d",
    "LOCK_SESSION": "FOR UPDATE OF s",
}
FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Query:
    """One statement: `named` for SQLite, `numbered` for PostgreSQL with its parameters in `order`."""

    name: str
    named: str
    numbered: str
    order: tuple[str, ...]


class Queries:
    """The statements of one .sql file, each an attribute."""

    def __init__(self, found: Mapping[str, Query]) -> None:
        self.found = found

    def __getattr__(self, name: str) -> Query:
        try:
            return self.found[name]
        except KeyError:
            raise AttributeError(name) from None


def read_queries(name: str) -> Queries:
    """The statements of `<name>.sql`."""
    text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    named: Any = aiosql.from_str(spoken(text, SQLITE), "sqlite3")
    numbered: Any = aiosql.from_str(spoken(text, POSTGRES), "asyncpg")
    order = numbered.driver_adapter.var_sorted
    # aiosql lists `name_cursor` beside each `name` that selects.
    names = [name for name in named.available_queries if hasattr(getattr(named, name), "sql")]
    return Queries(
        {name: Query(name, getattr(named, name).sql, getattr(numbered, name).sql, tuple(order[name])) for name in names}
    )


def spoken(text: str, words: Mapping[str, str]) -> str:
    """SQL with the few words that differ, written {WORD}, put in."""
    return re.sub(r"\{(\w+)\}", lambda found: words[found[1]], text)
