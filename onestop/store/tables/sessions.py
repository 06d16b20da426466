"""A visit on one device, known by a secret that only the device has."""

import hashlib
import re
import secrets
from dataclasses import dataclass

from onestop.store.database import Transaction
from onestop.store.ids import new_id
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys, prefill

SQL = read_queries(__file__)
TOKEN = re.compile(r"[0-9a-f]{8}[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Session:
    """It ends `idle` seconds after it was last touched, and at `ends` in any case. `kept`: the resident wants to be remembered."""

    id: str
    channel: str
    opened: int
    touched: int
    idle: int
    ends: int
    expires: int
    kept: bool

    def stale(self, now: int) -> bool:
        """Whether it is time to write down that it was touched; not at every request."""
        return now - self.touched >= min(60, self.idle // 10)


def new_token(now: int) -> str:
    """A secret for a cookie."""
    return f"{now:08x}{secrets.token_urlsafe(16)}"


async def begin(
    tx: Transaction, channel: str, now: int, *, idle: int, whole: int, token: str = ""
) -> tuple[str, Session]:
    """A new visit of at most `whole` seconds: the secret for the cookie, and the session.

    `token` is one the browser was given already; the visit that has begun with it meanwhile is the one returned. If that has
    ended, its secret is not used again.
    """
    while True:
        secret = token if TOKEN.fullmatch(token) else new_token(now)
        session = Session(new_id(now), channel, now, now, idle, now + whole, now + min(idle, whole), kept=False)
        made = await tx.execute(
            SQL.add_session,
            id=session.id, secret=_kept(secret), channel=channel, now=now, idle=idle, ends=session.ends,
            expires=session.expires,
        )  # fmt: skip
        if made:
            return secret, session
        found = await look_up(tx, secret, now)
        if found is not None:
            return secret, found
        token = ""


async def look_up(tx: Transaction, token: str, now: int) -> Session | None:
    """The session whose secret this is, unless it has ended."""
    if not TOKEN.fullmatch(token):
        return None
    row = await tx.row(SQL.session, secret=_kept(token), now=now)
    return Session(*(*row[:-1], bool(row[-1]))) if row else None


async def touch(tx: Transaction, session: str, now: int) -> None:
    """Somebody is still there."""
    await tx.execute(SQL.touch, id=session, now=now)


async def renew(tx: Transaction, session: str, now: int) -> str | None:
    """A new secret for the same visit; the old one leads nowhere from now on. None if the visit has ended."""
    token = new_token(now)
    return token if await tx.execute(SQL.renew, id=session, secret=_kept(token), now=now) else None


async def keep(tx: Transaction, session: str, now: int, seconds: int) -> None:
    """Remember this device, because its owner said so, until `seconds` after it was last touched."""
    await tx.execute(SQL.keep, id=session, now=now, idle=seconds, ends=2**40, expires=now + seconds, kept=1)


async def forget(tx: Transaction, session: str, now: int, *, idle: int, whole: int) -> None:
    """Be an ordinary visit again, with nothing told."""
    await prefill.forget(tx, session)
    expires = now + min(idle, whole)
    await tx.execute(SQL.keep, id=session, now=now, idle=idle, ends=now + whole, expires=expires, kept=0)


async def end(tx: Transaction, session: str, now: int) -> None:
    """Nothing of it is left for whoever comes next; a draft with a code still waiting may be picked up elsewhere."""
    await data_keys.erase(tx, session)
    await tx.execute(SQL.orphan_drafts, session=session, now=now)
    await tx.execute(SQL.drop_session, id=session)


def _kept(token: str) -> str:
    # The secret itself is not kept: whoever reads the database cannot be the resident.
    return token[:8] + hashlib.sha256(token.encode()).hexdigest()[:40]
