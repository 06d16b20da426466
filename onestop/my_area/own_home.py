"""The home screen of a household that has told its address: its next collection comes before everything else."""

from aiohttp import web

from onestop.capability import DATABASE, Capability, Parts
from onestop.http.request.home_cookie import OWN_HOME
from onestop.lookup.remembered import RememberedHome
from onestop.my_area.area_screen import own_home_screen
from onestop.places.gazetteer.reader import NoGazetteer
from onestop.site.context import RequestContext

READS = ("GET", "HEAD")


async def own_home(context: RequestContext, parts: Parts) -> web.StreamResponse:
    """Return the home screen; the usual one over plain HTTP, or if the home was forgotten."""
    if context.request.method not in READS:
        raise web.HTTPMethodNotAllowed(context.request.method, READS)
    remembered = RememberedHome(context, context.request.app[DATABASE])
    home = await remembered.find() if context.private else None
    try:
        rounds = await parts.gazetteer.rounds_of(home.uprn) if home else ()
    except NoGazetteer:
        rounds = ()
    response = parts.private.show(context, own_home_screen(context, rounds, known=home is not None))
    if context.private and remembered.token and (home is None or home.stale):
        remembered.set_cookie(response, remembered.token if home else "")
    return response


CAPABILITY = Capability("home of a household", answers={OWN_HOME: own_home})
