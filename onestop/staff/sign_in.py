"""Sign in with a password, and sign out."""

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.http.request.form_body import FormBody
from onestop.staff import password
from onestop.staff.browser import browser_name
from onestop.staff.handler import DeskHandler, StaffHandler
from onestop.staff.own_path import own_path
from onestop.staff.password import PasswordChecker
from onestop.staff.session import Stage, begin_session, clear_staff_cookie, set_staff_cookie
from onestop.store.database import Transaction
from onestop.store.tables.staff import officers, staff_sessions
from onestop.store.tables.staff.officers import OfficerRow

PASSWORDS = PasswordChecker()
LONGEST_NAME = 64


class SignIn(DeskHandler):
    """The page /desk/sign-in."""

    async def get(self) -> web.Response:
        return self._show("", own_path(self.context.request.query.get("back", "")))

    async def post(self, form: FormBody) -> web.Response:
        sign_in, back = form.first("name").strip().casefold()[:LONGEST_NAME], own_path(form.first("back"))
        row = await self.database.read(lambda tx: officers.find_by_sign_in(tx, sign_in))
        usable = row if row and self._is_usable(row) else None
        if not await PASSWORDS.matches(usable.password if usable else "", form.first("password")) or usable is None:
            await self.database.run(
                lambda tx: record(tx, AuditEntry("-", AuditAction.REFUSE, row.id if row else "-", "password"), self.now)
            )
            return self._show(sign_in, back, self.words("This name and this password do not belong together."), 403)
        return await self._begin(usable, form.first("password"), back)

    def _is_usable(self, row: OfficerRow) -> bool:
        """Return whether the password of an officer is accepted now."""
        return not row.one_time_until or self.now < row.one_time_until

    async def _begin(self, row: OfficerRow, typed: str, back: str) -> web.Response:
        fresh = await PASSWORDS.hash(typed) if password.is_outdated(row.password) else ""
        stage = Stage.SIGNED_IN

        async def work(tx: Transaction) -> str:
            if fresh:
                await officers.rehash_password(tx, row.id, row.password, fresh)
            secret, session = await begin_session(
                tx, row.id, stage, browser_name(self.context.request.headers), self.now
            )
            await record(tx, AuditEntry(row.id, AuditAction.SIGN_IN, session.id, "password"), self.now)
            return secret

        response = self.to(back)
        set_staff_cookie(response, self.cookie, await self.database.run(work))
        return response

    def _show(self, name: str, back: str, error: str = "", status: int = 200) -> web.Response:
        return self.page("sign-in.html", status=status, name=name, back=back, error=error)


class SignOut(StaffHandler):
    """The form that ends the session."""

    async def post(self, form: FormBody) -> web.Response:
        session, officer = self.signed_in.session.id, self.officer.id

        async def work(tx: Transaction) -> None:
            await staff_sessions.end(tx, officer, session)
            await record(tx, AuditEntry(officer, AuditAction.SIGN_OUT, session), self.now)

        await self.database.run(work)
        response = self.to("/desk/sign-in")
        clear_staff_cookie(response, self.cookie)
        return response
