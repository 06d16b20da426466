"""Which master keys have sealed what is stored, and how everything comes under a new one."""

import asyncio
from pathlib import Path

from onestop.store import sealing
from onestop.store.database import Database, Transaction
from onestop.store.failing import Unreadable
from onestop.store.keys import Keys, make_keys, read_keys
from onestop.store.queries import read_queries

SQL = read_queries("masters")
AT_ONCE = 500


def keys_file(url: str, given: Path | None) -> Path:
    """The file of keys: the one given, or the one beside an embedded database. Raises `Unreadable`."""
    if given is not None:
        return given
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///") + ".keys")
    raise Unreadable("a shared database needs the setting `keys`: the same file of master keys for every server")


async def admit(database: Database, url: str, given: Path | None) -> None:
    """Give the database its keys when it is opened. Raises `Unreadable` rather than go on without one that is needed."""
    file = keys_file(url, given)
    needed = {row[0] for row in await database.read(lambda tx: tx.rows(SQL.masters))}
    if given is None and not needed and not file.exists():
        make_keys(file)
    if needed and not file.exists():
        raise Unreadable(f"the keys {file}: not there, and what is stored cannot be opened without them")
    await change(database, file)


async def change(database: Database, file: Path, *, gently: bool = False) -> bool:
    """Read the keys again, perhaps with a new one at the top; whether anything is different. Raises `Unreadable` and changes nothing.

    `gently`: a key that was not there before only opens for now, and the former goes on sealing: another server may not have it yet.
    """
    keys = read_keys(file)
    former = database.keys.masters[:1]
    if gently and former and not database.keys.named(keys.current.name) and keys.named(former[0].name):
        keys = keys.led_by(former[0].name)
    needed = {row[0] for row in await database.read(lambda tx: tx.rows(SQL.masters))}
    missing = needed - {master.name for master in keys.masters}
    if missing:
        raise Unreadable(f"the keys {file}: {', '.join(sorted(missing))} is not there, and stored answers need it")
    if keys.current.name not in needed:
        await database.run(lambda tx: tx.execute(SQL.add_master, name=keys.current.name))
    changed = database.keys != keys
    database.keys = keys
    return changed


async def wrap_again(database: Database, pause: float = 0.05) -> int:
    """Bring every key under the current master, a few at a time, others going first; how many were brought."""
    keys, after, brought = database.keys, "", 0
    while (some := await _wrap_batch(database, keys, after)) is not None:
        after, moved = some
        brought += moved
        await asyncio.sleep(pause)
    await _forget(database, keys)
    return brought


async def _wrap_batch(database: Database, keys: Keys, after: str) -> tuple[str, int] | None:
    """The last of the owners that were looked at, and how many of their keys were wrapped again."""

    async def wrap_some(tx: Transaction) -> tuple[str, int] | None:
        rows = await tx.rows(SQL.keys_after, owner=after, most=AT_ONCE)
        moved = 0
        for owner, former, wrapped in rows:
            if former != keys.current.name:
                name, again = sealing.wrap(keys, owner, sealing.unwrap(keys, owner, former, wrapped))
                moved += await tx.execute(SQL.wrap_again, owner=owner, master=name, wrapped=again, former=former)
        return (rows[-1][0], moved) if rows else None

    return await database.run(wrap_some)


async def _forget(database: Database, keys: Keys) -> None:
    """Masters under which nothing is left are needed no longer."""
    for master in keys.masters[1:]:
        await _forget_idle(database, master.name)


async def _forget_idle(database: Database, name: str) -> None:
    if await database.read(lambda tx: tx.row(SQL.sealed_by, name=name)) is None:
        await database.run(lambda tx: tx.execute(SQL.drop_master, name=name))
