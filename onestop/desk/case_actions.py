"""The forms of a case: each adds one event to it, unless the case has changed since the officer opened it."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.capability import WAKE
from onestop.casework.desk_case import ActionRefused, CaseEvent, DeskCase, EventKind
from onestop.casework.reference import grouped, parse_reference
from onestop.desk.assistance import NO, YES
from onestop.desk.case_page import CasePage, FormState
from onestop.desk.cases_handler import CASES
from onestop.desk.ticked_cases import colleagues_of
from onestop.http.request.form_body import FormBody
from onestop.journeys.values.recipient import MessageOccasion
from onestop.staff.officer import Permission
from onestop.staff.other_team import WrongReason, give_reason
from onestop.store.database import Transaction
from onestop.store.messages import queue
from onestop.store.tables import case_events, cases, desk_cases, events, outbox
from onestop.store.tables.staff import officers

MOST_TEXT = 2000
"""Characters of a text that an officer writes."""
FORMS: Mapping[str, EventKind] = {
    "take": "taken",
    "assign": "assigned",
    "move": "moved",
    "ask": "asked",
    "update": "updated",
    "note": "noted",
    "close": "closed",
    "reopen": "reopened",
}
"""The last segment of a form's address, and the event that it makes."""
OCCASIONS: Mapping[EventKind, MessageOccasion] = {"asked": "question", "updated": "update", "closed": "closed"}
"""The events of which the resident is told, if they gave an address to be told at."""
CONFLICT, REFUSED = 409, 422
ActOnCase = Callable[[Transaction, DeskCase], Awaitable[str]]
"""Acts on a case; returns the desk where it is afterwards."""


class Conflict(Exception):
    """The case has changed since the officer opened it."""


class CaseForm(CasePage):
    """The form /desk/case/<case>/<desk>/<action>."""

    needs = Permission.HANDLE_CASES

    async def get(self) -> web.StreamResponse:
        return self._to_case(self.segment(1))

    async def post(self, form: FormBody) -> web.StreamResponse:
        action = self.segment(2)
        if action not in FORMS:
            raise web.HTTPNotFound
        if reply := form.first("reply"):
            return await self._inserted(action, form, reply)
        event = self._event(FORMS[action], form)
        if (
            event.kind == "assigned"
            and event.subject != self.officer.id
            and not self.officer.may(Permission.ASSIGN_CASES)
        ):
            raise web.HTTPForbidden
        return await self.act(action, form, lambda tx, case: self._apply(tx, case, event))

    async def _inserted(self, action: str, form: FormBody, name: str) -> web.Response:
        """Return the page with a canned reply below what was typed, in the resident's language. Nothing is done yet."""
        replies = self.context.site.local.replies
        reply = next((one for one in replies if one.name == name and action in one.forms), None)
        if reply is None:
            raise web.HTTPNotFound

        async def work(tx: Transaction) -> str:
            at_desk = await self.own_case(tx)
            case = await cases.get(tx, at_desk.case)
            language = case.language if case else self.words.language
            values = {
                "reference": grouped(at_desk.reference), "officer": self.officer.name,
                "service": self.service_name(at_desk.journey, language), "desk": self.desk_name(at_desk.desk, language),
            }  # fmt: skip
            return reply.text_in(language, values)

        text = "\n\n".join(filter(None, (form.first("text").strip(), await self.database.read(work))))
        return await self.shown(FormState(action, {"text": text, "subject": form.first("subject")}), 200)

    async def act(self, action: str, form: FormBody, work: ActOnCase) -> web.Response:
        """Run `work` on the case as the officer saw it. What was typed is shown again if that was refused or came too late."""
        seen = form.first("version")

        async def whole(tx: Transaction) -> str:
            case = await self.own_case(tx)
            if seen != str(case.version):
                raise Conflict
            return await work(tx, case)

        typed = {name: values[0] for name, values in form.fields.items() if values and name not in ("token", "version")}
        try:
            desk = await self.database.run(whole)
        except Conflict:
            return await self.shown(FormState(action, typed, conflict=True), CONFLICT)
        except ActionRefused as why:
            return await self.shown(FormState(action, typed, error=str(why)), REFUSED)
        self.context.request.app[WAKE]()
        return self._to_case(desk)

    async def _apply(self, tx: Transaction, case: DeskCase, event: CaseEvent) -> str:
        """Add the event, tell the resident, and return the desk where the case is now."""
        if event.kind == "moved" and (
            event.subject not in self.context.site.routes.names or await desk_cases.find(tx, case.case, event.subject)
        ):
            raise ActionRefused(self.words("Choose a team that does not have this case yet."))
        if event.kind == "assigned" and event.subject not in dict(
            colleagues_of(await officers.list_all(tx), case.desk)
        ):
            raise ActionRefused(self.words("Choose a colleague of this team."))
        changed = await self.add_event(tx, case, event)
        occasion = OCCASIONS.get(event.kind)
        if occasion:
            about = f"{case.desk}-{changed.version}"
            await queue.enqueue(tx, case.case, occasion, self.now, about=about, values={"text": event.text})
        return changed.desk

    async def add_event(self, tx: Transaction, case: DeskCase, event: CaseEvent) -> DeskCase:
        """Add one event and record it in the audit log. Raises Conflict."""
        changed = await case_events.apply(tx, case, event)
        if changed is None:
            raise Conflict
        audited = AuditEntry(self.officer.id, AuditAction.CHANGE, case.case, fields=(event.kind,))
        await record(tx, audited, self.now)
        return changed

    def _event(self, kind: EventKind, form: FormBody) -> CaseEvent:
        text = form.first("text").replace("\r\n", "\n").strip()[:MOST_TEXT]
        return CaseEvent(kind, self.now, self.officer.id, form.first("subject")[:64], text)

    def _to_case(self, desk: str) -> web.Response:
        own = desk in self.officer.desks
        return self.to(f"{CASES}/{self.segment(0)}/{desk}" if own else "/desk")


