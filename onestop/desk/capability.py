"""The capability: everything below /desk/ that is not about the officer's own account."""

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from onestop.capability import Capability, Parts
from onestop.desk.alert_board import running
from onestop.desk.alert_forms import AlertForms
from onestop.desk.assistance import AssistPage
from onestop.desk.case_actions import CaseForm, MergeForm, OutcomeForm, ReasonForm, ResendForm, RetryForm
from onestop.desk.case_list import CaseList, FirstPage
from onestop.desk.case_map import CaseMap
from onestop.desk.case_page import CasePage
from onestop.desk.cases_handler import CasesHandler
from onestop.desk.changes import DeskChanges
from onestop.desk.photo import CasePhoto
from onestop.site.context import RequestContext

SPECIAL_FORMS: Mapping[str, type[CasesHandler]] = {
    "merge": MergeForm,
    "outcome": OutcomeForm,
    "retry": RetryForm,
    "resend": ResendForm,
    "reason": ReasonForm,
}
HANDLERS: Mapping[str, type[CasesHandler]] = {
    "list": CaseList,
    "photo": CasePhoto,
    "map": CaseMap,
    "live": DeskChanges,
    "content": AlertForms,
    "assist": AssistPage,
}
"""By the segment after /desk."""


async def answer(context: RequestContext, parts: Parts) -> web.StreamResponse:
    """Answer a request below /desk. Raises HTTPNotFound for an address that there is not."""
    return await _handler(context.address.neutral.split("/")[2:])(context, parts).respond()


def _handler(segments: list[str]) -> type[CasesHandler]:
    if not segments:
        return FirstPage
    if segments[0] == "case":
        action = segments[3] if len(segments) > 3 else ""
        return SPECIAL_FORMS.get(action, CaseForm if action else CasePage)
    if segments[0] not in HANDLERS:
        raise web.HTTPNotFound
    return HANDLERS[segments[0]]


TABLES = "case_events cases desk_cases events missed_words outbox photos sessions staff"
CAPABILITY = Capability(
    "desk",
    answers={"/desk": answer, "/desk/": answer},
    words=Path(__file__).parent,
    tables=frozenset(TABLES.split()),
    running=running,
)
