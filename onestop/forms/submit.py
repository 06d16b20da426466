"""How a draft is sent: a case made of it, once however often it is asked for."""

from collections.abc import Mapping
from datetime import UTC, datetime

from onestop.casework.case import Receipt, Submission
from onestop.forms.private_page import Go
from onestop.forms.received_form import CHANCE, Taken
from onestop.forms.views import gone_screen
from onestop.forms.visit import DAY
from onestop.journeys.screens.endings import done_text
from onestop.journeys.walk.payload import SubmissionDetails as Sending
from onestop.journeys.walk.payload import payload
from onestop.journeys.walk.reusable_answers import reusable_answers
from onestop.journeys.walk.walk import walk
from onestop.screen import Screen
from onestop.store.database import Transaction
from onestop.store.tables import cases, prefill
from onestop.store.tables.drafts import Draft


class Incomplete(Exception):
    """There is something left to ask, or the path stops: nothing may be sent."""


async def submit(taken: Taken) -> Screen | Go:
    """Make the case; only what is complete is sent. Raises `Mismatch`."""
    held, around = taken.held, taken.around
    draft = taken.sent.first("draft") or (held.draft.id if held.draft else "")
    if held.session is None or not draft:
        return Go(around.here)
    session = held.session.id

    async def work(tx: Transaction) -> Receipt | None:
        receipt = await cases.submit(
            tx, session, draft, lambda d, ref: _made(taken, d, ref), chance=CHANCE, now=held.now
        )
        if receipt and held.draft and held.draft.id == draft:
            # What was told once is offered in the next journey of this visit.
            await prefill.save(tx, session, reusable_answers(held.walk), held.now)
        return receipt

    try:
        receipt = await taken.database.run(work)
    except Incomplete:
        return Go(around.here)
    return Go(around.address("done")) if receipt else gone_screen(held, around)


def _made(taken: Taken, draft: Draft, reference: str) -> Submission:
    """The case of a draft as it is now, in the default language; raises `Incomplete` or `Mismatch`."""
    taken.check(draft)
    held = taken.held
    # Walked once for what is mostly the same draft still: it is a good part of what a submission costs.
    way = held.walk if draft == held.draft else walk(held.journey, draft.answers, taken.channel, held.today)
    if not way.complete:
        raise Incomplete
    sent = Sending(reference, datetime.fromtimestamp(held.now, UTC), taken.channel, draft.language)
    body = payload(way, sent, taken.official)
    pictures = tuple(str(one["photo"]) for one in _listed(body.get("files")) if "photo" in one)
    shown = {"said": done_text(way, taken.around)}
    deliveries = taken.routes.deliveries(way.journey.done.send)
    return Submission(body, deliveries, way.journey.keeps_case * DAY, shown, pictures)  # type: ignore[arg-type]


def _listed(files: object) -> list[Mapping[str, object]]:
    return [one for one in files if isinstance(one, Mapping)] if isinstance(files, list) else []
