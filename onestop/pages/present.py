"""Turn screens into prepared responses: layout by the channel, rendering by its templates, headers."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from time import perf_counter

from markupsafe import Markup

from channels.contract import Page
from onestop.http.plain_text import encode_page
from onestop.http.prepared import PreparedResponse, prepare
from onestop.http.security_headers import GUARDS, page_headers
from onestop.language import direction, isolated
from onestop.pages.language_choice import CHOOSE
from onestop.screen import Screen
from onestop.screen.isolation import with_texts
from onestop.site.address import Address
from onestop.site.context import Context
from onestop.site.site import Site
from onestop.site.templates import Renderer

AGE = 60
STYLES_KEPT = 256
LAYOUTS_KEPT = 64
SHORT = 12
"""Blocks of the longest screen that is laid out on the event loop."""
LayoutKey = tuple[int, str, str, str, Screen]


class NoSuchPage(Exception):
    """The screen has fewer pages on this device; `last` is the number of its last."""

    def __init__(self, last: int) -> None:
        super().__init__(last)
        self.last = last


@dataclass(frozen=True, slots=True)
class Presenter:
    """`renderers` are by channel name. `observe` is called with the channel and the seconds that each page took; `audio_address`
    returns the address of a page's recording, or ""; `listen_key` is the key of a shared device that plays it.
    """

    renderers: Mapping[str, Renderer]
    observe: Callable[[str, float], None]
    audio_address: Callable[[Context, Page], str] = lambda context, page: ""
    listen_key: str = ""
    styles: dict[tuple[int, str, str, str, bool], Markup] = field(default_factory=dict)
    layouts: dict[LayoutKey, tuple[Page, ...]] = field(default_factory=dict)

    def present(
        self,
        context: Context,
        screen: Screen,
        *,
        varies: tuple[str, ...],
        cached: str = "",
        private: bool = False,
        pages: tuple[Page, ...] = (),
    ) -> PreparedResponse:
        """Return the page of `screen` that the context's address names. Raises NoSuchPage.

        `cached` replaces the Cache-Control header; a `private` page gets the stricter headers. `pages` are those of the screen, if it
        has been laid out.
        """
        began = perf_counter()
        channel, number = context.channel, context.address.page
        pages = pages or self._pages(context, screen, keep=not (screen.personal or cached))
        if number > len(pages):
            raise NoSuchPage(len(pages))
        page = pages[number - 1]
        markup = self.renderers[channel.name].page(page, self.template_context(context, page))
        until = min(screen.valid_until.timestamp() if screen.valid_until else float("inf"), context.site.changes)
        opened = screen.address if screen.kind == "service" and page.number == 1 else ""
        guard = GUARDS[bool(channel.packet), private]
        vary = ",".join(("Accept-Encoding", *varies))
        headers = page_headers(markup, context.device.media_type, vary, cached or caching(screen), guard)
        once = screen.status != 200 or (bool(cached) and not private)
        ready = prepare(
            screen.status, headers, encode_page(markup), until=until, age=AGE, label=(channel.name, opened),
            packet=channel.packet, once=once,
        )  # fmt: skip
        self.observe(channel.name, perf_counter() - began)
        return ready

    def page(self, context: Context, screen: Screen) -> Page:
        """Return the page that the context's address names; the first if there is no such page."""
        pages = self._pages(context, screen, keep=False)
        return pages[min(context.address.page, len(pages)) - 1]

    def _pages(self, context: Context, screen: Screen, *, keep: bool) -> tuple[Page, ...]:
        """Return the pages of a screen; those of a public screen are cached, because its next page will be requested."""
        if not keep:
            return _lay_out(context, screen)
        pages = self.layouts.get(_key(context, screen))
        return pages if pages is not None else self._kept(context, screen, _lay_out(context, screen))

    async def lay_out(self, context: Context, screen: Screen) -> tuple[Page, ...]:
        """Return the pages of a screen for `present`, those of a long public one laid out in a thread: the longest takes 100 ms."""
        keep = not screen.personal
        if not keep or len(screen.blocks) <= SHORT or _key(context, screen) in self.layouts:
            return self._pages(context, screen, keep=keep)
        return self._kept(context, screen, await asyncio.to_thread(_lay_out, context, screen))

    def _kept(self, context: Context, screen: Screen, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        if len(pages) > 1:
            if len(self.layouts) >= LAYOUTS_KEPT:
                self.layouts.clear()
            self.layouts[_key(context, screen)] = pages
        return pages

    def template_context(self, context: Context, page: Page) -> Mapping[str, object]:
        """Return everything a template may use besides the page and its screen."""
        site, address = context.site, context.address
        links = _languages(site, address)
        return {
            "brand": site.brands[address.language],
            "_": context.words,
            "own": context.words.of(page.screen.language),
            "words": context.words,
            "rtl": direction(page.screen.language) == "rtl",
            "language": address.language,
            "numbering": site.catalogue.numbering,
            "link": context.path,
            "page_link": lambda number: site.addresses.write(replace(address, page=number)),
            "device_link": lambda name: site.addresses.write(replace(address, device=name)),
            "fresh_link": lambda name, target: _path_on_device(site, address, name, target),
            "language_links": links,
            "choose_link": lambda code, path: _choice_path(context, code, path),
            "other_languages": tuple(link for link in links if link[0] in page.screen.languages),
            "listen": lambda: self.audio_address(context, page),
            "listen_key": self.listen_key,
            "style": self._style(context, page),
        }

    def _style(self, context: Context, page: Page) -> Markup:
        """Return the CSS of the page itself, cached by catalogue version, device and language; "" if it links to a style sheet."""
        if page.device.sheet:
            return Markup("")
        site, language, name = context.site, context.address.language, context.channel.name
        # A page is laid out in the direction of what it says, whatever the language around it.
        rtl = direction(page.screen.language) == "rtl"
        key = (site.version, name, page.device.name, language, rtl)
        style = self.styles.get(key)
        if style is None:
            if len(self.styles) >= STYLES_KEPT:
                self.styles.clear()
            style = self.styles[key] = self.renderers[name].style(page.device, site.brands[language], rtl=rtl)
        return style


def _key(context: Context, screen: Screen) -> LayoutKey:
    return context.site.version, context.channel.name, context.device.name, context.address.language, screen


def _lay_out(context: Context, screen: Screen) -> tuple[Page, ...]:
    """Return the pages of a screen; where it is written from right to left, the parts of each number keep their order."""
    if direction(screen.language) == "ltr":
        return context.channel.lay_out(screen, context.device, context.words)
    pages = context.channel.lay_out(with_texts(screen, isolated), context.device, context.words)
    # Once more, for what the channel has made of the blocks.
    return tuple(replace(page, blocks=tuple(with_texts(block, isolated) for block in page.blocks)) for page in pages)


def _choice_path(context: Context, code: str, path: str) -> str:
    """Return the address that stores a choice of language, on a resident's own device; elsewhere the `path` in that language."""
    if not context.channel.means.handheld:
        return path
    address = context.address
    chosen = replace(address.at(f"{CHOOSE}{code}{address.neutral}"), language=context.site.catalogue.languages[0])
    return context.site.addresses.write(chosen)


def _path_on_device(site: Site, address: Address, device: str, target: str) -> str:
    """Return the path of a neutral target on a device, in the default language: the start of a new visit."""
    return site.addresses.write(Address(address.channel, device, site.catalogue.languages[0], target))


def _languages(site: Site, address: Address) -> tuple[tuple[str, str, str], ...]:
    """Return code, name and path of the same screen in each of the council's other languages."""
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
    """Return the Cache-Control header. An error page is revalidated, because the error may not last."""
    return f"max-age={AGE}" if screen.status == 200 else "no-cache"
