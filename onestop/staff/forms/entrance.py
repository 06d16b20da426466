"""What follows a proof of who an officer is: the next stage of their session, under a new secret."""

from collections.abc import Mapping
from urllib.parse import quote

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.staff.handler import DeskHandler
from onestop.staff.proof.browser import browser_name
from onestop.staff.proof.device import remember_device
from onestop.staff.session import Stage, advance_session, begin_session, find_visit, set_staff_cookie
from onestop.store.database import Transaction
from onestop.store.tables.staff import officer_codes
from onestop.store.tables.staff.officers import OfficerRow
from onestop.store.tables.staff.staff_sessions import StaffSession

PAGES: Mapping[Stage, str] = {Stage.NEEDS_CODE: "/desk/code", Stage.NEEDS_PASSWORD: "/desk/new-password"}


async def enter(
    handler: DeskHandler,
    row: OfficerRow,
    method: str,
    back: str,
    *,
    former: StaffSession | None = None,
    password_only: bool = False,
) -> web.Response:
    """Return the redirect after a proof by `method`: to `back` if the officer is signed in now, else to what is still missing.

    `former` is the session so far; without one a new one begins. `password_only`: a second factor is still asked for.
    """

    async def work(tx: Transaction) -> tuple[str, Stage]:
        stage = await _next_stage(tx, row) if password_only else Stage.SIGNED_IN
        if former is None:
            agent = browser_name(handler.context.request.headers)
            secret, session = await begin_session(tx, row.id, stage, agent, handler.now)
        else:
            secret, session = await advance_session(tx, former, stage, handler.now), former
        if stage == Stage.SIGNED_IN:
            await record(tx, AuditEntry(row.id, AuditAction.SIGN_IN, session.id, method), handler.now)
        return secret, stage

    secret, stage = await handler.database.run(work)
    response = handler.to(back if stage == Stage.SIGNED_IN else f"{PAGES[stage]}?back={quote(back, safe='/')}")
    set_staff_cookie(response, handler.cookie, secret)
    if stage == Stage.SIGNED_IN:
        remember_device(response, handler.database.keys, handler.context.request, handler.cookie, row)
    return response


async def _next_stage(tx: Transaction, row: OfficerRow) -> Stage:
    if row.one_time_until:
        return Stage.NEEDS_PASSWORD
    return Stage.NEEDS_CODE if await officer_codes.are_confirmed(tx, row.id) else Stage.SIGNED_IN


class UnfinishedHandler(DeskHandler):
    """Answers a request of an officer whose session is at one stage of sign-in; anybody else is led to the sign-in page."""

    stage: Stage

    async def respond(self) -> web.StreamResponse:
        if self.context.private:
            visit = await find_visit(self.database, self.cookie, self.now)
            if visit is None or visit.session.stage != self.stage:
                return self.to("/desk/sign-in")
            self.unfinished = visit
        return await super().respond()
