"""The page of one case: what was sent, where it is, what happened, and the forms to work on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.casework.case import Case, Json
from onestop.casework.desk_case import CLOSING_REASONS, DeskCase
from onestop.casework.reference import grouped
from onestop.desk.case_map import point_of_case
from onestop.desk.cases_handler import CASES, CasesHandler
from onestop.desk.history import history_lines
from onestop.desk.ticked_cases import colleagues_of
from onestop.http.request.form_body import FormBody
from onestop.language import translated
from onestop.messages.replies_file import FORMS
from onestop.messages.status_lines import status_lines
from onestop.staff.handler import CONFIRM
from onestop.staff.officer import Permission
from onestop.staff.other_team import may_read_answers, reason_texts
from onestop.store.database import Transaction
from onestop.store.messages import queue
from onestop.store.tables import case_events, cases, desk_cases, outbox
from onestop.store.tables.staff import case_viewers, officers

MOST_NEAR = 8


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """One answer as the resident's desk reads it; `own` is in the resident's own language, or ""."""

    question: str
    said: str
    own: str


@dataclass(frozen=True, slots=True)
class FormState:
    """What a page shows of a form that was not accepted: what was typed, and why. `conflict`: the case has changed meanwhile."""

    action: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    conflict: bool = False


UNSENT = FormState()


class CasePage(CasesHandler):
    """The page /desk/case/<case>/<desk>."""

    async def get(self) -> web.StreamResponse:
        if self.segment(1) not in self.officer.desks and self.officer.may(Permission.READ_OTHER_TEAMS):
            if not self.confirmed:
                return self._to_prove(CONFIRM)
            if not await self.database.read(self._has_reason):
                return self.reason_page("", "", 403)
        return await self.shown(UNSENT, 200)

    async def _has_reason(self, tx: Transaction) -> bool:
        return await may_read_answers(tx, self.officer, self.segment(0), (self.segment(1),), self.now)

    def reason_page(self, text: str, error: str, status: int) -> web.Response:
        """Return the form that asks why another team's case is read. It is the same whether there is such a case."""
        values = {"menu": (), "reasons": reason_texts(self.words), "text": text, "error": error}
        action = f"{CASES}/{self.segment(0)}/{self.segment(1)}/reason"
        return self.page("reason.html", status=status, action=action, **values)

    async def post(self, form: FormBody) -> web.StreamResponse:
        raise web.HTTPMethodNotAllowed("POST", ("GET", "HEAD"))

    async def shown(self, state: FormState, status: int) -> web.Response:
        """Return the page. Reading the case is recorded."""

        async def work(tx: Transaction) -> dict[str, object]:
            at_desk = await self.readable_case(tx)
            case = await cases.get(tx, at_desk.case)
            if case is None:
                raise web.HTTPNotFound
            await record(tx, AuditEntry(self.officer.id, AuditAction.READ, case.id), self.now)
            return await self._values(tx, at_desk, case)

        values = await self.database.run(work)
        case = values["case"]
        assert isinstance(case, Case)
        mapped = await point_of_case(self.parts.gazetteer, case.payload) is not None
        return self.page("case.html", status=status, state=state, grouped=grouped, mapped=mapped, **values)

    async def _values(self, tx: Transaction, at_desk: DeskCase, case: Case) -> dict[str, object]:
        """Return what the page shows."""
        names, rows = await officers.names(tx), await officers.list_all(tx)
        events = await case_events.of_case(tx, case.id)
        others = [one for one in await desk_cases.of_case(tx, case.id) if one.desk != at_desk.desk]
        helped = await desk_cases.assistance(tx, case.id, at_desk.desk)
        desks = {desk: self.desk_name(desk) for desk in self.context.site.routes.names}
        return {
            "case": case, "at_desk": at_desk, "menu": await self.menu(tx, at_desk.desk, None),
            "channel": self.channel_name(case.channel),
            "title": self.service_name(case.journey), "reference": grouped(case.reference),
            "answers": list(sent_answers(case.payload)), "photos": case.photos,
            "history": history_lines(events, self.words, names, desks), "officer_name": names.get(at_desk.officer, ""),
            "deliveries": [one for one in await outbox.entries_of_case(tx, case.id) if one.desk == at_desk.desk],
            "messages": status_lines(await queue.entries_of(tx, case.id), self.words),
            "others": [(self.desk_name(one.desk), one.state) for one in others],
            "near": await desk_cases.near(tx, at_desk, MOST_NEAR) if at_desk.is_open else (),
            "line": await desk_cases.line(tx, at_desk.case, at_desk.desk),
            "assistance": helped, "means": self.channel_name(helped.means), "names": names,
            "replies": self._replies(),
            "reasons": [(key, upper_first(self.words(text))) for key, text in CLOSING_REASONS.items()],
            "colleagues": colleagues_of(rows, at_desk.desk), "desks": sorted(desks.items(), key=lambda one: one[1]),
            "may_assign": self.officer.may(Permission.ASSIGN_CASES), "may_retry": self.officer.may(Permission.RETRY_DELIVERIES),
            "overdue": at_desk.is_open and at_desk.promised < self.now, "desk": self.desk_name(at_desk.desk),
            "live": f"/desk/live/{at_desk.desk}/{self.now}/{case.id}",
            "viewers": await case_viewers.viewers(tx, case.id, self.officer.id, self.now),
            "known": await self.known(tx, at_desk.desk),
        }  # fmt: skip

    def _replies(self) -> Mapping[str, list[tuple[str, str]]]:
        """Return the canned replies of each form, by name with their titles."""
        replies, language = self.context.site.local.replies, self.words.language
        return {
            form: [(one.name, translated(one.title, language)) for one in replies if form in one.forms]
            for form in FORMS
        }


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def sent_answers(payload: Mapping[str, Json]) -> Iterator[SentAnswer]:
    """Yield the answers of a case in order."""
    listed = payload.get("answers")
    for one in listed if isinstance(listed, Sequence) and not isinstance(listed, str) else ():
        if isinstance(one, Mapping):
            own = one.get("own_words")
            in_own = str(own.get("said", "")) if isinstance(own, Mapping) else ""
            yield SentAnswer(str(one.get("question", one.get("ask", ""))), str(one.get("said", "")), in_own)
