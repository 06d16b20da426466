"""The handler for a channel's own form of display preferences: set the cookie and redirect home."""

from dataclasses import replace

from aiohttp import web

from onestop.capability import Capability, Parts
from onestop.pages.display_preference import cookie
from onestop.pages.form import read_public_form
from onestop.pages.private import NO_STORE, SEE_OTHER
from onestop.site.context import RequestContext

FIELD = "wish"


async def save_display_preference(context: RequestContext, parts: Parts) -> web.StreamResponse:
    """Return the redirect to home on the preferred device. Raises HTTPMethodNotAllowed if this device has no preferences."""
    address, preferences = context.address, context.device.preferences
    if not preferences:
        raise web.HTTPMethodNotAllowed(context.request.method, ("GET", "HEAD"))
    preference = (await read_public_form(context, parts.uploads)).first(FIELD)
    name = preferences.get(preference)
    if name is None:
        raise web.HTTPBadRequest
    usual = address.channel.recognise(context.request.headers).name
    target = context.site.addresses.write(replace(address.at("/"), device="" if name == usual else name))
    response = web.Response(status=SEE_OTHER, headers={"Location": target, "Cache-Control": NO_STORE})
    response.cookies.load(cookie(address.channel, preference))
    parts.counter.count((address.channel.name, ""), SEE_OTHER)
    return response


CAPABILITY = Capability("display preferences", channel_form=save_display_preference)
