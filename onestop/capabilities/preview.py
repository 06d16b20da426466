"""What an author sees at /preview: one service on every channel that has drawn its apparatus, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from aiohttp import web
from markupsafe import Markup

from channels.contract import Channel
from onestop.http.prepared import PreparedResponse, prepare
from onestop.http.security_headers import page_headers
from onestop.site.address import Address
from onestop.site.current import Sites
from onestop.site.site import Site
from onestop.site.templates import Asset, Drawer, environment

PREFIX = "/preview"
SET = "preview"
APPARATUS = "preview.html"
MOST_SHOWN = 50


def preview_files(templates: Path) -> list[Path]:
    """The preview's own style sheet and script, and those a channel has put beside its apparatus."""
    return sorted(file for file in templates.glob("*/preview*.*") if file.suffix in (".css", ".js"))


class Preview:
    """A channel takes part by having `preview.html` in one of its own template sets."""

    def __init__(
        self, channels: Sequence[Channel], drawers: Mapping[str, Drawer], templates: Path, asset: Asset
    ) -> None:
        self.page = environment([templates / SET], templates, asset).get_template("page.html")
        self.sheets = [file.name for file in preview_files(templates) if file.suffix == ".css"]
        shown = [c for c in channels if any((templates / folder / APPARATUS).exists() for folder in c.template_sets)]
        self.apparatus = [(channel, drawers[channel.name].environment.get_template(APPARATUS)) for channel in shown]

    def ready(self, site: Site, sites: Sites, raw: str, query: Mapping[str, str]) -> PreparedResponse | None:
        """The preview of the address after /preview."""
        asked = query.get("address", "")
        if asked:
            raise web.HTTPFound(PREFIX + quote("/" + asked.lstrip("/"), safe="/~%"))
        address = site.addresses.parse(raw.removeprefix(PREFIX) or "/")
        if address is None:
            return None
        found = site.catalogue.numbered(address.number()) if address.number() else None
        address = replace(address.at(found.address) if found else address, device="", page=1)
        markup = self.page.render(self._context(site, sites, address))
        return prepare(200, page_headers(markup, "text/html", "Accept-Encoding", "no-store"), markup.encode())

    def _context(self, site: Site, sites: Sites, address: Address) -> dict[str, object]:
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
            "errors": sites.errors[:MOST_SHOWN],
            "warnings": sites.warnings[:MOST_SHOWN],
            "counts": (len(sites.errors), len(sites.warnings)),
            "frames": [self._frame(site, address, channel, context) for channel, _ in self.apparatus],
        }

    def _language(self, site: Site, address: Address, code: str) -> tuple[str, str, str]:
        here = site.addresses.write(replace(address, language=code))
        return code, site.words[address.channel.name, code].name, PREFIX + here

    def _frame(self, site: Site, address: Address, channel: Channel, context: dict[str, object]) -> Markup:
        """The drawn apparatus of one channel around a frame that shows the address on it."""
        template = next(template for known, template in self.apparatus if known is channel)

        def source(device: str = "") -> str:
            return site.addresses.write(replace(address, channel=channel, device=device))

        own = site.words[channel.name, address.language]
        return Markup(template.render(context | {"source": source, "prefix": channel.prefix, "_": own, "words": own}))  # noqa: S704
