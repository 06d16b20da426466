"""The server itself, and two with other stores: one commit for each piece of work, and no database at all."""

import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import onestop.server.maintenance
from channels.registry import find_channels
from onestop.server.app import started
from onestop.server.join import join
from onestop.server.process.serve import serve
from onestop.settings import read_settings
from onestop.store.connect import open_database
from onestop.store.database import Database, Row, T, Value, Work
from onestop.store.encryption.master_keys import MasterKeys, read_key_file
from onestop.store.engines.sqlite import Sqlite
from onestop.store.engines.sqlite_thread import run_to_end
from onestop.store.queries import Query
from onestop.store.tables import drafts, sessions
from server import CAPABILITIES


class MemoryStore:
    """A store that discards writes: it answers reads from the sessions and drafts in `file`, and acknowledges every write.

    The work of the store's own functions is done: encryption, references, everything but the database.
    """

    def __init__(self, file: Path, keys: MasterKeys) -> None:
        self.keys = keys
        connection = sqlite3.connect(file)
        try:
            visits = {row[0]: row[1] for row in connection.execute("SELECT id, secret FROM sessions")}
            far, held = 0, connection.execute("SELECT id, session, journey FROM drafts").fetchall()
            self.visits = {
                secret: connection.execute(sessions.SQL.session.named, {"secret": secret, "now": far}).fetchone()
                for secret in visits.values()
            }
            self.drafts = {
                draft: connection.execute(drafts.SQL.draft.named, {"id": draft, "now": far}).fetchone()
                for draft, _, _ in held
            }
            self.open = {(session, journey): draft for draft, session, journey in held}
        finally:
            connection.close()

    async def run(self, work: Work[T]) -> T:
        return run_to_end(work(self))

    read = run

    async def execute(self, query: Query, **values: Value) -> int:
        """Return 1, as if one row had been changed."""
        return 1

    async def row(self, query: Query, **values: Value) -> Row | None:
        found = ROWS.get(query.name)
        return found(self, values) if found else None

    async def rows(self, query: Query, **values: Value) -> list[Row]:
        return []

    async def truncate_log(self) -> None:
        """Do nothing."""

    async def close(self) -> None:
        """Do nothing."""


ROWS: Mapping[str, Callable[[MemoryStore, Mapping[str, Value]], Row | None]] = {
    "session": lambda store, values: store.visits.get(str(values["secret"])),
    "open_draft": lambda store, values: store.drafts.get(store.open.get((values["session"], values["journey"]), "")),
    "open_draft_locked": lambda store, values: store.drafts.get(
        store.open.get((values["session"], values["journey"]), "")
    ),
    "draft": lambda store, values: store.drafts.get(str(values["id"])),
    "draft_locked": lambda store, values: store.drafts.get(str(values["id"])),
    "told": lambda store, values: (None, None, None),
    "told_locked": lambda store, values: (None, None, None),
    "undelivered": lambda store, values: (0,),
}


@asynccontextmanager
async def single(url: str, keys: Path | None = None, **_: object) -> AsyncIterator[Database]:
    """Open the store with a commit for each piece of work."""
    async with open_database(url, keys) as database:
        assert isinstance(database, Sqlite)
        database.writing.max_group = 1
        yield database


@asynccontextmanager
async def memory(url: str, keys: Path | None = None, **_: object) -> AsyncIterator[Database]:
    """Open the store that discards writes."""
    file = Path(url.removeprefix("sqlite:///"))
    yield MemoryStore(file, read_key_file(Path(f"{file}.keys")))


STORES = {"durable": open_database, "single": single, "none": memory}


def main(kind: str, file: str, port: str, content: str, *more: str) -> None:
    """Serve `content` on `port` with the database in `file` and one of `STORES`. `more` are other settings, like NAME=VALUE."""
    onestop.server.maintenance.open_database = STORES[kind]  # type: ignore[attr-defined]
    onestop.server.maintenance.ERASE_SECONDS = 3600.0
    named = {"database": f"sqlite:///{file}", "port": port, "content": content, "watch": "no", "speech": "off"}
    named |= {name: value for name, _, value in (one.partition("=") for one in more)}
    settings = read_settings({**named, "outbox": f"{Path(file).parent}/outbox-{port}"}, {})
    serve(settings, lambda: join(settings, find_channels(), CAPABILITIES, time.time), started)


if __name__ == "__main__":
    main(*sys.argv[1:])
