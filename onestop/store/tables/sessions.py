"""Sessions: one visit on one device, identified by the secret in its cookie. The database holds a digest of the secret.

Every secret is made here; one that a client has chosen is never stored. The same form sent twice (a double press, a response that
was lost) leads to the same session and secret: the secret is derived from the cookie and the form that were sent, with a master key.
The cookie alone is not enough to derive it.
"""

from dataclasses import dataclass, replace

from onestop.store.database import Row, Transaction
from onestop.store.ids import TOKEN, new_id, new_token, token_digest
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys, prefill
from onestop.tokens import base64url

SQL = read_queries(__file__)
GRACE = 60
"""Seconds for which the secret before the present one is accepted: requests with it may be on their way."""
REPEAT = 600
"""Seconds in which the form that began a session, or changed its secret, leads to it again."""
FORM_GRACE = 3600
"""Seconds for which a form is accepted that was shown before the secret was changed, in another tab for instance."""


@dataclass(frozen=True, slots=True)
class SentForm:
    """A submitted form: the cookie sent with it, a secret part of it, and the key of its CSRF token."""

    cookie: str
    mark: str
    form_key: bytes


@dataclass(frozen=True, slots=True)
class Session:
    """It expires `idle` seconds after it was last touched, and at `ends` in any case. Its present secret was `issued` then.

    `kept`: the resident asked to be remembered. `current` is False for one found by the secret before its present one. One in which
    an officer helps a resident has the officer's `staff_session` and id, `officer`; its `channel` is the means by which they speak.
    """

    id: str
    channel: str
    opened: int
    touched: int
    idle: int
    ends: int
    expires: int
    issued: int
    kept: bool
    staff_session: str = ""
    officer: str = ""
    current: bool = True

    def stale(self, now: int) -> bool:
        """Return whether `touch` is due. It is not called at every request, to save writes."""
        return now - self.touched >= min(60, self.idle // 10)


async def begin(
    tx: Transaction,
    channel: str,
    now: int,
    *,
    idle: int,
    whole: int,
    sent: SentForm | None = None,
    staff_session: str = "",
) -> tuple[str, Session]:
    """Create a session of at most `whole` seconds; return the secret for the cookie, and the session.

    `sent` is the form that begins it: the session that it began less than `REPEAT` seconds ago is returned instead. `staff_session` is
    that of an officer who helps a resident.
    """
    secret = _derived(tx, sent) if sent else new_token(now)
    while True:
        ends, expires = now + whole, now + min(idle, whole)
        session = Session(new_id(now), channel, now, now, idle, ends, expires, now, False, staff_session)
        made = await tx.execute(
            SQL.add_session,
            id=session.id, secret=token_digest(secret), channel=channel, now=now, idle=idle, ends=session.ends,
            expires=session.expires, form_key=sent.form_key if sent else None, staff_session=staff_session,
        )  # fmt: skip
        if made:
            return secret, session
        found = await _look_up(tx, secret, now)
        if found is not None and now - found.issued < REPEAT:
            return secret, found
        # Never issue the secret of another session, or of one that has ended.
        secret = new_token(now)


async def rotate(tx: Transaction, session: Session, sent: SentForm, now: int) -> str:
    """Replace the secret of a session, as on hand-over or sign-in; return the new one.

    The one before is accepted for `GRACE` seconds. Return "" if another form has replaced it: the browser has the new one.
    """
    secret = _derived(tx, sent)
    changed = await tx.execute(
        SQL.rotate,
        id=session.id,
        secret=token_digest(secret),
        before=token_digest(sent.cookie),
        form_key=sent.form_key,
        now=now,
    )
    if changed:
        return secret
    found = await _look_up(tx, secret, now)
    return secret if found is not None and found.id == session.id else ""


async def look_up(tx: Transaction, token: str, now: int) -> Session | None:
    """Return the session with this present or previous secret, or None if it has ended."""
    if not TOKEN.fullmatch(token):
        return None
    found = await _look_up(tx, token, now)
    if found is not None:
        return found
    earlier = _session(await tx.row(SQL.session_of_previous, secret=token_digest(token), now=now, since=now - GRACE))
    return replace(earlier, current=False) if earlier else None


async def previous_form_key(tx: Transaction, session: str, now: int) -> bytes:
    """Return the key of the forms shown before the secret was issued; empty after `FORM_GRACE` seconds."""
    row = await tx.row(SQL.previous_form_key, id=session, since=now - FORM_GRACE)
    return bytes(row[0]) if row else b""


async def touch(tx: Transaction, session: Session, now: int) -> None:
    """Extend a session by its idle time, and the officer's in which it is, if any."""
    await tx.execute(SQL.touch, id=session.id, now=now)
    if session.staff_session:
        await tx.execute(SQL.touch_officer, staff_session=session.staff_session, now=now, idle=session.idle)


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


def _derived(tx: Transaction, sent: SentForm) -> str:
    """Derive a secret from a form: the time of its cookie, followed by a keyed digest."""
    digest = tx.keys.current.secret(f"session {sent.cookie} {sent.mark}")
    return sent.cookie[:8] + base64url.encode(digest[:16])


async def _look_up(tx: Transaction, token: str, now: int) -> Session | None:
    return _session(await tx.row(SQL.session, secret=token_digest(token), now=now))


def _session(row: Row | None) -> Session | None:
    """Return the session of a row, or None if the officer in whose session it is has signed out."""
    if row is None or row[-1] is None:
        return None
    *facts, kept, staff_session, officer = row
    return Session(*(*facts, bool(kept), staff_session, officer))
