"""The handler for the steps of a journey: it shows a screen, or acts on a form and redirects."""

import logging
from dataclasses import dataclass, replace

from aiohttp import web

from onestop.capability import DATABASE, WAKE, Capability, Parts
from onestop.catalogue.catalogue import Service
from onestop.catalogue.screens.frame import home_link, service_link
from onestop.catalogue.screens.service import contact_place
from onestop.delivery.kinds.destination import DestinationContext
from onestop.forms.actions import ACTIONS, act
from onestop.forms.assisted import as_officer_sees
from onestop.forms.confirmation import is_code, with_note
from onestop.forms.earlier_report import EARLIER, earlier_view
from onestop.forms.place_question import PlaceQuestion, is_place
from onestop.forms.private_form import read_session_form
from onestop.forms.receipts import already_sent, last_receipt, receipt_screen
from onestop.forms.received_form import CHANCE, ArrivedForm, ReceivedForm
from onestop.forms.step_address import Step, step_at
from onestop.forms.views import VIEWS, gone_screen, move_screen, question
from onestop.forms.visit import Visit, VisitLoader, council_date
from onestop.http.client import counted_network
from onestop.http.request.form_body import FormBody
from onestop.journeys.screens.context import ScreenContext
from onestop.language import language_of
from onestop.lookup.address_lookup import AddressLookup
from onestop.lookup.remembered import RememberedHome
from onestop.pages.https_required import elsewhere_screen
from onestop.pages.private import NO_STORE
from onestop.pages.store_down import TOO_MANY, NotSaved
from onestop.screen import Link, Screen
from onestop.site.context import Redirect, RequestContext
from onestop.store.counts.network_counts import HOUR, NetworkLimitReached, NetworkLimits
from onestop.store.database import Database
from onestop.store.errors import Unavailable
from onestop.store.tables import codes
from onestop.store.tables.codes import HandOverCode

