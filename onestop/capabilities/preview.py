"""The preview for authors at /preview: one address on every channel that has a preview frame, side by side."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import quote

from aiohttp import web
from markupsafe import Markup

from channels.contract import Channel
from onestop.capabilities.unpublished import PREFIX as DRAFT
from onestop.capabilities.unpublished import site_with, unpublished
from onestop.capability import Capability, Parts, Route
from onestop.http.plain_text import encode_page
from onestop.http.prepared import prepare
from onestop.http.security_headers import page_headers
from onestop.pages.handler import NO_STORE
from onestop.pages.present import NoSuchPage
from onestop.site.address import Address, Addresses
from onestop.site.context import Context
from onestop.site.site import Site
from onestop.site.templates import environment, preview_files

PREFIX = "/preview"
SET = "preview"
FRAME = "preview.html"
MOST_SHOWN = 50


class Preview:
    """A channel takes part by having `preview.html` in one of its own template sets."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.sites, self.respond = parts, parts.sites, parts.respond
        templates = parts.templates
        self.page = environment([templates / SET], templates, parts.files.address).get_template("page.html")
        self.sheets = [file.name for file in preview_files(templates) if file.suffix == ".css"]
        shown = [c for c in parts.channels if any((templates / name / FRAME).exists() for name in c.template_sets)]
        self.frames = [(channel, parts.renderers[channel.name].environment.get_template(FRAME)) for channel in shown]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Return the preview of the address after /preview."""
        site = self.sites.current
        if site is None:
            raise web.HTTPServiceUnavailable
        typed = request.query.get("address", "")
        if typed:
            raise web.HTTPFound(PREFIX + quote("/" + typed.lstrip("/"), safe="/~%"))
        address = site.addresses.parse(request.rel_url.raw_path.removeprefix(PREFIX) or "/")
        if address is None:
            raise web.HTTPNotFound
        site = site_with(self.sites, address.neutral) or site
        found = site.catalogue.numbered(address.number()) if address.number() else None
        address = replace(address.at(found.address) if found else address, device="", page=1)
        markup = self.page.render(self._context(site, address))
        headers = page_headers(markup, "text/html", "Accept-Encoding", NO_STORE)
        return self.respond(request, prepare(200, headers, encode_page(markup)))

    async def draft(self, request: web.Request) -> web.StreamResponse:
        """Return the page of an unpublished service on one channel; once it is published, the redirect to its address."""
        site, path = self.sites.current, request.rel_url.raw_path.removeprefix(DRAFT) or "/"
        address = site.addresses.parse(path) if site else None
        if site is None or address is None:
            raise web.HTTPNotFound
        shown = site_with(self.sites, address.neutral)
        if shown is None:
            raise web.HTTPFound(site.addresses.write(address))
        now = datetime.fromtimestamp(self.parts.clock(), UTC)
        context = Context(shown, address, shown.device(address, request.headers), now)
        screen = await self.parts.screens.find_anywhere(context)
        if screen is None:
            raise web.HTTPNotFound
        pictures, files = self.sites.pictures, shown.catalogue.pictures
        fitted = await asyncio.to_thread(pictures.fit, screen, context.device, files)
        try:
            return self.respond(request, self.parts.presenter.present(context, fitted, varies=(), cached=NO_STORE))
        except NoSuchPage as wrong:
            raise web.HTTPFound(shown.addresses.write(replace(address, page=wrong.last))) from None

    def _context(self, site: Site, address: Address) -> dict[str, object]:
        words = site.words_for(address)
        context: dict[str, object] = {
            "_": words,
            "words": words,
            "language": address.language,
            "brand": site.brands[address.language],
        }
        return context | {
            "address": Addresses.write(site.addresses, address),
            "version": site.version,
            "services": len(site.catalogue.services),
            "languages": [self._language(site, address, code) for code in site.catalogue.languages],
            "sheets": self.sheets,
            "unpublished": [(PREFIX + place, title) for place, title in islice(unpublished(self.sites), MOST_SHOWN)],
            "errors": self.sites.errors[:MOST_SHOWN],
            "warnings": self.sites.warnings[:MOST_SHOWN],
            "counts": (len(self.sites.errors), len(self.sites.warnings)),
            "frames": [self._frame(site, address, channel, context) for channel, _ in self.frames],
        }

    def _language(self, site: Site, address: Address, code: str) -> tuple[str, str, str]:
        here = Addresses.write(site.addresses, replace(address, language=code))
        return code, site.words[address.channel.name, code].name, PREFIX + here

    def _frame(self, site: Site, address: Address, channel: Channel, context: dict[str, object]) -> Markup:
        """Return the markup of one channel's device around an iframe that shows the address."""
        template = next(template for known, template in self.frames if known is channel)

        def source(device: str = "") -> str:
            return site.addresses.write(replace(address, channel=channel, device=device))

        own = site.words[channel.name, address.language]
        return Markup(template.render(context | {"source": source, "prefix": channel.prefix, "_": own, "words": own}))  # noqa: S704


CAPABILITY = Capability(
    "preview",
    routes=(
        Route((DRAFT + "/{path:.*}",), lambda parts: Preview(parts).draft),
        Route((PREFIX, PREFIX + "/{path:.*}"), lambda parts: Preview(parts).show, public=True),
    ),
)
