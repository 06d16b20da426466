"""The preview for authors at /preview: one address on every channel that has a preview frame, side by side."""

from dataclasses import replace
from urllib.parse import quote

from aiohttp import web
from markupsafe import Markup

from channels.contract import Channel
from onestop.capability import Capability, Parts, Route
from onestop.http.plain_text import encode_page
from onestop.http.prepared import prepare
from onestop.http.security_headers import page_headers
from onestop.site.address import Address
from onestop.site.site import Site
from onestop.site.templates import environment, preview_files

PREFIX = "/preview"
SET = "preview"
FRAME = "preview.html"
MOST_SHOWN = 50


class Preview:
    """A channel takes part by having `preview.html` in one of its own template sets."""

    def __init__(self, parts: Parts) -> None:
        self.sites, self.respond = parts.sites, parts.respond
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
        found = site.catalogue.numbered(address.number()) if address.number() else None
        address = replace(address.at(found.address) if found else address, device="", page=1)
        markup = self.page.render(self._context(site, address))
        headers = page_headers(markup, "text/html", "Accept-Encoding", "no-store")
        return self.respond(request, prepare(200, headers, encode_page(markup)))

    def _context(self, site: Site, address: Address) -> dict[str, object]:
        words = site.words_for(address)
        context: dict[str, object] = {
            "_": words,
            "words": words,
            "language": address.language,
            "brand": site.brands[address.language],
        }
        return context | {
            "address": site.addresses.write(address),
            "version": site.version,
            "services": len(site.catalogue.services),
            "languages": [self._language(site, address, code) for code in site.catalogue.languages],
            "sheets": self.sheets,
            "errors": self.sites.errors[:MOST_SHOWN],
            "warnings": self.sites.warnings[:MOST_SHOWN],
            "counts": (len(self.sites.errors), len(self.sites.warnings)),
            "frames": [self._frame(site, address, channel, context) for channel, _ in self.frames],
        }

    def _language(self, site: Site, address: Address, code: str) -> tuple[str, str, str]:
        here = site.addresses.write(replace(address, language=code))
        return code, site.words[address.channel.name, code].name, PREFIX + here

    def _frame(self, site: Site, address: Address, channel: Channel, context: dict[str, object]) -> Markup:
        """Return the markup of one channel's device around an iframe that shows the address."""
        template = next(template for known, template in self.frames if known is channel)

        def source(device: str = "") -> str:
            return site.addresses.write(replace(address, channel=channel, device=device))

        own = site.words[channel.name, address.language]
        return Markup(template.render(context | {"source": source, "prefix": channel.prefix, "_": own, "words": own}))  # noqa: S704


CAPABILITY = Capability("preview", routes=(Route((PREFIX, PREFIX + "/{path:.*}"), lambda parts: Preview(parts).show),))
