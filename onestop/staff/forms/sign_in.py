"""Sign in with a password, and sign out."""

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.http.request.form_body import FormBody
from onestop.staff.forms.entrance import enter
from onestop.staff.forms.relying_party import SIGN_IN, new_challenge, relying_party
from onestop.staff.handler import DeskHandler, StaffHandler
from onestop.staff.own_path import own_path
from onestop.staff.proof.device import device_cookie, known_device
from onestop.staff.proof.limits import password_limits
from onestop.staff.proof.passkey import authentication_options
from onestop.staff.proof.password import PasswordChecker, is_outdated
from onestop.staff.session import clear_staff_cookie
from onestop.store.database import Transaction
from onestop.store.tables.staff import attempts, officers, staff_sessions
from onestop.store.tables.staff.attempts import AttemptLimit
from onestop.store.tables.staff.officers import OfficerRow

PASSWORDS = PasswordChecker()
LONGEST_NAME = 64
WRONG, TOO_MANY = 403, 429


class SignIn(DeskHandler):
    """The page /desk/sign-in."""

    async def get(self) -> web.Response:
        return self.show("", own_path(self.context.request.query.get("back", "")))

    async def post(self, form: FormBody) -> web.Response:
        sign_in, back = form.first("name").strip().casefold()[:LONGEST_NAME], own_path(form.first("back"))
        row = await self.database.read(lambda tx: officers.find_by_sign_in(tx, sign_in))
        limits = self._limits(row, sign_in)
        wait = await self.database.run(lambda tx: attempts.reserve(tx, limits, self.now))
        if wait:
            return self._refuse_for_now(sign_in, back, wait)
        usable = row if row and self._is_usable(row) else None
        typed = form.first("password")
        if not await PASSWORDS.matches(usable.password if usable else "", typed) or usable is None:
            if row:
                refused = AuditEntry("-", AuditAction.REFUSE, row.id, "password")
                await self.database.run(lambda tx: record(tx, refused, self.now))
            return self.show(sign_in, back, self.words("This name and this password do not belong together."), WRONG)
        await self.database.run(lambda tx: attempts.forgive(tx, limits))
        if is_outdated(usable.password):
            fresh = await PASSWORDS.hash(typed)
            await self.database.run(lambda tx: officers.rehash_password(tx, usable.id, usable.password, fresh))
        return await enter(self, usable, "password", back, password_only=True)

    def _limits(self, row: OfficerRow | None, sign_in: str) -> tuple[AttemptLimit, ...]:
        request = self.context.request
        cookie = device_cookie(request, self.cookie.secure)
        device = known_device(self.database.keys, cookie, row) if row else ""
        return password_limits(request, self.parts.settings, sign_in, device)

    def _is_usable(self, row: OfficerRow) -> bool:
        """Return whether the password of an officer is accepted now."""
        if row.demonstration and not self.parts.settings.demo:
            return False
        return not row.one_time_until or self.now < row.one_time_until

    def _refuse_for_now(self, sign_in: str, back: str, wait: int) -> web.Response:
        text = self.words.count(
            "Too many attempts. Try again in {number} second.",
            "Too many attempts. Try again in {number} seconds.",
            wait,
        )
        response = self.show(sign_in, back, text, TOO_MANY)
        response.headers["Retry-After"] = str(wait)
        return response

    def show(self, name: str, back: str, error: str = "", status: int = 200) -> web.Response:
        """Return the page; `ask` is what a browser is asked to sign in with a passkey."""
        ask = authentication_options(relying_party(self), new_challenge(self, SIGN_IN))
        demonstration = self.parts.settings.demo
        return self.page(
            "sign-in.html",
            status=status,
            name=name,
            back=back,
            error=error,
            demonstration=demonstration,
            ask=ask,
            openid=bool(self.parts.settings.openid_issuer),
        )


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
