"""The handler for public pages that are not yet prepared."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import unquote

from aiohttp import web

from channels.contract import Channel
from onestop.catalogue.catalogue import OWN_NUMBERS
from onestop.http.page_cache import PageCache
from onestop.http.prepared import PreparedResponse, ResponseHeaders, prepare
from onestop.http.respond import Responder
from onestop.pages.display_preference import HOUSEHOLD, REDIRECTED, household_home, preferred_home
from onestop.pages.find_screen import Screens
from onestop.pages.form_template import QUERY_MARKS, MaskedResults, query_values, without_query
from onestop.pages.language_choice import SPOKEN, home_in_language
from onestop.pages.page_template import PageTemplate, PageTemplates, page_template
from onestop.pages.present import NoSuchPage, Presenter
from onestop.pages.variants import Variants
from onestop.screen import Screen
from onestop.site.address import SEARCH, Address, is_overencoded, is_printable
from onestop.site.context import Context
from onestop.site.current import Sites
from onestop.site.site import Site

READS = ("GET", "HEAD")
MOVED: ResponseHeaders = (("Cache-Control", "public, max-age=60"),)
NO_STORE = "no-store"
QUERY_LENGTH = 100


@dataclass(frozen=True, slots=True)
class PageHandler:
    """Finds, renders and caches public pages. `clock` gives seconds since 1970; `templates` are results of searches without the query."""

    channels: Sequence[Channel]
    sites: Sites
    screens: Screens
    presenter: Presenter
    cache: PageCache
    variants: Variants
    respond: Responder
    clock: Callable[[], float]
    templates: PageTemplates = field(default_factory=PageTemplates)

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Return the page at the address of a GET or HEAD request."""
        if request.method not in READS:
            raise web.HTTPMethodNotAllowed(request.method, READS)
        site = self.sites.current
        if site is None:
            raise web.HTTPServiceUnavailable
        address = site.addresses.parse(request.rel_url.raw_path)
        if address is None:
            raise web.HTTPNotFound
        query = request.query.get("q", "")[:QUERY_LENGTH] if address.neutral == "/search" else ""
        if query.strip():
            return await self._results(request, self._context(site, address, request), query)
        _redirect_to_canonical(site, address, request)
        path = site.addresses.write(address)
        ready = self.cache.look_up(path, request.headers, self.clock())
        if ready is None:
            select = self.variants.selector(address, path)
            variant = select(request.headers) if select else ""
            context = self._context(site, address, request)
            ready = await self.cache.prepared(path, variant, select, lambda: self._prepare(context, path, variant))
        return self.respond(request, ready)

    def _context(self, site: Site, address: Address, request: web.Request) -> Context:
        now = datetime.fromtimestamp(self.clock(), UTC)
        return Context(site, address, site.device(address, request.headers), now)

    async def _prepare(self, context: Context, path: str, variant: str) -> PreparedResponse:
        """Return the prepared response of an address for visitors of one variant."""
        site, address = context.site, context.address
        select = self.variants.selector(address, path)
        if select is self.variants.root and variant:
            if variant.startswith(SPOKEN):
                return home_in_language(site, address, variant, self.variants.root_headers)
            return self._other_home(site, variant)
        if variant.startswith(HOUSEHOLD):
            return household_home(site, address, variant)
        if variant.startswith(REDIRECTED):
            return preferred_home(site, address, variant)
        if select and select is not self.variants.root:
            context = replace(context, device=address.channel.devices[variant])
        screen = await self.screens.find_anywhere(context)
        if screen is None:
            _redirect_to_new_address(site, address)
            raise web.HTTPNotFound
        screen = await self._with_pictures(context, screen)
        pages = await self.presenter.lay_out(context, screen)
        try:
            return self.presenter.present(context, screen, varies=self.variants.vary(address), pages=pages)
        except NoSuchPage as wrong:
            raise web.HTTPFound(site.addresses.write(replace(address, page=wrong.last)), headers=MOVED) from None

    async def _with_pictures(self, context: Context, screen: Screen) -> Screen:
        pictures, files, device = self.sites.pictures, context.site.catalogue.pictures, context.device
        if pictures.must_resize(screen, device, files):
            return await asyncio.to_thread(pictures.fit, screen, device, files)
        return pictures.fit(screen, device, files)

    async def _results(self, request: web.Request, context: Context, query: str) -> web.Response:
        """Return the results of a search form. A page with the query is never cached: it may be personal."""
        address = context.address.at(f"/search/{' '.join(query.replace('/', ' ').split())}")
        if not is_printable(address):
            raise web.HTTPNotFound
        context = context.at(address)
        screen = await self.screens.find_anywhere(context)
        if screen is None:
            raise web.HTTPNotFound
        masked = without_query(context, screen)
        if masked is None:
            return self.respond(request, self._present_once(context, screen))
        template = self._template(masked)
        self.respond.counter.count(template.label, template.status)
        return template.response(request, query_values(address))

    def _template(self, masked: MaskedResults) -> PageTemplate:
        """Return the page of results without their query, rendered at its first use."""
        key = (masked.context.site.version, masked.context.address, masked.context.device.name, masked.screen)
        template = self.templates.get(key)
        if template is None:
            template = page_template(self._present_once(masked.context, masked.screen), QUERY_MARKS, {})
            self.templates.keep(key, template)
        return template

    def _present_once(self, context: Context, screen: Screen) -> PreparedResponse:
        return self.presenter.present(context, screen, varies=self.variants.vary(context.address), cached=NO_STORE)

    def _other_home(self, site: Site, name: str) -> PreparedResponse:
        """Return the redirect from "/" to the home of another channel."""
        channel = next(channel for channel in self.channels if channel.name == name)
        target = site.addresses.write(Address(channel, "", site.catalogue.languages[0], "/"))
        vary = ("Vary", ", ".join(("Accept-Encoding", *self.variants.root_headers)))
        return prepare(302, (("Location", target), *MOVED, vary), b"", label=(name, ""))


