"""The forms of the banner: show one on every screen, take it down, and take down or show again what alert.yaml says."""

from datetime import date

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.desk.alert_board import refresh_alerts
from onestop.desk.content_page import ContentPage
from onestop.http.request.form_body import FormBody
from onestop.staff.officer import Permission
from onestop.store.database import Transaction
from onestop.store.tables.staff import desk_alerts

CONTENT = "/desk/content"
LONGEST_TITLE, LONGEST_TEXT = 80, 200
"""Characters of a banner: it must fit a television's screen above everything else."""


class AlertRefused(Exception):
    """Why a banner cannot be shown: a sentence for the officer."""


class AlertForms(ContentPage):
    """The page /desk/content and the forms below it: /show, /end, /hide and /restore."""

    async def get(self) -> web.StreamResponse:
        return self.to(CONTENT) if self.segments else await super().get()

    async def post(self, form: FormBody) -> web.StreamResponse:
        if not self.officer.may(Permission.EDIT_CONTENT):
            raise web.HTTPForbidden
        action = self.segment(0)
        actions = {"show": self._show, "end": self._end, "hide": self._hide, "restore": self._restore}
        if action not in actions:
            raise web.HTTPNotFound

        async def work(tx: Transaction) -> None:
            subject = await actions[action](tx, form)
            await record(
                tx, AuditEntry(self.officer.id, AuditAction.CHANGE, subject, fields=(f"alert-{action}",)), self.now
            )

        try:
            await self.database.run(work)
        except AlertRefused as why:
            typed = {name: values[0] for name, values in form.fields.items() if values and name != "token"}
            return await self.shown(typed, str(why), 422)
        await refresh_alerts(self.parts.sites, self.database, self.today)
        return self.to(CONTENT)

    async def _show(self, tx: Transaction, form: FormBody) -> str:
        languages = self.context.site.catalogue.languages
        titles = {code: text for code in languages if (text := one_line(form.first(f"title.{code}")))}
        texts = {code: text for code in languages if (text := one_line(form.first(f"text.{code}")))}
        if languages[0] not in titles or len(titles) < min(2, len(languages)):
            raise AlertRefused(self.words("Write the banner in the council's languages."))
        if any(len(one) > LONGEST_TITLE for one in titles.values()) or any(
            len(one) > LONGEST_TEXT for one in texts.values()
        ):
            raise AlertRefused(self.words("That is too long for a television."))
        target, last_day = self._target(form.first("number")), self._last_day(form.first("until"))
        return await desk_alerts.add(tx, self.officer.id, titles, texts, target, last_day, self.now)

    def _target(self, number: str) -> str:
        """Return the address of the service with a number, "" without one. Raises AlertRefused."""
        found = self.context.site.catalogue.numbered(number.strip()) if number.strip() else None
        if number.strip() and found is None:
            raise AlertRefused(self.words("There is no service with that number."))
        return found.address if found else ""

    def _last_day(self, typed: str) -> str:
        """Return the last day as an ISO date, or "". Raises AlertRefused for a day that is over."""
        try:
            day = date.fromisoformat(typed.strip()) if typed.strip() else None
        except ValueError:
            raise AlertRefused(self.words("Write the last day as year, month and day: 2026-12-01.")) from None
        if day and day < self.today:
            raise AlertRefused(self.words("The last day is over."))
        return day.isoformat() if day else ""

    async def _end(self, tx: Transaction, form: FormBody) -> str:
        alert = form.first("alert")
        if not await desk_alerts.end(tx, alert, self.now):
            raise AlertRefused(self.words("That banner is down already."))
        return alert

    def _digest(self, form: FormBody) -> str:
        digest = form.first("alert")
        if digest not in {one.digest for one in self.parts.sites.alerts_of_files}:
            raise AlertRefused(self.words("The file says something else by now."))
        return digest

    async def _hide(self, tx: Transaction, form: FormBody) -> str:
        await desk_alerts.hide(tx, self._digest(form), self.officer.id, self.now)
        return self._digest(form)

    async def _restore(self, tx: Transaction, form: FormBody) -> str:
        await desk_alerts.restore(tx, self._digest(form))
        return self._digest(form)


def one_line(text: str) -> str:
    """Return a text with each run of white space and control characters as one space."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
