"""The handler for the steps of a journey: it shows a screen, or acts on a form and redirects."""

import logging
from dataclasses import dataclass, replace

from aiohttp import web

from onestop.capability import DATABASE, WAKE, Capability, Parts
from onestop.casework.case import Receipt
from onestop.casework.reference import grouped
from onestop.catalogue.catalogue import Service
from onestop.catalogue.screens import phone_screen
from onestop.catalogue.screens.frame import home_link
from onestop.forms.actions import ACTIONS, act
from onestop.forms.https_required import https_screen
from onestop.forms.private_form import read_session_form
from onestop.forms.received_form import CHANCE, ReceivedForm
from onestop.forms.step_address import Step, step_at
from onestop.forms.views import VIEWS, gone_screen, move_screen, question, receipt_screen
from onestop.forms.visit import Visit, VisitLoader, council_date
from onestop.http.client import client_network, is_loopback
from onestop.http.request.form_body import FormBody
from onestop.http.visitor import is_prefetch, is_same_origin_link
from onestop.journeys.screens.context import ScreenContext
from onestop.pages.private import NO_STORE
from onestop.pages.store_down import TOO_MANY, NotSaved
from onestop.screen import Link, Screen
from onestop.site.context import Redirect, RequestContext
from onestop.store.database import Database, Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables import cases, codes, drafts, sessions
from onestop.store.tables.codes import HandOverCode
from onestop.store.tables.network_counts import HOUR, NetworkLimitReached, NetworkLimits

ALLOWED = ("GET", "HEAD", "POST")
READS = ("GET", "HEAD")
log = logging.getLogger("onestop")