class MergeForm(CaseForm):
    """The form that joins the case to another one, which takes its place."""

    async def post(self, form: FormBody) -> web.StreamResponse:
        survivor = form.first("subject") or form.first("reference")
        return await self.act("merge", form, lambda tx, case: self._merge(tx, case, survivor))

    async def _merge(self, tx: Transaction, case: DeskCase, survivor: str) -> str:
        other = await self._survivor(tx, case, survivor)
        pair = (
            (case, CaseEvent("merged", self.now, self.officer.id, other.case)),
            (other, CaseEvent("joined", self.now, self.officer.id, case.case)),
        )
        # Always in the order of ids: two officers who merge two cases into each other wait for one another, and one is refused.
        for one, event in sorted(pair, key=lambda both: both[0].case):
            await self.add_event(tx, one, event)
        await queue.enqueue(tx, case.case, "closed", self.now, about=f"{case.desk}-merged", values={"text": ""})
        return case.desk

    async def _survivor(self, tx: Transaction, case: DeskCase, named: str) -> DeskCase:
        """Return the open case of the same desk by its id or reference. Raises ActionRefused."""
        reference = parse_reference(named)
        listed = await desk_cases.with_reference(tx, reference) if reference else ()
        by_reference = next((one.case for one in listed if one.case.desk == case.desk), None)
        found = by_reference or await desk_cases.find(tx, named, case.desk)
        if found is None or not found.is_open or found.case == case.case:
            raise ActionRefused(self.words("There is no other open case of this team with that reference."))
        return found


class OutcomeForm(CaseForm):
    """The form that says, once, whether the case was resolved at first contact. It is counted in the published figures."""

    async def post(self, form: FormBody) -> web.StreamResponse:
        outcome = form.first("subject")
        return await self.act("outcome", form, lambda tx, case: self._note(tx, case, outcome))

    async def _note(self, tx: Transaction, case: DeskCase, outcome: str) -> str:
        if outcome not in (YES, NO) or not await desk_cases.set_outcome(tx, case.case, outcome):
            raise ActionRefused(self.words("The outcome of the first contact is noted already."))
        await events.first_contact(tx, case.journey, case.channel, case.case, self.now, resolved=outcome == YES)
        await record(tx, AuditEntry(self.officer.id, AuditAction.CHANGE, case.case, fields=("outcome",)), self.now)
        return case.desk


class RetryForm(CaseForm):
    """The form that makes a delivery again."""

    needs = Permission.RETRY_DELIVERIES

    async def post(self, form: FormBody) -> web.StreamResponse:
        destination = form.first("subject")
        return await self.act("retry", form, lambda tx, case: self._retry(tx, case, destination))

    async def _retry(self, tx: Transaction, case: DeskCase, destination: str) -> str:
        entries = await outbox.entries_of_case(tx, case.case)
        found = next((one for one in entries if (one.desk, one.destination) == (case.desk, destination)), None)
        if found is None or found.progress not in ("refused", "given up"):
            raise ActionRefused(self.words("This delivery has not failed."))
        await outbox.reopen(tx, found, self.now)
        await record(tx, AuditEntry(self.officer.id, AuditAction.RETRY, case.case), self.now)
        changed = await self.add_event(tx, case, CaseEvent("retried", self.now, self.officer.id, destination))
        return changed.desk


class ResendForm(CaseForm):
    """The form that sends a failed message to the resident again."""

    needs = Permission.RETRY_DELIVERIES

    async def post(self, form: FormBody) -> web.StreamResponse:
        message = form.first("subject")
        return await self.act("resend", form, lambda tx, case: self._resend(tx, case, message))

    async def _resend(self, tx: Transaction, case: DeskCase, message: str) -> str:
        about = await queue.entries_of(tx, case.case)
        failed = any(one.id == message and one.state == "failed" for one in about)
        if not failed or not await queue.reopen(tx, message, self.now):
            raise ActionRefused(self.words("This message has not failed."))
        await record(tx, AuditEntry(self.officer.id, AuditAction.RETRY, case.case, fields=("message",)), self.now)
        return case.desk


class ReasonForm(CasePage):
    """The form that says why an officer reads a case of another team. The reason is kept."""

    needs = Permission.READ_OTHER_TEAMS

    async def post(self, form: FormBody) -> web.StreamResponse:
        case, code, text = self.segment(0), form.first("subject"), form.first("text")
        try:
            await self.database.run(lambda tx: give_reason(tx, self.officer, case, code, text, self.now))
        except WrongReason:
            error = self.words("Choose a reason and write at least ten letters.")
            return self.reason_page(text, error, REFUSED)
        return self.to(f"{CASES}/{case}/{self.segment(1)}")
