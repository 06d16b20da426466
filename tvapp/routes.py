"""The addresses on a server by which television sets and those who look after them come in."""

from collections.abc import Awaitable, Callable, Iterable, Mapping

from aiohttp import web

from channels.tv import CHANNEL, display_screen
from onestop.http.prepared import PreparedResponse, prepare
from onestop.server.app import Parts
from onestop.site.address import Address
from onestop.site.site import Site
from onestop.site.templates import environment
from tvapp.ait import MEDIA_TYPE, Application, table
from tvapp.red_button_page import starter_page
from tvapp.scripts import FOLDER, read_scripts
from tvapp.set_page import set_page

PREFIX = CHANNEL.prefix
ABOUT = "about-this-set"
NUMBERS = {"990": f"/{ABOUT}", display_screen.NUMBER: display_screen.ADDRESS}
"""Keyed in on a remote they lead to pages about the set, unless the council has given the number to a service."""
PLACES = ("", "/{language:[a-z]{2,3}}", "/~{device:[a-z0-9_.]+}", "/~{device:[a-z0-9_.]+}/{language:[a-z]{2,3}}")
"""Where a page of these may stand: in the first language or another, on a set that is named or not."""
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
"""A transparent GIF, for a packaged start page to see whether the server is there."""
UNKEPT = (("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"))
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Make = Callable[[Site, Address, Mapping[str, str]], PreparedResponse]
"""The answer for an address, of which the set and the language count, and for the headers that have come."""


def television(parts: Parts) -> Iterable[web.AbstractRouteDef]:
    """The routes, all below the television's own prefix."""
    scripts = read_scripts(PREFIX, "set.js", "red.js")
    drawing = environment([FOLDER], FOLDER, lambda name: scripts[name].address)
    about, red = drawing.get_template("set.html"), drawing.get_template("red.html")

    def application(site: Site, address: Address, headers: Mapping[str, str]) -> PreparedResponse:
        return prepare(200, (("Content-Type", MEDIA_TYPE), *UNKEPT), table(_told(parts, site)).encode())

    def a_set(site: Site, address: Address, headers: Mapping[str, str]) -> PreparedResponse:
        return set_page(about, site, address, headers)

    def starter(site: Site, address: Address, headers: Mapping[str, str]) -> PreparedResponse:
        return starter_page(red, site, address.language, headers)

    def here(site: Site, address: Address, headers: Mapping[str, str]) -> PreparedResponse:
        return prepare(200, (("Content-Type", "image/gif"), *UNKEPT), PIXEL)

    pages: Mapping[str, Make] = {
        "app.ait": application,
        "here.gif": here,
        "red": starter,
        ABOUT: a_set,
        **{number: _numbered(number) for number in NUMBERS},
    }
    for name, make in pages.items():
        handler = _handler(parts, make)
        yield from (web.get(f"{PREFIX}{place}/{name}", handler) for place in PLACES)
    for script in scripts.values():
        yield web.get(script.address, _handler(parts, _always(script.ready)))


def _numbered(number: str) -> Make:
    def lead_on(site: Site, address: Address, headers: Mapping[str, str]) -> PreparedResponse:
        found = site.catalogue.numbered(number)
        there = address.at(found.address if found else NUMBERS[number])
        raise web.HTTPFound(site.addresses.write(there), headers=UNKEPT)

    return lead_on


def _always(ready: PreparedResponse) -> Make:
    return lambda site, address, headers: ready


def _handler(parts: Parts, make: Make) -> Handler:
    async def answered(request: web.Request) -> web.StreamResponse:
        site = parts.sites.current
        if site is None:
            raise web.HTTPServiceUnavailable
        languages = site.catalogue.languages
        language = request.match_info.get("language", languages[0])
        device = request.match_info.get("device", "")
        if language not in languages or (device and device not in CHANNEL.devices):
            raise web.HTTPNotFound
        address = Address(CHANNEL, device, language, "/")
        return parts.answering.respond(request, make(site, address, request.headers))

    return answered


def _told(parts: Parts, site: Site) -> Application:
    council, settings = site.catalogue.council, parts.settings
    return Application(
        settings.hbbtv_organisation,
        settings.hbbtv_application,
        {code: council.name(code) for code in site.catalogue.languages},
        settings.address or council.address,
        f"{PREFIX[1:]}/",
    )