@dataclass(frozen=True, slots=True)
class StepHandler:
    """Answers one request for a step of the journey of a service."""

    context: RequestContext
    parts: Parts
    step: Step
    service: Service
    database: Database

    async def respond(self) -> web.Response:
        """Return the response to a GET, HEAD or POST request."""
        context, step = self.context, self.step
        if context.request.method not in ALLOWED:
            raise web.HTTPMethodNotAllowed(context.request.method, ALLOWED)
        if not context.private:
            return self._response(None, self._https_screen())
        if context.request.method == "POST":
            return await self._receive()
        visit = await self._visit()
        around = self._around(visit)
        if visit.walk.next and self._has_own_address(visit):
            return self._response(visit, Redirect(step.at(visit.walk.next.name)))
        if step.name == "moved":
            return self._moved(visit)
        if step.name == "done":
            return self._response(visit, await self._done(visit, around))
        if step.name == "move":
            return self._response(visit, await self._move(visit, around))
        return self._response(visit, VIEWS.get(step.name, question)(visit, around, step, context.channel.name))

    async def _receive(self) -> web.Response:
        form = await read_session_form(self.context, self.parts.uploads, self.database)
        try:
            return await self._act(form)
        except Unavailable as why:
            raise NotSaved(form) from why
        except NetworkLimitReached as why:
            if self.parts.metrics.count_limited(why.kind, self.context.seconds // HOUR):
                log.warning(
                    "one network has stored as many %s as it may in an hour: it gets 429 until the next", why.kind
                )
            raise NotSaved(form, TOO_MANY) from None

    async def _act(self, form: FormBody) -> web.Response:
        visit = await self._visit()
        channel, site = self.context.channel, self.context.site
        official = site.words[channel.name, site.catalogue.languages[0]]
        received = ReceivedForm(
            visit, self._around(visit), self.step, form, channel.name, channel.means, official,
            site.routes, self.database, self.parts.photos, self._limits(), self.parts.metrics.journeys,
        )  # fmt: skip
        found = await act(received)
        if self.step.name == "check":
            self.context.request.app[WAKE]()
        return self._response(visit, found)

    def _limits(self) -> NetworkLimits:
        settings, request = self.parts.settings, self.context.request
        proxies = settings.proxies if settings.proxy else 0
        # This machine is no stranger: measurements and a proxy that nobody declared come from here.
        network = "" if not proxies and is_loopback(request) else client_network(request, proxies)
        return NetworkLimits(network, settings.drafts_an_hour, settings.photos_an_hour)

    async def _visit(self) -> Visit:
        context = self.context
        newest = context.site.journeys[self.service.journey]
        loader = VisitLoader(self.database, context.site.catalogue.languages)
        today = council_date(context.now, context.site.catalogue.council.zone)
        return await loader.load(context.visitor, newest, context.channel.name, today, context.seconds)

    def _around(self, visit: Visit) -> ScreenContext:
        words, service = self.context.words, self.service
        own = Link(service.title(words.language), service.address)
        hidden = (
            ("token", self.parts.private.token(self.context)),
            ("seen", str(visit.revision)),
            *((("draft", visit.draft.id),) if visit.draft else ()),
        )
        return ScreenContext(
            service.address,
            (home_link(words), own, *_previous(visit, self.step, own)),
            words,
            self.context.site.catalogue.languages,
            self.context.channel.means,
            hidden,
        )

    async def _done(self, visit: Visit, around: ScreenContext) -> Screen | Redirect:
        """Return the receipt of the submitted draft."""
        session = visit.session
        if session is None:
            return Redirect(around.here)

        async def work(tx: Transaction) -> Receipt | None:
            draft = await drafts.last_done(tx, session.id, visit.journey.name, visit.now)
            return await cases.receipt(tx, draft) if draft else None

        receipt = await self.database.read(work)
        if receipt is None:
            return Redirect(around.here)
        return receipt_screen(visit, around, str(receipt.shown.get("said", "")), grouped(receipt.reference))

    async def _move(self, visit: Visit, around: ScreenContext) -> Screen | Redirect:
        session, draft = visit.session, visit.draft
        if session is None or draft is None:
            return Redirect(around.here)
        code: HandOverCode | None = await self.database.run(
            lambda tx: codes.show(tx, session.id, draft.id, visit.now, CHANCE)
        )
        if code is None:
            return gone_screen(visit, around)
        return move_screen(around, code, self.context.site.brands[self.context.address.language].address)

    def _moved(self, visit: Visit) -> web.Response:
        """Return JSON for the script that polls: whether the draft has moved to another device, and where to go then."""
        moved = visit.draft is None and visit.moved is not None
        there = self.context.path(self.step.at(""))
        return web.json_response({"moved": moved, "to": there}, headers={"Cache-Control": NO_STORE})

    def _https_screen(self) -> Screen | None:
        """Over plain HTTP: a link to the HTTPS page on a phone, a QR code to it on everything else."""
        context, service = self.context, self.service
        if not context.channel.means.handheld:
            return phone_screen(context.site.catalogue, service.address, context.words, context.site.read)
        trail = (home_link(context.words), Link(service.title(context.words.language), service.address))
        return https_screen(context, context.path(self.step.at("")), trail)

    def _response(self, visit: Visit | None, found: Screen | Redirect | None) -> web.Response:
        if found is None:
            raise web.HTTPNotFound
        context, private = self.context, self.parts.private
        if visit and visit.session and not visit.session.current:
            context = replace(context, visitor=replace(context.visitor, replaced=True))
        return private.redirect(context, found) if isinstance(found, Redirect) else private.show(context, found)

    def _has_own_address(self, visit: Visit) -> bool:
        """Return whether to redirect to the address of the current question, so that the Back button visits every question once.

        A channel whose responses must fit one packet is slow and has a link for Back: there only a new visitor is redirected, because
        the page has no room for the cookie.
        """
        if self.step.name or (visit.moved and visit.draft is None):
            return False
        return not (self.context.channel.packet and self.context.visitor.has_cookie)


async def answer_step(context: RequestContext, parts: Parts) -> web.StreamResponse:
    """Answer a request below /<section>/<service>/ask. Raises HTTPNotFound if the service has no journey."""
    step = step_at(context.address.neutral)
    service = context.site.catalogue.find(step.service) if step else None
    if step is None or not isinstance(service, Service) or service.journey not in context.site.journeys:
        raise web.HTTPNotFound
    return await StepHandler(context, parts, step, service, context.request.app[DATABASE]).respond()


async def leave(context: RequestContext, parts: Parts) -> web.StreamResponse:
    """End the session on a shared device: erase it here and in the browser, except a draft with an unused hand-over code.

    Raises HTTPForbidden for a prefetch. Nothing is erased for a link on another site.
    """
    request = context.request
    if request.method not in READS:
        raise web.HTTPMethodNotAllowed(request.method, READS)
    if is_prefetch(request):
        raise web.HTTPForbidden
    if request.method != "GET" or not context.channel.means.shared or not is_same_origin_link(request):
        return parts.private.leave(context, ended=False)

    shared = {channel.name for channel in parts.channels if channel.means.shared}

    async def work(tx: Transaction) -> bool:
        session = await sessions.look_up(tx, context.visitor.secret, context.seconds)
        if session and session.channel not in shared:
            return False
        if session:
            await sessions.end(tx, session.id, context.seconds)
        return True

    try:
        # A link in a mail may lead here: it must not erase a draft on the reader's own device.
        if context.visitor.has_cookie and not await request.app[DATABASE].run(work):
            return parts.private.leave(context, ended=False)
    except Unavailable as why:
        # Clear the cookie all the same; the session in the store expires later.
        log.error("%s", why)
    return parts.private.leave(context, ended=True)


def _previous(visit: Visit, step: Step, own: Link) -> tuple[Link, ...]:
    """Return the link to the question before this one, if there is one."""
    names = [ask.name for ask in visit.walk.path]
    at = names.index(step.name) if step.name in names else len(names) - (1 if visit.walk.next else 0)
    return (replace(own, target=step.at(names[at - 1])),) if at > 0 else ()


STEP_NAMES = frozenset((*VIEWS, *ACTIONS, "done", "move", "moved")) - {""}
CAPABILITY = Capability(
    "journeys",
    answers={"/leave": leave},
    steps={"ask": answer_step},
    step_names=STEP_NAMES,
    tables=frozenset(
        ("cases", "codes", "drafts", "editions", "moves", "network_counts", "photos", "prefill", "sessions")
    ),
)
