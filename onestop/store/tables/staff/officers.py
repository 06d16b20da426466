"""Officers: who signs in at the desk, with which role and for which desks."""

from dataclasses import dataclass

from onestop.store.database import Row, Transaction
from onestop.store.ids import new_id
from onestop.store.queries import read_queries
from onestop.store.tables.staff import staff_sessions

SQL = read_queries(__file__)
ONE_TIME = 7 * 86400
"""Seconds for which a password that an operator gave out is accepted."""


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """`password` is an Argon2id hash, "" for none. It must be replaced if `one_time_until` is not 0, and is void after that time.

    `changed` is when the ways to sign in were last reset, in seconds since 1970.
    """

    id: str
    sign_in: str
    name: str
    role: str
    desks: tuple[str, ...]
    password: str
    one_time_until: int
    changed: int
    demonstration: bool


async def add(
    tx: Transaction,
    sign_in: str,
    name: str,
    role: str,
    desks: tuple[str, ...],
    now: int,
    *,
    demonstration: bool = False,
) -> str | None:
    """Store an officer who cannot sign in yet; return their id, or None if the sign-in name is taken."""
    officer = new_id(now)
    made = await tx.execute(
        SQL.add_officer,
        id=officer, sign_in=sign_in, name=name, role=role, desks=" ".join(desks), now=now,
        demonstration=int(demonstration),
    )  # fmt: skip
    return officer if made else None


async def find(tx: Transaction, officer: str) -> OfficerRow | None:
    """Return an officer by id, or None if there is none or they were removed."""
    return officer_row(await tx.row(SQL.officer, id=officer))


async def find_by_sign_in(tx: Transaction, sign_in: str) -> OfficerRow | None:
    return officer_row(await tx.row(SQL.officer_by_sign_in, sign_in=sign_in))


async def list_all(tx: Transaction) -> list[OfficerRow]:
    """Return the officers who have not been removed, by sign-in name."""
    return [found for row in await tx.rows(SQL.all_officers) if (found := officer_row(row))]


async def names(tx: Transaction) -> dict[str, str]:
    """Return the name of every officer by id, of removed ones too: histories of cases show them."""
    return {row[0]: row[1] for row in await tx.rows(SQL.officer_names)}


async def set_password(tx: Transaction, officer: str, hashed: str, now: int, *, one_time: bool = False) -> None:
    """Store the hash of a password, one that an operator gave out if `one_time`."""
    until = now + ONE_TIME if one_time else 0
    await tx.execute(SQL.set_password, id=officer, password=hashed, one_time_until=until)


async def rehash_password(tx: Transaction, officer: str, former: str, hashed: str) -> None:
    """Replace the hash of the same password, unless it has changed meanwhile."""
    await tx.execute(SQL.rehash_password, id=officer, former=former, password=hashed)


async def reset(tx: Transaction, officer: str, hashed: str, now: int) -> None:
    """Give an officer a one-time password, end all sessions, and remove every other way to sign in."""
    await set_password(tx, officer, hashed, now, one_time=True)
    await tx.execute(SQL.mark_changed, id=officer, now=now)
    await _drop_credentials(tx, officer)
    await staff_sessions.end_all(tx, officer)


async def mark_changed(tx: Transaction, officer: str, now: int) -> None:
    """Make devices that were known before `now` unknown."""
    await tx.execute(SQL.mark_changed, id=officer, now=now)


async def change(tx: Transaction, officer: str, role: str, desks: tuple[str, ...]) -> None:
    await tx.execute(SQL.change_officer, id=officer, role=role, desks=" ".join(desks))


async def remove(tx: Transaction, officer: str, now: int) -> None:
    """Remove an officer: they sign in no more, their sign-in name is free, and histories keep their name."""
    await tx.execute(SQL.remove_officer, id=officer, now=now)
    await _drop_credentials(tx, officer)
    await staff_sessions.end_all(tx, officer)


async def _drop_credentials(tx: Transaction, officer: str) -> None:
    for query in (SQL.drop_codes, SQL.drop_code_key, SQL.drop_recovery_codes, SQL.drop_passkeys, SQL.drop_openid):
        await tx.execute(query, officer=officer)


def officer_row(row: Row | None) -> OfficerRow | None:
    """Return the officer in the columns that every query of officers selects."""
    if row is None:
        return None
    officer, sign_in, name, role, desks, password, one_time_until, changed, demonstration = row
    return OfficerRow(
        officer, sign_in, name, role, tuple(desks.split()), password, one_time_until, changed, bool(demonstration)
    )