def _redirect_to_new_address(site: Site, address: Address) -> None:
    """Raise the redirect from the former address of a service, if it is one."""
    old = address.neutral.rstrip("/")
    there = site.catalogue.moved.get(old) or site.catalogue.moved.get(f"{old}/")
    if there:
        raise web.HTTPMovedPermanently(site.addresses.write(address.at(there)), headers=MOVED)


def _redirect_to_canonical(site: Site, address: Address, request: web.Request) -> None:
    """Raise the redirect from a number to its service, or from another spelling of an address to the canonical one."""
    number = address.number()
    if number:
        found = site.catalogue.numbered(number)
        there = found.address if found else OWN_NUMBERS.get(number) or site.catalogue.moved.get(number)
        if there is None and site.indexes[address.language].urgent.has_number(number):
            there = f"{SEARCH}/{number}"
        if there is None:
            raise web.HTTPNotFound
        raise web.HTTPFound(site.addresses.write(address.at(there)), headers=MOVED)
    canonical = site.addresses.write(address)
    if not site.addresses.same(canonical, request.rel_url.raw_path):
        query = request.rel_url.raw_query_string
        raise web.HTTPMovedPermanently(f"{canonical}?{query}" if query else canonical, headers=MOVED)


def lower_case_path(sites: Sites, raw: str) -> str | None:
    """Return the path of a raw path with capitals written in small letters, or None if nothing of ours begins like it."""
    site, path = sites.current, unquote(raw, errors="replace")
    if site is None or path == path.lower() or is_overencoded(raw):
        return None
    address = site.addresses.parse(raw.lower())
    if address is None:
        return None
    first, *rest = address.neutral.split("/")[1:]
    # What stands below a reserved segment may be a token, whose capitals count.
    known = (
        not first
        or (first in sites.reserved and not rest)
        or f"/{first}" in site.catalogue.by_address
        or address.number()
    )
    return site.addresses.write(address) if known else None
