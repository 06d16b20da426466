"""The page of an officer's own account: their role, their password, their codes and their sessions."""

from abc import ABC, abstractmethod
from typing import Any

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.http.request.form_body import FormBody
from onestop.language import Words, translated
from onestop.staff.forms.entrance import enter
from onestop.staff.forms.relying_party import ADD, new_challenge, relying_party
from onestop.staff.forms.sign_in import PASSWORDS, WRONG
from onestop.staff.handler import CONFIRM, StaffHandler
from onestop.staff.officer import Role
from onestop.staff.proof.passkey import registration_options
from onestop.staff.proof.password import is_acceptable
from onestop.store.database import Transaction
from onestop.store.tables.staff import officer_codes, officers, openid_accounts, passkeys, staff_sessions

ACCOUNT = "/desk/account"


def role_name(role: Role, words: Words) -> str:
    names = {
        Role.OFFICER: words("Officer"),
        Role.TEAM_LEAD: words("Team lead"),
        Role.AUTHOR: words("Author"),
        Role.ADMINISTRATOR: words("Administrator"),
    }
    return names[role]


class ConfirmedHandler(StaffHandler, ABC):
    """Answers forms only of an officer who has proved recently who they are."""

    async def post(self, form: FormBody) -> web.StreamResponse:
        if not self.confirmed:
            return self.to(f"{CONFIRM}?back={ACCOUNT}")
        return await self.change(form)

    @abstractmethod
    async def change(self, form: FormBody) -> web.StreamResponse:
        """Do what the form asks."""


class Account(StaffHandler):
    """The page /desk/account."""

    async def get(self) -> web.Response:
        return await account_page(self)


async def account_page(handler: StaffHandler, error: str = "", status: int = 200, **more: object) -> web.Response:
    """Return the account page of the officer who asks."""
    row, words, now = handler.signed_in.row, handler.words, handler.now
    issuer = handler.parts.settings.openid_issuer

    async def work(tx: Transaction) -> dict[str, Any]:
        return {
            "sessions": await staff_sessions.list_of(tx, row.id, now),
            "codes": await officer_codes.are_confirmed(tx, row.id),
            "passkeys": await passkeys.list_of(tx, row.id),
            "connected": bool(issuer) and await openid_accounts.is_connected(tx, issuer, row.id),
            "recovery_left": await officer_codes.recovery_left(tx, row.id),
        }

    found = await handler.database.read(work)
    names = handler.context.site.routes.names
    desks = [translated(names[desk], words.language) if desk in names else desk for desk in row.desks]
    ask = registration_options(relying_party(handler), new_challenge(handler, ADD), row, found["passkeys"])
    values = {
        "ask": ask,
        "openid": bool(issuer),
        "role": role_name(handler.officer.role, words),
        "desks": desks,
        "own": handler.signed_in.session.id,
    }
    return handler.page(
        "account.html", status=status, error=error, row=row, confirmed=handler.confirmed, **(found | values | more)
    )


class ChangePassword(ConfirmedHandler):
    """The form that changes the password, and ends every other session."""

    async def change(self, form: FormBody) -> web.StreamResponse:
        row, chosen = self.signed_in.row, form.first("password")
        if not is_acceptable(chosen, row.sign_in):
            return await account_page(self, self.words("This password is too short or too easy to guess."), WRONG)
        if chosen != form.first("again"):
            return await account_page(self, self.words("The two passwords are not the same."), WRONG)
        hashed = await PASSWORDS.hash(chosen)
        session = self.signed_in.session

        async def work(tx: Transaction) -> None:
            await officers.set_password(tx, row.id, hashed, self.now)
            await officers.mark_changed(tx, row.id, self.now)
            await staff_sessions.end_all(tx, row.id, session.id)
            await record(tx, AuditEntry(row.id, AuditAction.CHANGE_CREDENTIAL, row.id, "password"), self.now)

        await self.database.run(work)
        fresh = await self.database.read(lambda tx: officers.find(tx, row.id))
        return await enter(self, fresh or row, "password", ACCOUNT, former=session)


class EndSession(StaffHandler):
    """The form that ends another session of the same officer."""

    async def post(self, form: FormBody) -> web.Response:
        officer, session = self.officer.id, form.first("session")

        async def work(tx: Transaction) -> None:
            if await staff_sessions.end(tx, officer, session):
                await record(tx, AuditEntry(officer, AuditAction.SIGN_OUT, session), self.now)

        await self.database.run(work)
        return self.to(ACCOUNT)
