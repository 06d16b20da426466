"""Submit a draft: exactly one case is made of it, even if the form is sent several times."""

from collections.abc import Mapping
from datetime import UTC, datetime

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.casework.case import UNASSISTED, Assistance, Case, Receipt, Submission
from onestop.casework.promise import promised_by
from onestop.casework.second_fact import fact_digits
from onestop.casework.tracking_token import OF_FOLLOWED, TRACKED
from onestop.casework.whereabouts import whereabouts_in
from onestop.catalogue.catalogue import TRACKING
from onestop.forms.earlier_report import EARLIER, SEND, earlier_report
from onestop.forms.received_form import CHANCE, ReceivedForm
from onestop.forms.views import gone_screen
from onestop.journeys.paths.paths import presses_of
from onestop.journeys.screens.receipt import receipt_of
from onestop.journeys.values.answer import SKIPPED, is_thin
from onestop.journeys.values.form_values import DO
from onestop.journeys.walk.payload import SubmissionDetails as Sending
from onestop.journeys.walk.payload import payload
from onestop.journeys.walk.reusable_answers import reusable_answers
from onestop.journeys.walk.walk import Walk, walk
from onestop.messages.promised_messages import store_contact, with_promise
from onestop.screen import Screen
from onestop.site.context import Redirect
from onestop.site.session_lifetime import DAY
from onestop.store.database import Transaction
from onestop.store.encryption.address_token import make_address_token
from onestop.store.tables import cases, drafts, prefill
from onestop.store.tables.drafts import Draft


class Incomplete(Exception):
    """Questions remain, or the path ends in a stop: nothing may be submitted."""


async def submit_or_follow(form: ReceivedForm) -> Screen | Redirect:
    """Return what `submit` does, or redirect to the question whether to follow an earlier report instead."""
    visit = form.visit
    found = await form.database.read(lambda tx: earlier_report(tx, visit)) if visit.walk.journey.done.follow else None
    return Redirect(form.step.at(EARLIER)) if found else await submit(form)


async def submit(form: ReceivedForm) -> Screen | Redirect:
    """Make the case and redirect to its receipt. Raises DraftMismatch."""
    visit, step = form.visit, form.step
    draft = form.body.first("draft") or (visit.draft.id if visit.draft else "")
    if visit.session is None or not draft:
        return Redirect(step.at(""))
    session = visit.session.id

    made: list[Walk] = []

    def build(found: Draft, reference: str) -> Submission:
        submission, way = _made(form, found, reference)
        made.append(way)
        return submission

    async def work(tx: Transaction) -> Receipt | None:
        made.clear()
        receipt = await cases.submit(tx, session, draft, build, chance=CHANCE, now=visit.now)
        if receipt and made:
            await store_contact(tx, receipt.case, made[-1], visit.now)
            await _record(tx, form, receipt.case)
        if receipt and visit.draft and visit.draft.id == draft:
            # Offer the answers again in the next journey of this session.
            await prefill.save(tx, session, reusable_answers(visit.walk), visit.now)
        return receipt

    try:
        receipt = await form.database.run(work)
    except Incomplete:
        return Redirect(step.at(""))
    if made:
        form.counter.finished[form.counted_as] += 1
    return Redirect(step.at("done")) if receipt else gone_screen(visit, form.around)


async def _record(tx: Transaction, form: ReceivedForm, case: str) -> None:
    """Record in the audit log that an officer sent a case for its resident, if one did."""
    if helper := form.visit.helper:
        await record(tx, AuditEntry(helper, AuditAction.ASSIST, case, form.contact_channel), form.visit.now)


async def follow_or_send(form: ReceivedForm) -> Screen | Redirect:
    """Answer the question whether to follow an earlier report: send this one as well, or erase it and redirect to that."""
    return await (submit if form.body.first(DO) == SEND else follow)(form)


async def follow(form: ReceivedForm) -> Redirect:
    """Erase the draft and redirect to the earlier report, as its followers see it."""
    visit = form.visit

    async def work(tx: Transaction) -> Case | None:
        found = await earlier_report(tx, visit)
        if found and visit.session and visit.draft:
            await drafts.discard(tx, visit.session.id, visit.draft.id, visit.now, given_up=False)
        return found

    found = await form.database.run(work)
    if found is None:
        return Redirect(form.step.at("check" if visit.draft else ""))
    token = make_address_token(form.database.keys, TRACKED, OF_FOLLOWED + found.id, visit.visitor.secret, visit.now)
    return Redirect(f"{TRACKING}/{token}")


def _made(form: ReceivedForm, draft: Draft, reference: str) -> tuple[Submission, Walk]:
    """Return the case of a draft as it is now, in the default language, and its walk. Raises Incomplete or DraftMismatch."""
    form.check(draft)
    visit = form.visit
    # The walk is a large part of the cost of a submission: reuse it if the draft has not changed.
    way = visit.walk if draft == visit.draft else walk(visit.journey, draft.answers, form.channel, visit.today)
    if not way.complete:
        raise Incomplete
    sent = Sending(reference, datetime.fromtimestamp(visit.now, UTC), form.contact_channel, draft.language)
    body = payload(way, sent, form.official, form.words)
    pictures = tuple(str(one["photo"]) for one in _listed(body.get("files")) if "photo" in one)
    shown = with_promise(receipt_of(way, form.around, form.channel), way, form.words, form.sent_by)  # type: ignore[arg-type]
    deliveries = form.routes.deliveries(way.journey.done.send)
    submission = Submission(
        body, deliveries, way.journey.keeps_case * DAY, shown, pictures, _second_fact(way), whereabouts_in(way),  # type: ignore[arg-type]
        promised_by(visit.now, form.words.zone, way.journey.done.working_days, form.holidays),
        assistance=Assistance(visit.helper, form.contact_channel) if visit.helper else UNASSISTED,
        presses=0 if visit.helper else presses_of(way, form.means, draft.revision),
    )  # fmt: skip
    return submission, way


def _second_fact(way: Walk) -> str:
    """Return the answer that finds the case again, as digits; "" if none does."""
    given = ((way.ask_on_path(name), way.answers.get(name)) for name in way.journey.done.track)
    facts = (
        ask.kind.second_fact(answer) for ask, answer in given if ask and answer is not SKIPPED and not is_thin(answer)
    )
    return next(filter(None, map(fact_digits, facts)), "")


def _listed(files: object) -> list[Mapping[str, object]]:
    return [one for one in files if isinstance(one, Mapping)] if isinstance(files, list) else []
