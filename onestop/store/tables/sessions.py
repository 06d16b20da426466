"""Sessions: one visit on one device, identified by the secret in its cookie. The database holds a digest of the secret."""

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
    """It expires `idle` seconds after it was last touched, and at `ends` in any case. `kept`: the resident asked to be remembered."""

    id: str
    channel: str
    opened: int
    touched: int
    idle: int
    ends: int
    expires: int
    kept: bool

    def stale(self, now: int) -> bool:
        """Return whether `touch` is due. It is not called at every request, to save writes."""
        return now - self.touched >= min(60, self.idle // 10)


def new_token(now: int) -> str:
    """Return a new secret for a cookie."""
    return f"{now:08x}{secrets.token_urlsafe(16)}"


async def begin(
    tx: Transaction, channel: str, now: int, *, idle: int, whole: int, token: str = ""
) -> tuple[str, Session]:
    """Create a session of at most `whole` seconds; return the secret for the cookie, and the session.

    `token` is a secret that the browser was given before: a session that another request has created with it is returned
    instead. The secret of a session that has ended is not used again.
    """
    while True:
        secret = token if TOKEN.fullmatch(token) else new_token(now)
        session = Session(new_id(now), channel, now, now, idle, now + whole, now + min(idle, whole), kept=False)
        made = await tx.execute(
            SQL.add_session,
            id=session.id, secret=_digest(secret), channel=channel, now=now, idle=idle, ends=session.ends,
            expires=session.expires,
        )  # fmt: skip
        if made:
            return secret, session
        found = await look_up(tx, secret, now)
        if found is not None:
            return secret, found
        token = ""


async def look_up(tx: Transaction, token: str, now: int) -> Session | None:
    """Return the session with this secret, or None if it has ended."""
    if not TOKEN.fullmatch(token):
        return None
    row = await tx.row(SQL.session, secret=_digest(token), now=now)
    return Session(*(*row[:-1], bool(row[-1]))) if row else None


async def touch(tx: Transaction, session: str, now: int) -> None:
    """Extend a session by its idle time."""
    await tx.execute(SQL.touch, id=session, now=now)


async def keep(tx: Transaction, session: str, now: int, seconds: int) -> None:
    """Remember this device, with its owner's consent, until `seconds` after it was last touched."""
    await tx.execute(SQL.keep, id=session, now=now, idle=seconds, ends=2**40, expires=now + seconds, kept=1)


async def forget(tx: Transaction, session: str, now: int, *, idle: int, whole: int) -> None:
    """Make it an ordinary session again and erase its prefill."""
    await prefill.forget(tx, session)
    expires = now + min(idle, whole)
    await tx.execute(SQL.keep, id=session, now=now, idle=idle, ends=now + whole, expires=expires, kept=0)


async def end(tx: Transaction, session: str, now: int) -> None:
    """Erase a session and its drafts; a draft with an unused hand-over code stays until the code expires."""
    await data_keys.erase(tx, session)
    await tx.execute(SQL.orphan_drafts, session=session, now=now)
    await tx.execute(SQL.drop_session, id=session)


def _digest(token: str) -> str:
    # A copy of the database must not let anybody take over a session.
    return token[:8] + hashlib.sha256(token.encode()).hexdigest()[:40]
