"""The page of an officer's own account: who they are, and their sessions."""

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.http.request.form_body import FormBody
from onestop.staff.handler import StaffHandler
from onestop.store.database import Transaction
from onestop.store.tables.staff import staff_sessions

ACCOUNT = "/desk/account"


class Account(StaffHandler):
    """The page /desk/account."""

    async def get(self) -> web.Response:
        sessions = await self.database.read(lambda tx: staff_sessions.list_of(tx, self.officer.id, self.now))
        return self.page("account.html", sessions=sessions, own=self.signed_in.session.id)


class EndSession(StaffHandler):
    """The form that ends another session of the same officer."""

    async def post(self, form: FormBody) -> web.Response:
        officer, session = self.officer.id, form.first("session")

        async def work(tx: Transaction) -> None:
            if await staff_sessions.end(tx, officer, session):
                await record(tx, AuditEntry(officer, AuditAction.SIGN_OUT, session), self.now)

        await self.database.run(work)
        return self.to(ACCOUNT)
