"""End the visit on a shared device."""

import logging

from aiohttp import web

from onestop.capability import DATABASE, Capability, Parts
from onestop.http.request.visitor import is_own_link, is_prefetch, is_same_origin_link
from onestop.site.context import RequestContext
from onestop.store.database import Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables import sessions

READS = ("GET", "HEAD")
log = logging.getLogger("onestop")


async def leave(context: RequestContext, parts: Parts) -> web.StreamResponse:
    """End the session on a shared device: erase it here and in the browser, except a draft with an unused hand-over code.

    Raises HTTPForbidden for a prefetch. Nothing is erased for a link on another site.
    """
    request = context.request
    if request.method not in READS:
        raise web.HTTPMethodNotAllowed(request.method, READS)
    if is_prefetch(request):
        raise web.HTTPForbidden
    if request.method != "GET" or not context.channel.means.shared or not is_same_origin_link(request):
        return parts.private.leave(context, ended=False)

    shared = {channel.name for channel in parts.channels if channel.means.shared}
    # A link in a mail may lead here: it must not erase a draft, or the cookie of a first answer, on the reader's own device.
    ours = is_own_link(request)

    async def work(tx: Transaction) -> bool:
        session = await sessions.look_up(tx, context.visitor.secret, context.seconds)
        if session is None or session.channel not in shared:
            return session is None and ours
        await sessions.end(tx, session.id, context.seconds)
        return True

    try:
        ended = await request.app[DATABASE].run(work) if context.visitor.has_cookie else ours
    except Unavailable as why:
        # Clear the cookie all the same; the session in the store expires later.
        log.error("%s", why)
        ended = ours
    return parts.private.leave(context, ended=ended)


CAPABILITY = Capability("leave", answers={"/leave": leave}, tables=frozenset(("sessions",)))
