"""The steps of sign-in after the password: a code of the officer's device, or a password of their own for the one they were given."""

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.http.request.form_body import FormBody
from onestop.staff.forms.entrance import UnfinishedHandler, enter
from onestop.staff.forms.sign_in import PASSWORDS, TOO_MANY, WRONG
from onestop.staff.own_path import own_path
from onestop.staff.proof.limits import code_limits
from onestop.staff.proof.one_time_code import use_code
from onestop.staff.proof.password import is_acceptable
from onestop.staff.session import Stage
from onestop.store.database import Transaction
from onestop.store.tables.staff import attempts, officers


class CodeStep(UnfinishedHandler):
    """The page /desk/code."""

    stage = Stage.NEEDS_CODE

    async def get(self) -> web.Response:
        return self._show(own_path(self.context.request.query.get("back", "")))

    async def post(self, form: FormBody) -> web.Response:
        row, back = self.unfinished.row, own_path(form.first("back"))
        limits = code_limits(row.id)

        async def work(tx: Transaction) -> tuple[int, str]:
            wait = await attempts.reserve(tx, limits, self.now)
            used = "" if wait else await use_code(tx, row.id, form.first("code"), self.now)
            if used:
                await attempts.forgive(tx, limits)
            elif not wait:
                await record(tx, AuditEntry("-", AuditAction.REFUSE, row.id, "code"), self.now)
            return wait, used

        wait, used = await self.database.run(work)
        if wait:
            text = self.words.count(
                "Too many attempts. Try again in {number} second.",
                "Too many attempts. Try again in {number} seconds.",
                wait,
            )
            return self._show(back, text, TOO_MANY)
        if not used:
            return self._show(
                back, self.words("This code is wrong, or it was used before. Wait for the next one."), WRONG
            )
        return await enter(self, row, f"password-{used}", back, former=self.unfinished.session)

    def _show(self, back: str, error: str = "", status: int = 200) -> web.Response:
        return self.page("code.html", status=status, back=back, error=error)


class PasswordStep(UnfinishedHandler):
    """The page /desk/new-password."""

    stage = Stage.NEEDS_PASSWORD

    async def get(self) -> web.Response:
        return self._show(own_path(self.context.request.query.get("back", "")))

    async def post(self, form: FormBody) -> web.Response:
        row, back, chosen = self.unfinished.row, own_path(form.first("back")), form.first("password")
        if not is_acceptable(chosen, row.sign_in):
            return self._show(back, self.words("This password is too short or too easy to guess."), WRONG)
        if chosen != form.first("again"):
            return self._show(back, self.words("The two passwords are not the same."), WRONG)
        hashed = await PASSWORDS.hash(chosen)

        async def work(tx: Transaction) -> None:
            await officers.set_password(tx, row.id, hashed, self.now)
            await record(tx, AuditEntry(row.id, AuditAction.CHANGE_CREDENTIAL, row.id, "password"), self.now)

        await self.database.run(work)
        return await enter(self, row, "password", back, former=self.unfinished.session)

    def _show(self, back: str, error: str = "", status: int = 200) -> web.Response:
        return self.page("new-password.html", status=status, back=back, error=error, name=self.unfinished.row.sign_in)
