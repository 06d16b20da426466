"""Load and rotate the master keys: check that the keys of stored data are there, and re-encrypt data keys with a new one."""

import asyncio
from pathlib import Path

from onestop.store.database import Database, Transaction
from onestop.store.encryption import cipher
from onestop.store.encryption.master_keys import MasterKeys, create_key_file, read_key_file
from onestop.store.errors import StoreUnusable
from onestop.store.queries import read_queries

SQL = read_queries(__file__)
BATCH = 500


def keys_file(url: str, configured: Path | None) -> Path:
    """Return the configured key file, else the one beside an SQLite database. Raises `StoreUnusable`."""
    if configured is not None:
        return configured
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///") + ".keys")
    raise StoreUnusable("a shared database needs the setting `keys`: the same file of master keys for every server")


async def load_keys(database: Database, url: str, configured: Path | None) -> None:
    """Read the key file into `database.keys`, creating one for a new SQLite database.

    Raises `StoreUnusable` if a key that stored data needs is missing.
    """
    file = keys_file(url, configured)
    if configured is None and not file.exists() and not await _needed(database):
        create_key_file(file)
    _check_exists(file)
    await reload_keys(database, file)


async def check_keys(database: Database, url: str, configured: Path | None) -> None:
    """Raise `StoreUnusable` if the key file lacks a key that stored data needs. Nothing is written."""
    file = keys_file(url, configured)
    _check_exists(file)
    _check_complete(file, read_key_file(file), await _needed(database))


def _check_exists(file: Path) -> None:
    if not file.exists():
        raise StoreUnusable(
            f"the keys {file}: there is no such file, and nothing stored can be read without it: put it back"
        )


def _check_complete(file: Path, keys: MasterKeys, needed: set[str]) -> None:
    missing = needed - {master.name for master in keys.masters}
    if missing:
        raise StoreUnusable(
            f"the keys {file}: {', '.join(sorted(missing))} is not among them, and stored answers need it: put back the file of keys"
            " that belongs to this database"
        )


async def reload_keys(database: Database, file: Path, *, decrypt_only: bool = False) -> bool:
    """Read the key file again; return whether the keys changed. On `StoreUnusable` the old keys stay.

    `decrypt_only`: a key that is new to this server does not encrypt yet, because other servers may not have read it.
    """
    keys = read_key_file(file)
    former = database.keys.masters[:1]
    if decrypt_only and former and not database.keys.named(keys.current.name) and keys.named(former[0].name):
        keys = keys.with_current(former[0].name)
    needed = await _needed(database)
    _check_complete(file, keys, needed)
    if keys.current.name not in needed:
        await database.run(lambda tx: tx.execute(SQL.add_master, name=keys.current.name))
    changed = database.keys != keys
    database.keys = keys
    return changed


async def _needed(database: Database) -> set[str]:
    return {row[0] for row in await database.read(lambda tx: tx.rows(SQL.masters))}


async def rewrap_all(database: Database, pause: float = 0.05) -> int:
    """Encrypt every data key with the current master key, in batches with pauses; return how many were changed."""
    keys, after, changed = database.keys, "", 0
    while (batch := await _rewrap_batch(database, keys, after)) is not None:
        after, rewrapped = batch
        changed += rewrapped
        await asyncio.sleep(pause)
    for master in keys.masters[1:]:
        await _drop_unused(database, master.name)
    return changed


async def _rewrap_batch(database: Database, keys: MasterKeys, after: str) -> tuple[str, int] | None:
    """Return the last owner of the batch and how many keys were changed; None after the last batch."""

    async def rewrap(tx: Transaction) -> tuple[str, int] | None:
        rows = await tx.rows(SQL.keys_after, owner=after, most=BATCH)
        changed = 0
        for owner, former, wrapped in rows:
            if former != keys.current.name:
                name, again = cipher.wrap_key(keys, owner, cipher.unwrap_key(keys, owner, former, wrapped))
                changed += await tx.execute(SQL.rewrap, owner=owner, master=name, wrapped=again, former=former)
        return (rows[-1][0], changed) if rows else None

    return await database.run(rewrap)


async def _drop_unused(database: Database, name: str) -> None:
    if await database.read(lambda tx: tx.row(SQL.any_key_of, name=name)) is None:
        await database.run(lambda tx: tx.execute(SQL.drop_master, name=name))
