"""Sessions of officers. The database holds a digest of the secret in the cookie; every secret is made here."""

from dataclasses import dataclass

from onestop.store.database import Row, Transaction
from onestop.store.ids import TOKEN, new_id, new_token, token_digest
from onestop.store.queries import read_queries

SQL = read_queries(__file__)
STALE = 60
"""Seconds after which a session is touched again: not at every request, to save writes."""


@dataclass(frozen=True, slots=True)
class StaffSession:
    """`stage` is what the officer has still to do; `confirmed` is when they last proved who they are; `browser` names it in words."""

    id: str
    officer: str
    stage: str
    browser: str
    opened: int
    touched: int
    confirmed: int
    ends: int

    def stale(self, now: int) -> bool:
        """Return whether `touch` is due."""
        return now - self.touched >= STALE


async def begin(
    tx: Transaction, officer: str, stage: str, browser: str, now: int, *, idle: int, whole: int
) -> tuple[str, StaffSession]:
    """Create a session of at most `whole` seconds; return the secret for the cookie, and the session."""
    secret = new_token(now)
    session = StaffSession(new_id(now), officer, stage, browser, now, now, now, now + whole)
    await tx.execute(
        SQL.add_staff_session,
        id=session.id, secret=token_digest(secret), officer=officer, stage=stage, browser=browser, now=now,
        expires=now + min(idle, whole), ends=session.ends,
    )  # fmt: skip
    return secret, session


async def find(tx: Transaction, secret: str, now: int) -> StaffSession | None:
    """Return the session of a cookie, or None if it has ended."""
    return _session(
        await tx.row(SQL.staff_session, secret=token_digest(secret), now=now) if is_secret(secret) else None
    )


def is_secret(text: str) -> bool:
    """Return whether a cookie has the form of a secret."""
    return bool(TOKEN.fullmatch(text))


async def touch(tx: Transaction, session: str, now: int, idle: int) -> None:
    """Let a session last until `idle` seconds from now, but not beyond its end."""
    await tx.execute(SQL.touch_staff_session, id=session, now=now, expires=now + idle)


async def advance(tx: Transaction, session: str, stage: str, now: int, *, idle: int, whole: int) -> str:
    """Give a session a new secret and stage, as after a second factor; return the secret. It is confirmed at `now`."""
    secret = new_token(now)
    await tx.execute(
        SQL.advance_staff_session,
        id=session, secret=token_digest(secret), stage=stage, now=now, expires=now + min(idle, whole), ends=now + whole,
    )  # fmt: skip
    return secret


async def list_of(tx: Transaction, officer: str, now: int) -> list[StaffSession]:
    """Return the open sessions of an officer, the latest first."""
    return [_made(row) for row in await tx.rows(SQL.staff_sessions_of, officer=officer, now=now)]


async def end(tx: Transaction, officer: str, session: str) -> bool:
    """End a session of an officer; return whether it was theirs."""
    return bool(await tx.execute(SQL.end_staff_session, id=session, officer=officer))


async def end_all(tx: Transaction, officer: str, but: str = "") -> None:
    """End all sessions of an officer, but one."""
    await tx.execute(SQL.end_staff_sessions, officer=officer, but=but)


def _session(row: Row | None) -> StaffSession | None:
    return _made(row) if row else None


def _made(row: Row) -> StaffSession:
    return StaffSession(*row)
