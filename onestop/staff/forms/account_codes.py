"""Time-based codes on the account page: begin, confirm with a first code, get new recovery codes, stop."""

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.http.request.form_body import FormBody
from onestop.staff.forms.account import ACCOUNT, ConfirmedHandler
from onestop.staff.forms.sign_in import WRONG
from onestop.staff.proof.one_time_code import code_address, grouped_code, new_recovery_codes, new_secret, step_of
from onestop.store.database import Transaction
from onestop.store.tables.staff import officer_codes


class BeginCodes(ConfirmedHandler):
    """Makes a secret and shows it; it counts only once the officer has sent a code of it."""

    async def change(self, form: FormBody) -> web.Response:
        return await self.show()

    async def show(self, error: str = "", status: int = 200) -> web.Response:
        row = self.signed_in.row

        async def work(tx: Transaction) -> str | None:
            found = await officer_codes.find(tx, row.id)
            if found is None:
                await officer_codes.begin(tx, row.id, secret := new_secret())
                return secret
            return None if found.confirmed else found.secret

        secret = await self.database.run(work)
        if secret is None:
            return self.to(ACCOUNT)
        council = self.context.site.catalogue.council.name(self.words.language)
        address = code_address(secret, row.sign_in, council)
        return self.page("codes.html", status=status, error=error, secret=secret, address=address)


class ConfirmCodes(BeginCodes):
    """Takes the first code of a new secret; from then on codes are asked for at sign-in."""

    async def change(self, form: FormBody) -> web.Response:
        officer = self.officer.id
        typed = "".join(form.first("code").split())

        async def work(tx: Transaction) -> list[str]:
            found = await officer_codes.find(tx, officer)
            step = step_of(found.secret, typed, self.now) if found and not found.confirmed else None
            if step is None or not await officer_codes.use_step(tx, officer, step):
                return []
            return await renew_recovery(tx, officer, self.now)

        codes = await self.database.run(work)
        if not codes:
            return await self.show(self.words("This code is wrong. Is the clock of your device right?"), WRONG)
        return self.page("recovery-codes.html", codes=list(map(grouped_code, codes)))


class RenewRecovery(ConfirmedHandler):
    """Makes new recovery codes; the former ones are void."""

    async def change(self, form: FormBody) -> web.Response:
        officer = self.officer.id

        async def work(tx: Transaction) -> list[str]:
            confirmed = await officer_codes.are_confirmed(tx, officer)
            return await renew_recovery(tx, officer, self.now) if confirmed else []

        codes = await self.database.run(work)
        return self.page("recovery-codes.html", codes=list(map(grouped_code, codes))) if codes else self.to(ACCOUNT)


class StopCodes(ConfirmedHandler):
    """Removes the secret and its recovery codes."""

    async def change(self, form: FormBody) -> web.Response:
        officer = self.officer.id

        async def work(tx: Transaction) -> None:
            await officer_codes.forget(tx, officer)
            await record(tx, AuditEntry(officer, AuditAction.CHANGE_CREDENTIAL, officer, "codes-stopped"), self.now)

        await self.database.run(work)
        return self.to(ACCOUNT)


async def renew_recovery(tx: Transaction, officer: str, now: int) -> list[str]:
    """Store new recovery codes of an officer; return them."""
    codes = new_recovery_codes()
    await officer_codes.set_recovery(tx, officer, codes)
    await record(tx, AuditEntry(officer, AuditAction.CHANGE_CREDENTIAL, officer, "codes"), now)
    return codes