ALLOWED = ("GET", "HEAD", "POST")
SENT_FROM = ("check", EARLIER)
"""The steps from which a case is sent."""
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
        visit = await self.database.read(self._loader().load)
        around = self._around(visit)
        if visit.walk.next and self._has_own_address(visit):
            return self._response(visit, Redirect(step.at(visit.walk.next.name)))
        if step.name == "moved":
            return self._moved(visit)
        if step.name == EARLIER:
            return self._response(visit, await earlier_view(self.database, visit, around))
        show = {"done": self._done, "move": self._move}.get(step.name, self._shown)
        return self._response(visit, await show(visit, around))

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
        context, parts = self.context, self.parts
        channel, site = context.channel, context.site
        official, limits = site.words[channel.name, site.catalogue.languages[0]], self._limits()

        def received(visit: Visit) -> ReceivedForm:
            return ReceivedForm(
                visit, context.words, self._around, self.step, form, channel.name, channel.means, official,
                site.routes, self.database, parts.photos, limits, parts.metrics.journeys,
                site.catalogue.holidays, lambda: site.carriers.working(DestinationContext.of(parts.settings)), limits.network,
            )  # fmt: skip

        done, found = await act(
            ArrivedForm(self.step, form, self.database, self._loader(), received, self._place(self.step))
        )
        if self.step.name in SENT_FROM:
            context.request.app[WAKE]()
        return self._response(done.visit, found)

    def _limits(self) -> NetworkLimits:
        settings = self.parts.settings
        network = counted_network(self.context.request, settings.trusted_proxies)
        return NetworkLimits(network, settings.drafts_an_hour, settings.photos_an_hour)

    def _loader(self) -> VisitLoader:
        context, catalogue = self.context, self.context.site.catalogue
        newest, today = context.site.journeys[self.service.journey], council_date(context.now, catalogue.council.zone)
        return VisitLoader(catalogue.languages, context.visitor, newest, context.channel.name, today, context.seconds)

    def _around(self, visit: Visit) -> ScreenContext:
        words, service = self.context.words, self.service
        own = service_link(service, words)
        # A journey that is not translated is asked in its own language, below a translated interface.
        asked = words.of(language_of(visit.journey.title, words.language))
        hidden = (
            ("token", self.parts.private.token(self.context)),
            ("seen", str(visit.revision)),
            *((("draft", visit.draft.id),) if visit.draft else ()),
        )
        return ScreenContext(
            service.address,
            (home_link(words), own, *_previous(visit, self.step, own)),
            asked,
            self.context.site.catalogue.languages,
            self.context.channel.means,
            hidden,
            find_contact=lambda: contact_place(self.context.site.catalogue, service, asked, self.context.now),
        )

    async def _done(self, visit: Visit, around: ScreenContext) -> Screen:
        """Return the receipt of the journey that was submitted last, or what its address shows without one."""
        receipt = await last_receipt(self.database, visit)
        return receipt_screen(receipt, visit, around, self.service, self.context)

    async def _shown(self, visit: Visit, around: ScreenContext) -> Screen | Redirect | None:
        """Return the screen of a step. A step that the path no longer has may be one of a journey that was sent."""
        found = VIEWS.get(self.step.name, question)(visit, around, self.step, self.context.channel.name)
        if isinstance(found, Screen) and found.kind == "question":
            found = await self._place_screen(found, visit)
        if not isinstance(found, Redirect) or visit.draft is not None or visit.moved is not None:
            return found
        receipt = await last_receipt(self.database, visit)
        return already_sent(receipt, around, self.service, self.context) if receipt else found

    async def _place_screen(self, found: Screen, visit: Visit) -> Screen | Redirect | None:
        """Return the screen on which an address is found, if the question is for one; that for a code says if none could be sent."""
        ask = visit.walk.ask_on_path(self.step.name) if self.step.name else visit.walk.next
        if ask is not None and is_code(ask):
            return await self.database.read(lambda tx: with_note(tx, found, visit, ask, self.context.words))
        if ask is None or not is_place(ask):
            return None if self.step.part else found
        step = self.step if self.step.name else replace(self.step, name=ask.name)
        return await self._place(step).screen(found, visit, ask)

    def _place(self, step: Step) -> PlaceQuestion:
        context, parts = self.context, self.parts
        lookup = AddressLookup(context, parts.gazetteer, parts.settings, self.database)
        return PlaceQuestion(lookup, RememberedHome(context, self.database), step)

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
        """Return what is shown over plain HTTP instead of a question."""
        context, service = self.context, self.service
        trail = (home_link(context.words), service_link(service, context.words))
        return elsewhere_screen(context, context.path(self.step.at("")), trail, service.address)

    def _response(self, visit: Visit | None, found: Screen | Redirect | None) -> web.Response:
        if found is None:
            raise web.HTTPNotFound
        context, private = self.context, self.parts.private
        if visit and visit.session and not visit.session.current:
            context = replace(context, visitor=replace(context.visitor, replaced=True))
        if isinstance(found, Redirect):
            return private.redirect(context, found)
        return private.show(context, as_officer_sees(found, visit, context.words))

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


def _previous(visit: Visit, step: Step, own: Link) -> tuple[Link, ...]:
    """Return the link to the question before this one, if there is one; from the hand-over, to where it was opened."""
    names = [ask.name for ask in visit.walk.path]
    if step.name == "move":
        return (replace(own, target=step.at(names[step.item - 1] if 0 < step.item <= len(names) else "")),)
    at = names.index(step.name) if step.name in names else len(names) - (1 if visit.walk.next else 0)
    return (replace(own, target=step.at(names[at - 1])),) if at > 0 else ()


TABLES = "cases codes desk_cases drafts editions moves network_counts photos prefill sessions"
STEP_NAMES = frozenset((*VIEWS, *ACTIONS, "done", "move", "moved")) - {""}
CAPABILITY = Capability(
    "journeys",
    steps={"ask": answer_step},
    step_names=STEP_NAMES,
    tables=frozenset(TABLES.split()),
)
