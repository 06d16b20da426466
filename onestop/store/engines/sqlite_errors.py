"""Which SQLite errors are outages, and which of them need a new connection."""

import sqlite3

from onestop.store.errors import Unavailable

RECONNECT = {
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_NOTADB: "the file is not a database",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    # A connection opened while the file is read-only stays read-only when the file is writable again.
    sqlite3.SQLITE_READONLY: "the file is read-only",
}
RETRY = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_BUSY: "another program has locked it",
    sqlite3.SQLITE_LOCKED: "another program has locked it",
    sqlite3.SQLITE_PROTOCOL: "another program has locked it",
    sqlite3.SQLITE_NOMEM: "out of memory",
    sqlite3.SQLITE_PERM: "permission denied",
    sqlite3.SQLITE_NOLFS: "the file is too large",
}

REMEDIES = {
    sqlite3.SQLITE_CANTOPEN: "see that its folder is there and belongs to the server's account",
    sqlite3.SQLITE_PERM: "give it to the server's account",
    sqlite3.SQLITE_READONLY: "give it to the server's account, or mount its disk for writing",
    sqlite3.SQLITE_IOERR: "see `dmesg` and the disk",
    sqlite3.SQLITE_NOTADB: "see whether --database names the right one, or move it away and `onestop restore` a copy",
    sqlite3.SQLITE_CORRUPT: "move it away and `onestop restore` a copy",
    sqlite3.SQLITE_FULL: "make room on it",
    sqlite3.SQLITE_BUSY: "find that program with `fuser`, and stop it",
    sqlite3.SQLITE_LOCKED: "find that program with `fuser`, and stop it",
}
"""What an operator does about it."""


def primary_code(why: sqlite3.Error) -> int:
    """Return SQLite's primary result code, 0 if there is none."""
    return getattr(why, "sqlite_errorcode", 0) & 0xFF


def explain(why: sqlite3.Error) -> str:
    """Return what is wrong and what an operator does about it, as one line."""
    code = primary_code(why)
    text = (RECONNECT | RETRY).get(code) or str(why)
    return f"{text}: {REMEDIES[code]}" if code in REMEDIES else text


def store_error(why: sqlite3.Error) -> Exception:
    """Return `Unavailable` for an error that a retry may cure, else the error itself."""
    text = (RECONNECT | RETRY).get(primary_code(why))
    return Unavailable(f"the database: {text}") if text else why
