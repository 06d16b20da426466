"""Assisted service: an officer walks a journey for a resident at the counter or on the telephone, in a visit of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.casework.reference import grouped
from onestop.catalogue.catalogue import Service
from onestop.desk.cases_handler import CasesHandler
from onestop.http.request.form_body import FormBody
from onestop.http.request.visitor import Visitor, clear_session_cookie, set_session_cookie
from onestop.staff.officer import Permission
from onestop.staff.session import IDLE, WHOLE
from onestop.store.database import Transaction
from onestop.store.tables import cases, desk_cases, events, sessions
from onestop.store.tables.sessions import Session

ASSIST = "/desk/assist"
MEANS: Mapping[str, str] = {"telephone": "On the telephone", "counter": "At the counter"}
"""How officer and resident speak, each with its name: a msgid. They are the channels under which the case is counted."""
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class SentCase:
    """A case that was sent in this contact. `outcome` is that of the first contact: "yes", "no", or "" while it is not noted."""

    case: str
    title: str
    reference: str
    outcome: str
    address: str


class AssistPage(CasesHandler):
    """The page /desk/assist, and its forms /desk/assist/begin, /outcome and /end."""

    needs = Permission.ASSIST

    async def get(self) -> web.StreamResponse:
        if self.segments:
            return self.to(ASSIST)
        return await self._shown("", 200)

    async def post(self, form: FormBody) -> web.StreamResponse:
        actions = {"begin": self._begin, "outcome": self._outcome, "end": self._end}
        action = actions.get(self.segment(0))
        if action is None:
            raise web.HTTPNotFound
        return await action(form)

    async def _contact(self, tx: Transaction) -> Session | None:
        """Return the visit in which this officer helps a resident in this browser, or None."""
        who = self.context.visitor
        found = await sessions.look_up(tx, who.secret, self.now) if who.has_cookie else None
        return found if found and found.staff_session == self.signed_in.session.id else None

    async def _shown(self, error: str, status: int) -> web.Response:
        async def work(tx: Transaction) -> dict[str, object]:
            contact = await self._contact(tx)
            sent = [await self._sent(tx, one) for one in await cases.of_session(tx, contact.id)] if contact else []
            return {"menu": await self.menu(tx, "", None), "contact": contact, "sent": sent}

        values = await self.database.read(work)
        means = [(key, self.words(text)) for key, text in MEANS.items()]
        return self.page("assist.html", status=status, means=means, sections=self._sections(), error=error, **values)

    async def _sent(self, tx: Transaction, row: cases.CaseRow) -> SentCase:
        at_desks = await desk_cases.of_case(tx, row.id)
        own = next((one.desk for one in at_desks if one.desk in self.officer.desks), "")
        noted = [await desk_cases.assistance(tx, row.id, one.desk) for one in at_desks]
        outcome = next((one.outcome for one in noted if one.outcome), "")
        address = f"/desk/case/{row.id}/{own}" if own else ""
        return SentCase(row.id, self.service_name(row.journey), grouped(row.reference), outcome, address)

    def _sections(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the services that have a journey, by section, each as its address and title."""
        catalogue, journeys, language = self.context.site.catalogue, self.context.site.journeys, self.words.language
        found = [
            (one.title(language), [(s.address, s.title(language)) for s in one.services if s.journey in journeys])
            for one in catalogue.sections
        ]
        return [(title, services) for title, services in found if services]

    async def _begin(self, form: FormBody) -> web.StreamResponse:
        """Begin a visit of its own, so that nothing of another resident is in it, and redirect to the journey."""
        site, means = self.context.site, form.first("means")
        service, language = site.catalogue.find(form.first("service")), form.first("language")
        if means not in MEANS or not isinstance(service, Service) or service.journey not in site.journeys:
            return await self._shown(self.words("Choose how you speak with the resident, and a service."), 422)
        officer, staff_session = self.officer.id, self.signed_in.session.id

        async def work(tx: Transaction) -> str:
            if before := await self._contact(tx):
                await sessions.end(tx, before.id, self.now)
            secret, _ = await sessions.begin(tx, means, self.now, idle=IDLE, whole=WHOLE, staff_session=staff_session)
            await record(tx, AuditEntry(officer, AuditAction.ASSIST, purpose=means), self.now)
            return secret

        secret = await self.database.run(work)
        known = language if language in site.catalogue.languages else self.words.language
        there = replace(self.context.address, neutral=f"{service.address}/ask", language=known)
        headers = {"Location": site.addresses.write(there), "Cache-Control": "no-store"}
        response = web.Response(status=303, headers=headers)
        set_session_cookie(response, Visitor(secret, True, self.context.visitor.secure), None)
        return response

    async def _outcome(self, form: FormBody) -> web.StreamResponse:
        """Note, once, whether a case of this contact was resolved at first contact."""
        case, outcome = form.first("case"), form.first("outcome")

        async def work(tx: Transaction) -> None:
            contact = await self._contact(tx)
            sent = await cases.of_session(tx, contact.id) if contact else ()
            found = next((one for one in sent if one.id == case), None)
            if contact is None or found is None or outcome not in (YES, NO):
                raise web.HTTPNotFound
            if await desk_cases.set_outcome(tx, case, outcome):
                await events.first_contact(tx, found.journey, contact.channel, case, self.now, resolved=outcome == YES)
                audited = AuditEntry(self.officer.id, AuditAction.CHANGE, case, fields=("outcome",))
                await record(tx, audited, self.now)

        await self.database.run(work)
        return self.to(ASSIST)

    async def _end(self, form: FormBody) -> web.StreamResponse:
        """End the contact: erase the visit with what was not sent, here and in the browser."""

        async def work(tx: Transaction) -> None:
            if contact := await self._contact(tx):
                await sessions.end(tx, contact.id, self.now)

        await self.database.run(work)
        response = self.to(ASSIST)
        clear_session_cookie(response, self.context.visitor)
        return response
