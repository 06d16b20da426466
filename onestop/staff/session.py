"""The session of an officer: its cookie, its stages and lifetimes, and the officer of a request."""

from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web

from onestop.http.request.host_cookie import HostCookie
from onestop.http.request.visitor import Visitor
from onestop.site.context import RequestContext
from onestop.staff.officer import Officer, Role
from onestop.store.database import Database, Transaction
from onestop.store.ids import new_token
from onestop.store.tables.staff import officers, staff_sessions
from onestop.store.tables.staff.officers import OfficerRow
from onestop.store.tables.staff.staff_sessions import StaffSession

DESK = HostCookie("desk")
IDLE, WHOLE = 1800, 12 * 3600
"""Seconds after the last request, and in all, after which a session ends."""
UNFINISHED = 600
"""Seconds in which a sign-in that has begun must be finished."""
RECENT = 600
"""Seconds for which a proof of who the officer is counts as recent."""


class Stage(StrEnum):
    """What an officer has still to do before they are signed in."""

    SIGNED_IN = "signed-in"
    NEEDS_CODE = "needs-code"
    NEEDS_PASSWORD = "needs-password"  # noqa: S105


LIFETIMES = {
    Stage.SIGNED_IN: (IDLE, WHOLE),
    Stage.NEEDS_CODE: (UNFINISHED, UNFINISHED),
    Stage.NEEDS_PASSWORD: (UNFINISHED, UNFINISHED),
}


@dataclass(frozen=True, slots=True)
class StaffVisit:
    """A session with its officer. `row` is the officer as stored."""

    session: StaffSession
    officer: Officer
    row: OfficerRow

    def confirmed(self, now: int) -> bool:
        """Return whether the officer has proved who they are recently."""
        return now - self.session.confirmed <= RECENT


def staff_cookie(context: RequestContext) -> Visitor:
    """Return the desk cookie of a request, from which CSRF tokens are made. Without one there is a new secret.

    Only a secret that the store knows is a session. Any other, such as one that a client has chosen, only serves the tokens of the sign-in
    form, and is replaced at sign-in.
    """
    secure = context.visitor.secure
    secret = DESK.of(context.request, secure=secure)
    if staff_sessions.is_secret(secret):
        return Visitor(secret, True, secure)
    return Visitor(new_token(context.seconds), False, secure)


def set_staff_cookie(response: web.StreamResponse, cookie: Visitor, secret: str) -> None:
    """Give the browser a secret, until it is closed."""
    DESK.set(response, secret, secure=cookie.secure)


def clear_staff_cookie(response: web.StreamResponse, cookie: Visitor) -> None:
    """Make the browser forget its secret, and whatever it has cached of the desk."""
    DESK.clear(response, secure=cookie.secure)
    response.headers["Clear-Site-Data"] = '"cache"'


def officer_of_row(row: OfficerRow) -> Officer:
    return Officer(row.id, row.name, Role(row.role), frozenset(row.desks))


async def begin_session(
    tx: Transaction, officer: str, stage: Stage, browser: str, now: int
) -> tuple[str, StaffSession]:
    """Create a session; return the secret for the cookie, and the session."""
    idle, whole = LIFETIMES[stage]
    return await staff_sessions.begin(tx, officer, str(stage), browser, now, idle=idle, whole=whole)


async def advance_session(tx: Transaction, session: StaffSession, stage: Stage, now: int) -> str:
    """Give a session its next stage under a new secret; return the secret. One that is signed in already lasts no longer for that."""
    idle, whole = LIFETIMES[stage]
    left = session.ends - now if session.stage == Stage.SIGNED_IN else whole
    return await staff_sessions.advance(tx, session.id, str(stage), now, idle=idle, whole=left)


async def find_visit(database: Database, cookie: Visitor, now: int) -> StaffVisit | None:
    """Return the session of a cookie at any stage, with its officer; None if it has ended or the officer was removed."""
    if not cookie.has_cookie:
        return None

    async def work(tx: Transaction) -> StaffVisit | None:
        session = await staff_sessions.find(tx, cookie.secret, now)
        row = await officers.find(tx, session.officer) if session else None
        return StaffVisit(session, officer_of_row(row), row) if session and row else None

    visit = await database.read(work)
    if visit is not None and visit.session.stage == Stage.SIGNED_IN and visit.session.stale(now):
        await database.run(lambda tx: staff_sessions.touch(tx, visit.session.id, now, IDLE))
    return visit


async def visit_of(context: RequestContext, database: Database) -> StaffVisit | None:
    """Return the session of an officer who is signed in, or None."""
    visit = await find_visit(database, staff_cookie(context), context.seconds)
    return visit if visit and visit.session.stage == Stage.SIGNED_IN else None


async def officer_of(context: RequestContext, database: Database) -> Officer | None:
    """Return the officer who is signed in, or None."""
    visit = await visit_of(context, database)
    return visit.officer if visit else None
