"""How a request for a step of a journey is answered: by what its visitor holds, with a screen or another address."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from onestop.casework.case import Receipt
from onestop.casework.reference import grouped
from onestop.catalogue.catalogue import Service
from onestop.catalogue.screens import phone_screen
from onestop.catalogue.screens.frame import home_link
from onestop.forms.actions import take
from onestop.forms.https_required import sealed_screen
from onestop.forms.private_page import NO_STORE, Go, Personal
from onestop.forms.received_form import CHANCE, Taken
from onestop.forms.step_address import Step
from onestop.forms.store_down import Unkept
from onestop.forms.views import VIEWS, gone_screen, move_screen, question, receipt_screen
from onestop.forms.visit import Held, Holding, council_day
from onestop.http.form_body import FormBody, read_form_body
from onestop.http.visitor import Visitor, is_prefetch, is_same_origin_link, is_same_origin_post
from onestop.journeys.screens.context import ScreenContext
from onestop.screen import Link, Screen
from onestop.site.address import Address
from onestop.site.site import Site
from onestop.store.database import Database, Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables import cases, codes, drafts, sessions
from onestop.store.tables.codes import HandOverCode

ALLOWED = ("GET", "HEAD", "POST")
log = logging.getLogger("onestop")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for a step, and everything that is known before the store is asked."""

    request: web.Request
    site: Site
    address: Address
    step: Step
    service: Service
    visitor: Visitor


