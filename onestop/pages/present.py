"""How a screen becomes an answer: laid out by the channel, drawn by its templates, prepared with its headers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from time import perf_counter

from markupsafe import Markup

from channels.contract import Device, Page
from onestop.http.prepared import PreparedResponse, prepare
from onestop.http.security_headers import GUARDS, page_headers
from onestop.screen import Screen
from onestop.site.address import Address
from onestop.site.site import Site
from onestop.site.templates import Drawer

AGE = 60
STYLES_KEPT = 256


class NoSuchPage(Exception):
    """The screen has fewer pages on this device; `last` is the number of its last."""

    def __init__(self, last: int) -> None:
        super().__init__(last)
        self.last = last


@dataclass(frozen=True, slots=True)
class Presenter:
    """`drawers` are by channel name; `took` is told the channel and how many seconds each page took; `heard` says where a page
    can be heard, or "".
    """

    drawers: Mapping[str, Drawer]
    took: Callable[[str, float], None]
    heard: Callable[[Site, Address, Page], str] = lambda site, address, page: ""
    styles: dict[tuple[int, str, str, str], Markup] = field(default_factory=dict)

    def present(
        self,
        site: Site,
        address: Address,
        device: Device,
        screen: Screen,
        *,
        varies: tuple[str, ...],
        cached: str = "",
        own: bool = False,
    ) -> PreparedResponse:
        """The answer at `address`: its page of `screen` on `device`, which may be one resident's `own`."""
        began = perf_counter()
        pages = address.channel.lay_out(screen, device, site.words_for(address))
        if address.page > len(pages):
            raise NoSuchPage(len(pages))
        page = pages[address.page - 1]
        markup = self.drawers[address.channel.name].page(page, self._context(site, address, page))
        until = screen.valid_until.timestamp() if screen.valid_until else float("inf")
        opened = screen.address if screen.kind == "service" and page.number == 1 else ""
        guard = GUARDS[bool(address.channel.packet), own]
        vary = ",".join(("Accept-Encoding", *varies))
        headers = page_headers(markup, device.media_type, vary, cached or caching(screen), guard)
        ready = prepare(
            screen.status,
            headers,
            markup.encode(),
            until=until,
            age=AGE,
            label=(address.channel.name, opened),
            packet=address.channel.packet,
        )
        self.took(address.channel.name, perf_counter() - began)
        return ready

    def _context(self, site: Site, address: Address, page: Page) -> Mapping[str, object]:
        words = site.words_for(address)
        brand = site.brands[address.language]
        links = _languages(site, address)
        return {
            "brand": brand,
            "_": words,
            "words": words,
            "language": address.language,
            "link": lambda target: site.addresses.link(address, target),
            "page_link": lambda number: site.addresses.write(replace(address, page=number)),
            "device_link": lambda name: site.addresses.write(replace(address, device=name)),
            "fresh_link": lambda name, target: _fresh(site, address, name, target),
            "language_links": links,
            "other_languages": tuple(link for link in links if link[0] in page.screen.languages),
            "listen": lambda: self.heard(site, address, page),
            "style": self._style(site, address, page.device),
        }

    def _style(self, site: Site, address: Address, device: Device) -> Markup:
        """Rendered once for each version, device and language."""
        key = (site.version, address.channel.name, device.name, address.language)
        style = self.styles.get(key)
        if style is None:
            if len(self.styles) >= STYLES_KEPT:
                self.styles.clear()
            style = self.styles[key] = self.drawers[address.channel.name].style(device, site.brands[address.language])
        return style


def _fresh(site: Site, address: Address, device: str, target: str) -> str:
    """Where a neutral target stands on a device for somebody who has chosen nothing yet."""
    return site.addresses.write(Address(address.channel, device, site.catalogue.languages[0], target))


def _languages(site: Site, address: Address) -> tuple[tuple[str, str, str], ...]:
    """Code, name and address of this very screen in each of the council's other languages."""
    return tuple(
        (
            code,
            site.words[address.channel.name, code].name,
            site.addresses.write(replace(address, language=code, page=1)),
        )
        for code in site.catalogue.languages
        if code != address.language
    )


def caching(screen: Screen) -> str:
    """A problem may be gone in a moment."""
    return f"max-age={AGE}" if screen.status == 200 else "no-cache"
