"""The home screen of a household that has told its address: its next collection and its alert come before everything else."""

import re
from collections.abc import Sequence
from dataclasses import replace

from aiohttp import web

from onestop.capability import DATABASE, Capability, Parts
from onestop.catalogue.catalogue import AREA, AREA_NUMBER
from onestop.catalogue.screens.home import home_screen
from onestop.http.request.home_cookie import OWN_HOME
from onestop.lookup.remembered import RememberedHome
from onestop.my_area.announcements import street_alerts
from onestop.my_area.area_screen import day_name, say_bins
from onestop.notices.screens import today_of
from onestop.places.gazetteer.reader import NoGazetteer
from onestop.places.notices.notice import NoticeBoard
from onestop.places.premises import LocatedPremises
from onestop.screen import Alert, Screen
from onestop.site.context import RequestContext

READS = ("GET", "HEAD")
SENTENCE = re.compile(r".+?[.!?](?=\s|$)")


async def own_home(context: RequestContext, parts: Parts) -> web.StreamResponse:
    """Return the home screen; the usual one over plain HTTP, or if the home was forgotten."""
    if context.request.method not in READS:
        raise web.HTTPMethodNotAllowed(context.request.method, READS)
    remembered = RememberedHome(context, context.request.app[DATABASE])
    home = await remembered.find() if context.private else None
    rounds: Sequence[str] = ()
    there: LocatedPremises | None = None
    try:
        if home:
            rounds, there = await parts.gazetteer.rounds_of(home.uprn), await parts.gazetteer.find(home.uprn)
    except NoGazetteer:
        there = None
    screen = own_home_screen(context, there, rounds, parts.notices)
    response = parts.private.show(context, replace(screen, personal=home is not None))
    if context.private and remembered.token and (home is None or home.stale):
        remembered.set_cookie(response, remembered.token if home else "")
    return response


def own_home_screen(
    context: RequestContext, home: LocatedPremises | None, rounds: Sequence[str], board: NoticeBoard
) -> Screen:
    """Return the home screen, with the next collection as its title, and the alert of the household's street beside the council's."""
    words = context.words
    usual = home_screen(context.site.catalogue, words, context.now, area=True)
    today = today_of(context)
    coming = context.site.local.schedule.next_days(rounds, today, 1)
    title = f"{day_name(coming[0].day, today, words)}: {say_bins(coming[0].bins, words)}" if coming else usual.title
    alert = _household_alert(context, home, rounds, board, usual.alert) if home else usual.alert
    return replace(usual, title=title, alert=alert, address=OWN_HOME)


def _household_alert(
    context: RequestContext, home: LocatedPremises, rounds: Sequence[str], board: NoticeBoard, usual: Alert | None
) -> Alert | None:
    """Return the first sentence of the household's first alert after the council's own, leading to My area, which has them in full."""
    first = next(street_alerts(context, home, rounds, board), None)
    if first is None:
        return usual
    text = "".join(run.text for run in first)
    found = SENTENCE.match(text)
    title = found[0] if found else text
    return Alert(f"{usual.title} {title}" if usual else title, "", AREA, AREA_NUMBER)


CAPABILITY = Capability("home of a household", answers={OWN_HOME: own_home})
