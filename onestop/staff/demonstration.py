"""Demonstration officers, one of each role, who exist only while the server runs with --demo."""

import asyncio
import logging
from collections.abc import Iterable

from onestop.staff.officer import Role
from onestop.staff.proof.password import HASHER
from onestop.store.database import Database, Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables.staff import officers

PASSWORD = "demonstration"  # noqa: S105
NAMES = {
    Role.OFFICER: ("officer", "Olive Officer"),
    Role.TEAM_LEAD: ("lead", "Tomos Teamlead"),
    Role.AUTHOR: ("author", "Ada Author"),
    Role.ADMINISTRATOR: ("admin", "Alun Admin"),
}
log = logging.getLogger("onestop")


async def keep_demonstration(database: Database, desks: Iterable[str], now: int, *, demo: bool) -> None:
    """Add the demonstration officers, or remove them without `demo`. Call it at the start; the first desk is the officer's."""
    everything = tuple(desks)
    hashed = await asyncio.to_thread(HASHER.hash, PASSWORD) if demo else ""

    async def work(tx: Transaction) -> None:
        there = {row.sign_in: row for row in await officers.list_all(tx) if row.demonstration}
        if not demo:
            for row in there.values():
                await officers.remove(tx, row.id, now)
            return
        for role, (sign_in, name) in NAMES.items():
            own = everything[:1] if role == Role.OFFICER else everything if role == Role.TEAM_LEAD else ()
            if sign_in not in there:
                officer = await officers.add(tx, sign_in, name, str(role), own, now, demonstration=True)
                if officer:
                    await officers.set_password(tx, officer, hashed, now)

    try:
        await database.run(work)
    except Unavailable as why:
        log.error("%s; the demonstration officers are as they were", why)
        return
    if demo:
        log.warning(
            "--demo: anybody can sign in at /desk/ as %s, with the password %s",
            ", ".join(n for n, _ in NAMES.values()),
            PASSWORD,
        )
