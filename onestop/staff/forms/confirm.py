"""An officer who is signed in proves again who they are, before an export, a change of their credentials, or another team's answers."""

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.http.request.form_body import FormBody
from onestop.staff.forms.entrance import enter
from onestop.staff.forms.sign_in import PASSWORDS, WRONG
from onestop.staff.handler import StaffHandler
from onestop.staff.own_path import own_path
from onestop.staff.proof.limits import code_limits
from onestop.staff.proof.one_time_code import use_code
from onestop.store.database import Transaction
from onestop.store.tables.staff import attempts, officer_codes


class Confirm(StaffHandler):
    """The page /desk/confirm: the password, and a code if the officer signs in with codes."""

    async def get(self) -> web.Response:
        return await self._show(own_path(self.context.request.query.get("back", "")))

    async def post(self, form: FormBody) -> web.Response:
        row, back = self.signed_in.row, own_path(form.first("back"))
        limits = code_limits(row.id)
        if await self.database.run(lambda tx: attempts.reserve(tx, limits, self.now)):
            return await self._show(back, self.words("Too many attempts. Wait a few minutes."), 429)
        right = await PASSWORDS.matches(row.password, form.first("password"))

        async def work(tx: Transaction) -> bool:
            proved = right
            if proved and await officer_codes.are_confirmed(tx, row.id):
                proved = bool(await use_code(tx, row.id, form.first("code"), self.now))
            if proved:
                await attempts.forgive(tx, limits)
            else:
                await record(tx, AuditEntry(row.id, AuditAction.REFUSE, row.id, "confirm"), self.now)
            return proved

        if not await self.database.run(work):
            return await self._show(back, self.words("That was not right."), WRONG)
        return await enter(self, row, "confirm", back, former=self.signed_in.session)

    async def _show(self, back: str, error: str = "", status: int = 200) -> web.Response:
        row = self.signed_in.row
        codes = await self.database.read(lambda tx: officer_codes.are_confirmed(tx, row.id))
        return self.page("confirm.html", status=status, back=back, error=error, codes=codes, name=row.sign_in)
