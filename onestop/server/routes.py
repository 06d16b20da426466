"""Where a request goes that is for no address of its own: to a resident's journey, or to a page that is everybody's."""

import logging
import re
from collections.abc import Coroutine

from aiohttp import web

from onestop.catalogue.catalogue import Service
from onestop.forms import hand_over as moving
from onestop.forms.handler import Journeying
from onestop.forms.private_page import Personal
from onestop.forms.save_display_preference import granted
from onestop.forms.step_address import Step, step_at
from onestop.forms.store_down import Unkept, later
from onestop.site.address import Address
from onestop.site.site import Site
from onestop.store.errors import Unavailable

LEAVE = "/leave"
TICKET = re.compile(r"[A-Z0-9]{6,20}")
log = logging.getLogger("onestop")


async def routed(request: web.Request, personal: Personal, journeying: Journeying) -> web.StreamResponse:
    """The answer, from whoever knows it."""
    site = personal.answering.sites.current
    address = site.addresses.parse(request.rel_url.raw_path) if site else None
    if site and address:
        found = _step(site, address)
        if found:
            return await _kept(journeying.answer(request, site, address, *found), request, personal, site, address)
        if address.neutral == moving.ADDRESS:
            moved = moving.move(request, personal, journeying.database, site, address)
            return await _kept(moved, request, personal, site, address)
        if address.neutral == LEAVE and request.method in ("GET", "HEAD"):
            return await journeying.leave(request, site, address)
        if request.method == "POST" and (granting := await granted(request, personal, site, address)):
            return granting
    return await personal.answering.page(request)


async def scanned(request: web.Request, personal: Personal, journeying: Journeying) -> web.StreamResponse:
    """A ticket that a phone has read from another screen; looking at it uses nothing up."""
    site, ticket = personal.answering.sites.current, request.match_info["ticket"]
    if site is None:
        raise web.HTTPServiceUnavailable
    address = site.addresses.parse(moving.ADDRESS)
    if address is None or not TICKET.fullmatch(ticket):
        raise web.HTTPNotFound
    return await moving.move(request, personal, journeying.database, site, address, ticket)


async def _kept(
    answer: Coroutine[None, None, web.Response], request: web.Request, personal: Personal, site: Site, address: Address
) -> web.Response:
    """The answer, or what is said while the store cannot be used."""
    try:
        return await answer
    except Unavailable as why:
        log.error("%s", why)
        return later(request, personal, site, address)
    except Unkept as why:
        if why.__cause__:
            log.error("%s", why.__cause__)
        return later(request, personal, site, address, why.sent)


def _step(site: Site, address: Address) -> tuple[Step, Service] | None:
    step = step_at(address.neutral)
    service = site.catalogue.find(step.service) if step else None
    if step and isinstance(service, Service) and service.journey in site.journeys:
        return step, service
    return None
