"""The address behind a link to another language: store the choice in a cookie, and redirect to the page in that language."""

from dataclasses import replace

from aiohttp import web

from onestop.capability import Capability, Parts
from onestop.pages.language_choice import CHOOSE, cookie
from onestop.pages.private import NO_STORE, SEE_OTHER
from onestop.site.context import RequestContext


async def choose_language(context: RequestContext, parts: Parts) -> web.StreamResponse:
    """Return the redirect to the page that stands after the code of the language."""
    if context.request.method not in ("GET", "HEAD"):
        raise web.HTTPMethodNotAllowed(context.request.method, ("GET", "HEAD"))
    address, addresses = context.address, context.site.addresses
    rest = context.request.rel_url.raw_path.partition(CHOOSE)[2]
    target = addresses.parse(f"/{rest}")
    code = rest.partition("/")[0]
    if target is None or code not in context.site.catalogue.languages:
        raise web.HTTPNotFound
    path = addresses.write(replace(target, channel=address.channel, device=address.device))
    response = web.Response(status=SEE_OTHER, headers={"Location": path, "Cache-Control": NO_STORE})
    response.headers["Set-Cookie"] = cookie(code)
    parts.counter.count((address.channel.name, ""), SEE_OTHER)
    return response


CAPABILITY = Capability("choice of language", answers={CHOOSE: choose_language})
