"""An open report of the same thing, which a resident may follow instead of sending theirs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from onestop.casework.case import Case, Json
from onestop.casework.whereabouts import whereabouts_in
from onestop.forms.visit import Visit
from onestop.journeys.screens.context import ScreenContext, journey_screen, unsent_address
from onestop.journeys.values.form_values import DO
from onestop.screen import Button, Form, Paragraph, Run, Screen
from onestop.site.context import Redirect
from onestop.site.session_lifetime import DAY
from onestop.store.database import Database, Transaction
from onestop.store.tables import cases, desk_cases

EARLIER, SEND = "earlier", "send"
"""The step that asks whether to follow it, and the value of the button that sends the new report as well."""
RECENT = 30 * DAY
MOST_COMPARED = 10


async def earlier_report(tx: Transaction, visit: Visit) -> Case | None:
    """Return the first recent open report from the same place with the same answers to the asks of `follow`, or None."""
    way, done = visit.walk, visit.walk.journey.done
    if not done.follow or not way.complete:
        return None
    place, since = whereabouts_in(way), visit.now - RECENT
    wanted = [way.answers.get(name) for name in done.follow]
    for case in await desk_cases.reported_around(tx, done.send[0], way.journey.name, place, since, MOST_COMPARED):
        found = await cases.get(tx, case)
        if found and [_values(found.payload).get(name) for name in done.follow] == wanted:
            return found
    return None


def _values(payload: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return the answers of a case by their asks."""
    answers = payload.get("answers")
    listed = answers if isinstance(answers, list) else []
    return {str(one["ask"]): one.get("value") for one in listed if isinstance(one, Mapping)}


async def earlier_view(database: Database, visit: Visit, around: ScreenContext) -> Screen | Redirect:
    """Return the question whether to follow it, or a redirect if there is no such report any more."""
    found = await database.read(lambda tx: earlier_report(tx, visit))
    return (
        _earlier_screen(found, visit, around)
        if found
        else Redirect(around.address("check") if visit.draft else around.here)
    )


def _earlier_screen(report: Case, visit: Visit, around: ScreenContext) -> Screen:
    words = around.words
    day = words.date(datetime.fromtimestamp(report.submitted, words.zone).date())
    text = words(
        "Somebody told us of the same thing on {day}. You can follow their report and see how far it is.", day=day
    )
    form = Form(
        around.address(EARLIER), words("Follow that one"),
        hint=words("Then nothing of yours is sent, and your answers are erased."),
        hidden=around.hidden, also=(Button(DO, SEND, words("Send mine as well"), "send"),),
    )  # fmt: skip
    title = words("Follow that one?")
    screen = journey_screen(around, title, (Paragraph((Run(text),), lead=True), form), around.address(EARLIER), "check")
    return replace(screen, unsent=unsent_address(visit.walk, around))
