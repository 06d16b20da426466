"""How a request for a page is answered when it is not answered at once."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from aiohttp import web

from channels.contract import Channel
from onestop.catalogue.catalogue import HOME_NUMBER
from onestop.catalogue.search.index import SearchResult
from onestop.http.final_headers import mark_single_packet
from onestop.http.page_cache import PageCache, SelectVariant, VariantSelector
from onestop.http.prepared import UNCHANGED, PreparedResponse, ResponseHeaders, choose, matches, prepare
from onestop.http.response_counter import ResponseCounter
from onestop.pages.display_preference import ELSEWHERE, sent_on, starting
from onestop.pages.errors import last_resort, problem
from onestop.pages.find_screen import find_screen, slow
from onestop.pages.present import NoSuchPage, Presenter
from onestop.site.address import Address, claimed, clean
from onestop.site.current import Sites
from onestop.site.site import Site

READS = ("GET", "HEAD")
MOVED: ResponseHeaders = (("Cache-Control", "public, max-age=60"),)
UNSHARED = "no-store"
BUSY, AGAIN = 503, "30"
"""The status that asks to come again, and after how many seconds."""
QUERY_LENGTH = 100
log = logging.getLogger("onestop")


class Answering:
    """`clock` gives seconds since 1970."""

    def __init__(
        self,
        channels: Sequence[Channel],
        sites: Sites,
        presenter: Presenter,
        pages: PageCache,
        counter: ResponseCounter,
        clock: Callable[[], float],
    ) -> None:
        self.sites = sites
        self.presenter = presenter
        self.pages = pages
        self.counter = counter
        self.clock = clock
        self.channels = channels
        self.tells: Mapping[str, VariantSelector] = {
            channel.name: VariantSelector(channel.varies, lambda headers, known=channel: known.recognise(headers).name)  # type: ignore[misc]
            for channel in channels
        }
        starts = {channel.name: starting(channel, self.tells[channel.name]) for channel in channels}
        self.starts: Mapping[str, SelectVariant] = {name: tell for name, tell in starts.items() if tell}
        names = dict.fromkeys(name for channel in channels for name in (*channel.varies, "User-Agent"))
        self.doors = tuple(names)
        self.door = VariantSelector(self.doors, self._door)

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Whatever stands at the address of the request."""
        if request.method not in READS:
            raise web.HTTPMethodNotAllowed(request.method, READS)
        site = self._site()
        raw = request.rel_url.raw_path
        address = site.addresses.parse(raw)
        if address is None:
            raise web.HTTPNotFound
        sought = request.query.get("q", "")[:QUERY_LENGTH] if address.neutral == "/search" else ""
        if sought.strip():
            return self.respond(request, await self._found(site, address, sought, request.headers))
        self._move(site, address, request)
        path, tell = self._shelf(site, address)
        ready = self.pages.look_up(path, request.headers, self.clock())
        if ready is None:
            variant = tell(request.headers) if tell else ""
            headers = request.headers
            ready = await self.pages.prepared(path, variant, tell, lambda: self._make(site, address, variant, headers))
        return self.respond(request, ready)

    def respond(self, request: web.BaseRequest, ready: PreparedResponse) -> web.Response:
        """A prepared answer as aiohttp sends it: the same bytes as when it is sent at once."""
        wire = choose(ready, request.headers)
        asked = request.headers.get("If-None-Match")
        headers = dict(wire.headers)
        now = self.clock()
        if now >= ready.fresh and "max-age" in headers.get("Cache-Control", ""):
            headers["Cache-Control"] = f"max-age={max(0, int(ready.until - now))}"
        unchanged = bool(asked) and ready.status == 200 and matches(asked or "", wire.tag)
        self.counter.count(ready.label, UNCHANGED if unchanged else ready.status)
        if unchanged:
            kept = {name: headers[name] for name in headers if name in ("ETag", "Cache-Control", "Vary")}
            return web.Response(status=UNCHANGED, headers=kept)
        return mark_single_packet(web.Response(status=ready.status, headers=headers, body=wire.body), ready)

    async def problem(self, request: web.BaseRequest, status: int) -> web.Response:
        """The page that says what went wrong, in the look and language of where it happened."""
        site = self.sites.current
        if site is None:
            return self.respond(request, last_resort(503 if status < 500 else status))
        raw = request.rel_url.raw_path
        address = site.addresses.parse(raw) or site.addresses.nowhere(raw)
        near = await asyncio.to_thread(_near, site, address) if status == 404 else ()
        response = self.problem_page(request, address, status, near)
        if status == BUSY:
            response.headers["Retry-After"] = AGAIN
        return response

    def malformed(self, request: web.BaseRequest, status: int) -> web.Response:
        """The page for a request that aiohttp could not read; what it asked for is not known."""
        if self.sites.current is None:
            return self.respond(request, last_resort(503))
        return self.problem_page(request, self.sites.current.addresses.nowhere("/"), status)

    def problem_page(
        self, request: web.BaseRequest, address: Address, status: int, near: Sequence[SearchResult] = ()
    ) -> web.Response:
        """The same, drawn now."""
        site = self._site()
        address = replace(address, page=1)
        try:
            device = site.device(address, request.headers)
            screen = problem(site, status, site.words_for(address), near)
            ready = self.presenter.present(site, address, device, screen, varies=self._varies(address))
        except Exception:
            log.exception("the page for %s cannot be drawn", status)
            ready = last_resort(500)
        return self.respond(request, ready)

    def _site(self) -> Site:
        if self.sites.current is None:
            raise web.HTTPServiceUnavailable
        return self.sites.current

    def _move(self, site: Site, address: Address, request: web.Request) -> None:
        """Raise the redirect of a number to what it numbers, or of another way of writing an address to the right one."""
        number = address.number()
        if number:
            found = site.catalogue.numbered(number)
            if found is None and number != HOME_NUMBER:
                raise web.HTTPNotFound
            raise web.HTTPFound(site.addresses.write(address.at(found.address if found else "/")), headers=MOVED)
        right = site.addresses.write(address)
        if not site.addresses.same(right, request.rel_url.raw_path):
            query = request.rel_url.raw_query_string
            raise web.HTTPMovedPermanently(f"{right}?{query}" if query else right, headers=MOVED)

    def _shelf(self, site: Site, address: Address) -> tuple[str, SelectVariant | None]:
        path = site.addresses.write(address)
        if path == "/":
            return path, self.door
        if self._starts(address):
            return path, self.starts[address.channel.name]
        return path, self.tells[address.channel.name] if address.channel.varies and not address.device else None

    def _starts(self, address: Address) -> bool:
        """Whether it may be asked here how the apparatus was wished for before."""
        home = not address.device and address.neutral == "/" and address.page == 1
        return home and address.channel.name in self.starts

    def _door(self, headers: Mapping[str, str]) -> str:
        """Who is at "/": a visitor of another channel, by its name, or one who stays."""
        channel = claimed(self.channels, headers)
        return channel.name if channel else ""

    async def _make(self, site: Site, address: Address, variant: str, headers: Mapping[str, str]) -> PreparedResponse:
        """Prepare what one kind of visitor gets at an address."""
        _, tell = self._shelf(site, address)
        if tell is self.door and variant:
            return self._sent_on(site, variant)
        if variant.startswith(ELSEWHERE):
            return sent_on(site, address, variant)
        device = address.channel.devices[variant] if tell and tell is not self.door else site.device(address, headers)
        now = datetime.fromtimestamp(self.clock(), UTC)
        find = asyncio.to_thread(find_screen, site, address, now) if slow(address) else None
        screen = await find if find else find_screen(site, address, now)
        if screen is None:
            raise web.HTTPNotFound
        hung = partial(self.sites.gallery.hung, screen, device, site.catalogue.pictures)
        waits = self.sites.gallery.waits(screen, device, site.catalogue.pictures)
        screen = await asyncio.to_thread(hung) if waits else hung()
        try:
            return self.presenter.present(site, address, device, screen, varies=self._varies(address))
        except NoSuchPage as wrong:
            raise web.HTTPFound(site.addresses.write(replace(address, page=wrong.last)), headers=MOVED) from None

    async def _found(self, site: Site, address: Address, query: str, headers: Mapping[str, str]) -> PreparedResponse:
        """What a form asked for: shown once, kept nowhere."""
        address = address.at(f"/search/{' '.join(query.replace('/', ' ').split())}")
        if not clean(address):
            raise web.HTTPNotFound
        now = datetime.fromtimestamp(self.clock(), UTC)
        screen = await asyncio.to_thread(find_screen, site, address, now)
        if screen is None:
            raise web.HTTPNotFound
        device = site.device(address, headers)
        return self.presenter.present(site, address, device, screen, varies=self._varies(address), cached=UNSHARED)

    def _sent_on(self, site: Site, name: str) -> PreparedResponse:
        channel = next(channel for channel in self.channels if channel.name == name)
        there = site.addresses.write(Address(channel, "", site.catalogue.languages[0], "/"))
        headers = (
            ("Location", there),
            ("Cache-Control", "public, max-age=60"),
            ("Vary", ", ".join(("Accept-Encoding", *self.doors))),
        )
        return prepare(302, headers, b"", label=(name, ""))

    def _varies(self, address: Address) -> tuple[str, ...]:
        if address.device:
            return ()
        if self._starts(address):
            return (*address.channel.varies, "Cookie")
        at_door = not address.channel.prefix and address.neutral == "/" and address.page == 1
        return self.doors if at_door else address.channel.varies


def _near(site: Site, address: Address) -> Sequence[SearchResult]:
    return site.indexes[address.language].nearest(address.neutral, 5)
