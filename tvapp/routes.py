"""The television channel's own routes (diagnostics page, HbbTV application table, red-button page), and its command for packages."""

import argparse
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from aiohttp import web
from jinja2 import Template

from channels.tv import CHANNEL, display_screen
from onestop.capability import Capability, Command, Handler, Parts, Route
from onestop.http.prepared import PreparedResponse, prepare
from onestop.settings import Settings
from onestop.site.address import Address
from onestop.site.site import Site
from onestop.site.templates import environment
from tvapp.ait import MEDIA_TYPE, Application, table
from tvapp.package import KINDS, pack
from tvapp.red_button_page import starter_page
from tvapp.scripts import FOLDER, read_scripts
from tvapp.set_page import set_page

PREFIX = CHANNEL.prefix
ABOUT = "about-this-set"
NUMBERS = {"990": f"/{ABOUT}", display_screen.NUMBER: display_screen.ADDRESS}
"""Numbers to key in on a remote for pages about the set, unless the council has given the number to a service."""
PLACES = ("", "/{language:[a-z]{2,3}}", "/~{device:[a-z0-9_.]+}", "/~{device:[a-z0-9_.]+}/{language:[a-z]{2,3}}")
"""What may stand before the name of a page: a device and a language."""
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
"""A transparent GIF, with which a packaged start page checks that the server can be reached."""
NO_STORE = (("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"))
SCRIPTS = read_scripts(PREFIX, "set.js", "red.js")
Make = Callable[[Parts, Site, Address, Mapping[str, str]], PreparedResponse]
"""Makes the response for an address, of which only device and language count, and the request headers."""


def _application_table(parts: Parts, site: Site, address: Address, headers: Mapping[str, str]) -> PreparedResponse:
    return prepare(200, (("Content-Type", MEDIA_TYPE), *NO_STORE), table(_application(parts, site)).encode())


def _about_this_set(parts: Parts, site: Site, address: Address, headers: Mapping[str, str]) -> PreparedResponse:
    return set_page(_template("set.html"), site, address, headers)


def _red_button(parts: Parts, site: Site, address: Address, headers: Mapping[str, str]) -> PreparedResponse:
    return starter_page(_template("red.html"), site, address.language, headers)


def _pixel(parts: Parts, site: Site, address: Address, headers: Mapping[str, str]) -> PreparedResponse:
    return prepare(200, (("Content-Type", "image/gif"), *NO_STORE), PIXEL)


@cache
def _template(name: str) -> Template:
    return environment([FOLDER], FOLDER, lambda script: SCRIPTS[script].address).get_template(name)


def _number(number: str) -> Make:
    def redirect(parts: Parts, site: Site, address: Address, headers: Mapping[str, str]) -> PreparedResponse:
        found = site.catalogue.numbered(number)
        there = address.at(found.address if found else NUMBERS[number])
        raise web.HTTPFound(site.addresses.write(there), headers=NO_STORE)

    return redirect


def _handler(make: Make, parts: Parts) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        site = parts.sites.current
        if site is None:
            raise web.HTTPServiceUnavailable
        languages = site.catalogue.languages
        language = request.match_info.get("language", languages[0])
        device = request.match_info.get("device", "")
        if language not in languages or (device and device not in CHANNEL.devices):
            raise web.HTTPNotFound
        return parts.respond(request, make(parts, site, Address(CHANNEL, device, language, "/"), request.headers))

    return handle


def _script(ready: PreparedResponse, parts: Parts) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        return parts.respond(request, ready)

    return handle


def _application(parts: Parts, site: Site) -> Application:
    council, settings = site.catalogue.council, parts.settings
    return Application(
        settings.hbbtv_organisation,
        settings.hbbtv_application,
        {code: council.name(code) for code in site.catalogue.languages},
        settings.address or council.address,
        f"{PREFIX[1:]}/",
    )


def _package_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", metavar="ORIGIN", help="tv-package: where the package leads to [the public address]")
    parser.add_argument("--out", metavar="DIR", type=Path, default=Path(), help="tv-package: where the package is put")


def _package(options: argparse.Namespace, settings: Settings) -> int:
    for made in pack(str(options.folder), settings.content, options.url or settings.address, options.out):
        print(made)
    return 0


PAGES: Mapping[str, Make] = {
    "app.ait": _application_table,
    "here.gif": _pixel,
    "red": _red_button,
    ABOUT: _about_this_set,
    **{number: _number(number) for number in NUMBERS},
}
CAPABILITY = Capability(
    CHANNEL.name,
    routes=(
        *(
            Route(tuple(f"{PREFIX}{place}/{name}" for place in PLACES), partial(_handler, make), public=True)
            for name, make in PAGES.items()
        ),
        *(Route((script.address,), partial(_script, script.ready), public=True) for script in SCRIPTS.values()),
    ),
    commands={
        "tv-package": Command(
            _package,
            "make a package for a television's store",
            "STORE",
            f"the store it is for: {' or '.join(KINDS)}",
            _package_options,
        )
    },
)
