"""The forms of passkeys: sign in with one, add one, remove one."""

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.http.request.form_body import FormBody
from onestop.staff.forms.account import ACCOUNT, ConfirmedHandler, account_page
from onestop.staff.forms.entrance import enter
from onestop.staff.forms.relying_party import ADD, SIGN_IN, relying_party, spend_challenge
from onestop.staff.forms.sign_in import WRONG, SignIn
from onestop.staff.handler import DeskHandler
from onestop.staff.own_path import own_path
from onestop.staff.proof import passkey
from onestop.staff.proof.browser import browser_name
from onestop.staff.proof.passkey import PasskeyRefused
from onestop.store.database import Transaction
from onestop.store.tables.staff import officers, passkeys
from onestop.store.tables.staff.officers import OfficerRow


class PasskeySignIn(SignIn):
    """The form /desk/passkey of the sign-in page."""

    async def get(self) -> web.Response:
        return self.to("/desk/sign-in")

    async def post(self, form: FormBody) -> web.Response:
        back = own_path(form.first("back"))
        try:
            row = await officer_of_passkey(self, form.first("credential"), SIGN_IN)
        except PasskeyRefused:
            return self.show("", back, self.words("The passkey was not accepted."), WRONG)
        return await enter(self, row, "passkey", back)


async def officer_of_passkey(handler: DeskHandler, answer: str, purpose: str) -> OfficerRow:
    """Return the officer whose passkey answered. Raises PasskeyRefused."""
    challenge = await spend_challenge(handler, answer, purpose)
    credential = passkey.credential_of(answer)
    found = await handler.database.read(lambda tx: passkeys.find(tx, credential))
    if found is None:
        raise PasskeyRefused
    uses = passkey.verify_authentication(relying_party(handler), answer, challenge, found)

    async def work(tx: Transaction) -> OfficerRow | None:
        counted = await passkeys.count_use(tx, credential, uses, handler.now)
        return await officers.find(tx, found.officer) if counted else None

    row = await handler.database.run(work)
    if row is None or (row.demonstration and not handler.parts.settings.demo):
        raise PasskeyRefused
    return row


class AddPasskey(ConfirmedHandler):
    """The form that adds a passkey."""

    async def change(self, form: FormBody) -> web.StreamResponse:
        officer, answer = self.officer.id, form.first("credential")
        try:
            challenge = await spend_challenge(self, answer, ADD)
            label = browser_name(self.context.request.headers)
            made = passkey.verify_registration(relying_party(self), answer, challenge, officer, label, self.now)
        except PasskeyRefused:
            return await account_page(self, self.words("The passkey was not accepted."), WRONG)

        async def work(tx: Transaction) -> None:
            if await passkeys.add(tx, made):
                await record(tx, AuditEntry(officer, AuditAction.CHANGE_CREDENTIAL, officer, "passkey-added"), self.now)

        await self.database.run(work)
        return self.to(ACCOUNT)


class RemovePasskey(ConfirmedHandler):
    """The form that removes a passkey of the officer who asks."""

    async def change(self, form: FormBody) -> web.StreamResponse:
        officer, credential = self.officer.id, form.first("passkey")

        async def work(tx: Transaction) -> None:
            if await passkeys.remove(tx, officer, credential):
                entry = AuditEntry(officer, AuditAction.CHANGE_CREDENTIAL, officer, "passkey-removed")
                await record(tx, entry, self.now)

        await self.database.run(work)
        return self.to(ACCOUNT)
