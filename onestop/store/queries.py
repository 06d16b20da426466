"""SQL statements, read from the .sql file beside each table's module, in both dialects."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosql

SQLITE: Mapping[str, str] = {
    "BYTES": "BLOB",
    "TEXT": "TEXT",
    "LOCK_DRAFT": "",
    "LOCK_SESSION": "",
    "LOCK_CASE": "",
    "AUDIT_GUARD": "SELECT 1",
    "AUDIT_GUARD_UPDATE": (
        "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_entries"
        " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    ),
    "AUDIT_GUARD_DELETE": (
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_entries"
        " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    ),
}
POSTGRES: Mapping[str, str] = {
    "BYTES": "BYTEA",
    # Sort by bytes, as SQLite does, whatever the server's locale.
    "TEXT": 'TEXT COLLATE "C"',
    "LOCK_DRAFT": "FOR UPDATE OF d",
    "LOCK_SESSION": "FOR UPDATE OF s",
    "LOCK_CASE": "FOR UPDATE",
    "AUDIT_GUARD": (
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$"
    ),
    "AUDIT_GUARD_UPDATE": (
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit_entries"
        " FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
    ),
    "AUDIT_GUARD_DELETE": (
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_entries"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    ),
}
NO_FRAGMENTS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Query:
    """One statement: `named` for SQLite; `numbered` for PostgreSQL, whose parameters are passed in `order`."""

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


def read_queries(module: str, fragments: Mapping[str, str] = NO_FRAGMENTS) -> Queries:
    """Return the statements of the .sql file beside `module`, which is that module's `__file__`.

    `fragments` are SQL that several of them share, each written there by its name in braces.
    """
    text = Path(module).with_suffix(".sql").read_text(encoding="utf-8")
    named: Any = aiosql.from_str(in_dialect(text, {**SQLITE, **fragments}), "sqlite3")
    numbered: Any = aiosql.from_str(in_dialect(text, {**POSTGRES, **fragments}), "asyncpg")
    order = numbered.driver_adapter.var_sorted
    # For each SELECT aiosql also lists NAME_cursor, which has no SQL of its own.
    names = [name for name in named.available_queries if hasattr(getattr(named, name), "sql")]
    return Queries(
        {name: Query(name, getattr(named, name).sql, getattr(numbered, name).sql, tuple(order[name])) for name in names}
    )


def in_dialect(text: str, words: Mapping[str, str]) -> str:
    """Replace each {WORD} by what `words` have for it: those of one dialect, `SQLITE` or `POSTGRES`, and fragments."""
    return re.sub(r"\{(\w+)\}", lambda found: words[found[1]], text)