class Journeying:
    """`wake` tells whoever delivers that there may be something to deliver."""

    def __init__(self, personal: Personal, database: Database, wake: Callable[[], None]) -> None:
        self.personal, self.database, self.wake = personal, database, wake

    async def answer(
        self, request: web.Request, site: Site, address: Address, step: Step, service: Service
    ) -> web.Response:
        """The answer to a GET or POST of a step."""
        if request.method not in ALLOWED:
            raise web.HTTPMethodNotAllowed(request.method, ALLOWED)
        asked = Asked(request, site, address, step, service, self.personal.visitor(request))
        if not self.personal.safe(request):
            return self._given(asked, self._elsewhere(asked))
        if request.method == "POST":
            return await self._taken(asked)
        held = await self._held(asked)
        around = self._around(asked, held)
        if held.walk.next and _leads_on(asked, held):
            return self._given(asked, Go(step.at(held.walk.next.name)))
        if step.name == "moved":
            return self._told(asked, held)
        if step.name == "done":
            return self._given(asked, await self._done(held, around))
        if step.name == "move":
            return self._given(asked, await self._move(asked, held, around))
        return self._given(asked, VIEWS.get(step.name, question)(held, around, step, address.channel.name))

    async def _taken(self, asked: Asked) -> web.Response:
        if not is_same_origin_post(asked.request):
            raise web.HTTPForbidden
        sent = await read_form_body(asked.request, self.personal.upload_budget)
        if not asked.visitor.owns_token(sent.first("token")):
            raise web.HTTPForbidden
        try:
            return await self._dealt(asked, sent)
        except Unavailable as why:
            raise Unkept(sent) from why

    async def _dealt(self, asked: Asked, sent: FormBody) -> web.Response:
        held = await self._held(asked)
        channel, site = asked.address.channel, asked.site
        official = site.words[channel.name, site.catalogue.languages[0]]
        around = self._around(asked, held)
        photo_queue = self.personal.photo_queue
        found = await take(
            Taken(
                held,
                around,
                asked.step,
                sent,
                channel.name,
                channel.means,
                official,
                asked.site.routes,
                self.database,
                photo_queue,
            )
        )
        if asked.step.name == "check":
            self.wake()
        return self._given(asked, found)

    async def _held(self, asked: Asked) -> Held:
        site, now = asked.site, int(self.personal.answering.clock())
        newest = site.journeys[asked.service.journey]
        holding = Holding(self.database, site.catalogue.languages)
        today = council_day(now, site.catalogue.council.zone)
        return await holding.held(asked.visitor, newest, asked.address.channel.name, today, now)

    def _around(self, asked: Asked, held: Held) -> ScreenContext:
        site, address, service = asked.site, asked.address, asked.service
        words = site.words_for(address)
        own = Link(service.title(words.language), service.address)
        before = _before(held, asked.step, own)
        hidden = (
            ("token", asked.visitor.form_token(self.personal.chance)),
            ("seen", str(held.seen)),
            *((("draft", held.draft.id),) if held.draft else ()),
        )
        return ScreenContext(
            service.address,
            (home_link(words), own, *before),
            words,
            site.catalogue.languages,
            address.channel.means,
            hidden,
        )

    async def _done(self, held: Held, around: ScreenContext) -> Screen | Go:
        """The receipt, the same however often it is asked for."""
        session = held.session
        if session is None:
            return Go(around.here)

        async def work(tx: Transaction) -> Receipt | None:
            draft = await drafts.last_done(tx, session.id, held.journey.name, held.now)
            return await cases.receipt(tx, draft) if draft else None

        receipt = await self.database.read(work)
        if receipt is None:
            return Go(around.here)
        return receipt_screen(held, around, str(receipt.shown.get("said", "")), grouped(receipt.reference))

    async def _move(self, asked: Asked, held: Held, around: ScreenContext) -> Screen | Go:
        session, draft = held.session, held.draft
        if session is None or draft is None:
            return Go(around.here)
        code: HandOverCode | None = await self.database.run(
            lambda tx: codes.show(tx, session.id, draft.id, held.now, CHANCE)
        )
        if code is None:
            return gone_screen(held, around)
        return move_screen(around, code, asked.site.brands[asked.address.language].address)

    def _told(self, asked: Asked, held: Held) -> web.Response:
        """For the script that watches: whether it has gone on elsewhere, and where to go then."""
        moved = held.draft is None and held.moved is not None
        there = asked.site.addresses.link(asked.address, asked.step.at(""))
        return web.json_response({"moved": moved, "to": there}, headers={"Cache-Control": NO_STORE})

    def _elsewhere(self, asked: Asked) -> Screen | None:
        """Anybody could read along on this line: that of the phone is sealed, and what is in the hand may open the sealed page itself."""
        site, address, service = asked.site, asked.address, asked.service
        words = site.words_for(address)
        if not address.channel.means.handheld:
            return phone_screen(site.catalogue, service.address, words, site.read)
        trail = (home_link(words), Link(service.title(words.language), service.address))
        return sealed_screen(site, address, site.addresses.link(address, asked.step.at("")), trail)

    def _given(self, asked: Asked, found: Screen | Go | None) -> web.Response:
        if found is None:
            raise web.HTTPNotFound
        if isinstance(found, Go):
            return self.personal.gone(asked.site, asked.address, found, asked.visitor)
        return self.personal.shown(asked.request, asked.site, asked.address, found, asked.visitor)

    async def leave(self, request: web.Request, site: Site, address: Address) -> web.Response:
        """The visit is over: nothing of it is left in the browser, nor here but what is on its way to another screen.

        Only where strangers share the apparatus, and only if somebody there has asked for it.
        """
        if is_prefetch(request):
            raise web.HTTPForbidden
        if request.method != "GET" or not address.channel.means.shared or not is_same_origin_link(request):
            return self.personal.left(site, address, None)
        who, now = self.personal.visitor(request), int(self.personal.answering.clock())

        async def work(tx: Transaction) -> None:
            session = await sessions.look_up(tx, who.secret, now)
            if session:
                await sessions.end(tx, session.id, now)

        try:
            if who.has_cookie:
                await self.database.run(work)
        except Unavailable as why:
            # The browser forgets all the same; what is here ends by itself when its time is up.
            log.error("%s", why)
        return self.personal.left(site, address, who)


def _leads_on(asked: Asked, held: Held) -> bool:
    """Whether where the resident is has an address of its own, so that a browser's Back leads through every question once.

    Where every answer must fit one packet a way there and back is dear, and Back is a link: only a stranger is led on there,
    for whose cookie the page has no room.
    """
    if asked.step.name or (held.moved and held.draft is None):
        return False
    return not (asked.address.channel.packet and asked.visitor.has_cookie)


def _before(held: Held, step: Step, own: Link) -> tuple[Link, ...]:
    """The way back: to the question before this one, if there is one."""
    names = [ask.name for ask in held.walk.path]
    at = names.index(step.name) if step.name in names else len(names) - (1 if held.walk.next else 0)
    return (Link(own.label, step.at(names[at - 1])),) if at > 0 else ()
