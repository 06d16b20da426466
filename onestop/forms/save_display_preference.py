"""How an apparatus becomes what its resident asks of it: a form of the channel's own is sent, and home comes back as it was asked for."""

from dataclasses import replace

from aiohttp import web

from onestop.forms.private_page import NO_STORE, Personal
from onestop.http.form_body import read_form_body
from onestop.http.visitor import is_same_origin_post
from onestop.pages.display_preference import cookie
from onestop.site.address import Address
from onestop.site.site import Site

FIELD = "wish"


async def granted(request: web.Request, personal: Personal, site: Site, address: Address) -> web.Response | None:
    """Take a wish that a form of the channel's own has sent: home, as it was asked for. None if nothing can be asked there."""
    device = site.device(address, request.headers)
    if not device.wishes or address.channel.own_screen(address.neutral, site.words_for(address)) is None:
        return None
    if not is_same_origin_post(request):
        raise web.HTTPForbidden
    wish = (await read_form_body(request, personal.upload_budget)).first(FIELD)
    name = device.wishes.get(wish)
    if name is None:
        raise web.HTTPBadRequest
    usual = address.channel.recognise(request.headers).name
    there = site.addresses.write(replace(address.at("/"), device="" if name == usual else name))
    response = web.Response(status=303, headers={"Location": there, "Cache-Control": NO_STORE})
    response.cookies.load(cookie(address.channel, wish))
    personal.answering.counter.count((address.channel.name, ""), 303)
    return response
