"""An officer who is signed in proves again who they are, before an export, a change of their credentials, or another team's answers."""

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.http.request.form_body import FormBody
from onestop.staff.forms.entrance import enter
from onestop.staff.forms.passkeys import officer_of_passkey
from onestop.staff.forms.relying_party import PROVE, new_challenge, relying_party
from onestop.staff.forms.sign_in import PASSWORDS, WRONG
from onestop.staff.handler import CONFIRM, StaffHandler
from onestop.staff.own_path import own_path
from onestop.staff.proof.limits import code_limits
from onestop.staff.proof.one_time_code import use_code
from onestop.staff.proof.passkey import PasskeyRefused, authentication_options
from onestop.store.database import Transaction
from onestop.store.tables.staff import attempts, officer_codes, openid_accounts, passkeys


class Confirm(StaffHandler):
    """The page /desk/confirm: the password, and a code if the officer signs in with codes; or a passkey, or the council's account."""

    async def get(self) -> web.Response:
        query = self.context.request.query
        back = own_path(query.get("back", ""))
        return (
            await self.show(back, self.words("That was not right."), WRONG)
            if "refused" in query
            else await self.show(back)
        )

    async def post(self, form: FormBody) -> web.Response:
        row, back = self.signed_in.row, own_path(form.first("back"))
        limits = code_limits(row.id)
        if await self.database.run(lambda tx: attempts.reserve(tx, limits, self.now)):
            return await self.show(back, self.words("Too many attempts. Wait a few minutes."), 429)
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
            return await self.show(back, self.words("That was not right."), WRONG)
        return await enter(self, row, "confirm", back, former=self.signed_in.session)

    async def show(self, back: str, error: str = "", status: int = 200) -> web.Response:
        """Return the page with the ways that the officer has."""
        row, issuer = self.signed_in.row, self.parts.settings.openid_issuer

        async def work(tx: Transaction) -> dict[str, bool]:
            return {
                "codes": await officer_codes.are_confirmed(tx, row.id),
                "has_passkey": bool(await passkeys.list_of(tx, row.id)),
                "openid": bool(issuer) and await openid_accounts.is_connected(tx, issuer, row.id),
            }

        found = await self.database.read(work)
        ask = authentication_options(relying_party(self), new_challenge(self, PROVE))
        return self.page("confirm.html", status=status, back=back, error=error, ask=ask, name=row.sign_in, **found)


class ConfirmPasskey(Confirm):
    """The form /desk/confirm/passkey."""

    async def get(self) -> web.Response:
        return self.to(CONFIRM)

    async def post(self, form: FormBody) -> web.Response:
        row, back = self.signed_in.row, own_path(form.first("back"))
        try:
            proved = await officer_of_passkey(self, form.first("credential"), PROVE)
        except PasskeyRefused:
            proved = None
        if proved is None or proved.id != row.id:
            refused = AuditEntry(row.id, AuditAction.REFUSE, row.id, "confirm")
            await self.database.run(lambda tx: record(tx, refused, self.now))
            return await self.show(back, self.words("The passkey was not accepted."), WRONG)
        return await enter(self, row, "confirm", back, former=self.signed_in.session)
