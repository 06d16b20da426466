"""How a resident's own screen is answered: never kept by anybody, over a line nobody else reads."""

import os
from dataclasses import dataclass, field, replace

from aiohttp import web

from channels.contract import Device
from onestop.forms.visit import OWN_WHOLE
from onestop.http.client import is_https, is_loopback
from onestop.http.final_headers import mark_single_packet
from onestop.http.form_body import UploadBudget
from onestop.http.prepared import PreparedResponse, takes_gzip
from onestop.http.visitor import RandomBytes, Visitor, clear_session_cookie, set_session_cookie, visitor
from onestop.pages.handler import Answering
from onestop.pages.present import NoSuchPage
from onestop.pictures.photo_queue import PhotoQueue
from onestop.screen import Screen
from onestop.settings import Settings
from onestop.site.address import Address
from onestop.site.site import Site

NO_STORE = "no-store"


@dataclass(frozen=True, slots=True)
class Go:
    """To another neutral address, by GET. `word` is the secret that the browser must hold from now on, if it is told."""

    neutral: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Personal:
    """`chance` makes secrets; photos come in on the `tray` and are drawn in the `photo_queue`."""

    answering: Answering
    settings: Settings
    chance: RandomBytes = os.urandom
    photo_queue: PhotoQueue = field(default_factory=PhotoQueue)
    upload_budget: UploadBudget = field(default_factory=UploadBudget)

    def visitor(self, request: web.BaseRequest) -> Visitor:
        return visitor(request, self.secure(request), self.chance, int(self.answering.clock()))

    def secure(self, request: web.BaseRequest) -> bool:
        """Whether it came over a sealed line."""
        return is_https(request, self.settings.proxy)

    def safe(self, request: web.BaseRequest) -> bool:
        """Whether personal questions may be asked over this line: it is sealed, stays in this machine, or the operator allows it."""
        # A proxy on this machine is not who asks.
        here = not self.settings.proxy and is_loopback(request)
        return self.secure(request) or self.settings.private_http or here

    def shown(
        self, request: web.BaseRequest, site: Site, address: Address, screen: Screen, who: Visitor
    ) -> web.Response:
        """The page of a screen that is this resident's alone."""
        device = site.device(address, request.headers)
        try:
            ready = self._drawn(site, address, screen, device)
        except NoSuchPage:
            ready = self._drawn(site, replace(address, page=1), screen, device)
        wire = ready.packed if takes_gzip(request.headers.get("Accept-Encoding", "")) else ready.plain
        self.answering.counter.count(ready.label, ready.status)
        headers = [(name, value) for name, value in wire.headers if name != "ETag"]
        response = mark_single_packet(web.Response(status=ready.status, headers=headers, body=wire.body), ready)
        # Whoever is known is remembered anew by the next redirect: a page has no room to spare.
        if not who.has_cookie:
            self._known(response, address, who)
        return response

    def gone(self, site: Site, address: Address, where: Go, who: Visitor) -> web.Response:
        """On to another address; 303, so that reloading sends nothing again."""
        there = site.addresses.link(address, where.neutral)
        response = web.Response(status=303, headers={"Location": there, "Cache-Control": NO_STORE})
        self.answering.counter.count((address.channel.name, ""), 303)
        self._known(response, address, replace(who, secret=where.word or who.secret))
        return response

    def left(self, site: Site, address: Address, who: Visitor | None) -> web.Response:
        """To where the apparatus rests. If the visit of `who` is over, nothing of it stays in the browser."""
        there = site.addresses.write(address.at(address.channel.rest))
        response = web.Response(status=303, headers={"Location": there, "Cache-Control": NO_STORE})
        self.answering.counter.count((address.channel.name, ""), 303)
        if who:
            clear_session_cookie(response, who)
        return response

    def _known(self, response: web.Response, address: Address, who: Visitor) -> None:
        """Where strangers share an apparatus, the word goes when the browser does. Elsewhere the store knows when a visit ends."""
        set_session_cookie(response, who, None if address.channel.means.shared else OWN_WHOLE)

    def _drawn(self, site: Site, address: Address, screen: Screen, device: Device) -> PreparedResponse:
        present = self.answering.presenter.present
        return present(site, address, device, screen, varies=("Cookie",), cached=NO_STORE, own=True)
