"""The capability: /track on every channel, and /T/<ticket> for the code of a receipt."""

import re
from dataclasses import replace
from pathlib import Path

from aiohttp import web

from onestop.capability import DATABASE, Capability, Handler, Parts, Route
from onestop.casework.reference import parse_reference
from onestop.casework.second_fact import fact_digits
from onestop.casework.tracking_token import OF_CASE, OF_FOLLOWED, OF_REFERENCE, TRACKED
from onestop.catalogue.catalogue import TRACKING, Service
from onestop.catalogue.screens.frame import home_link
from onestop.http.client import counted_network
from onestop.http.request.form_body import FormBody
from onestop.journeys.values.form_values import SIGN, first_value, with_sign
from onestop.journeys.values.visible_text import visible_lines
from onestop.pages.form import read_form
from onestop.pages.https_required import https_screen
from onestop.pages.private import PersonalHandler
from onestop.pages.store_down import NotSaved
from onestop.site.context import RequestContext
from onestop.store.database import Database, Transaction
from onestop.store.encryption.address_token import make_address_token, read_address_token
from onestop.store.encryption.tracking import TICKET_LENGTH, make_ticket
from onestop.store.errors import Unavailable
from onestop.store.messages import queue
from onestop.store.tables import case_events, cases, desk_cases, guesses, outbox
from onestop.tracking.answer import answer_desk
from onestop.tracking.changes import ChangeFeed
from onestop.tracking.find_screens import (
    ANSWER,
    MOST_ANSWER,
    TICKET,
    answer_screen,
    fact_screen,
    reference_screen,
    scanned_screen,
)
from onestop.tracking.followed_screen import followed_screen
from onestop.tracking.status_screen import TrackedCase, status_screen

ALLOWED = ("GET", "HEAD", "POST")
TICKETS = re.compile(rf"[A-Z2-7]{{{TICKET_LENGTH}}}")
CHANGES, QUESTION = "changes", "answer"
TOO_MANY = 429


class TrackingHandler(PersonalHandler):
    """Answers one request of somebody who follows what they sent."""

    def __init__(self, context: RequestContext, parts: Parts, changes: ChangeFeed) -> None:
        super().__init__(context, parts.private)
        self.parts, self.changes = parts, changes
        self.database: Database = context.request.app[DATABASE]

    async def respond(self) -> web.StreamResponse:
        context = self.context
        if context.request.method not in ALLOWED:
            raise web.HTTPMethodNotAllowed(context.request.method, ALLOWED)
        if not context.private:
            return self.elsewhere(TRACKING)
        rest = context.address.neutral.removeprefix(TRACKING).strip("/")
        if context.request.method == "POST":
            return await self._receive(rest)
        if not rest:
            return self.show(reference_screen(context, self.csrf()))
        whose = self._read(rest.rpartition("/")[2])
        if whose.startswith(OF_REFERENCE):
            return self.show(fact_screen(context, self.csrf()))
        if rest.startswith(f"{CHANGES}/"):
            return await self._changes(rest.split("/")[1], whose)
        if followed := await self._case(whose, OF_FOLLOWED):
            ticket = make_ticket(self.database.keys, followed.receipt.reference, follower=True)
            watch = self._watch(followed, rest)
            return self.show(followed_screen(context, followed, self._service(followed), watch, ticket))
        case = await self._case(whose)
        if case is None:
            return self.to(TRACKING)
        if rest.startswith(f"{QUESTION}/"):
            return self._question(case, rest)
        return self.show(
            status_screen(context, case, self._service(case), self._watch(case, rest), f"{TRACKING}/{QUESTION}/{rest}")
        )

    async def _receive(self, rest: str) -> web.Response:
        context = self.context
        form = await read_form(context, self.parts.uploads)
        typed = form.first(ANSWER)
        try:
            if rest.startswith(f"{QUESTION}/"):
                return await self._answer(self._read(rest.rpartition("/")[2]), form, rest)
            if rest:
                return await self._second_fact(self._read(rest), typed)
            if ticket := form.first(TICKET):
                return await self._ticket(ticket)
        except Unavailable as why:
            raise NotSaved(form) from why
        reference = parse_reference(typed)
        if reference is None:
            error = context.words("Enter the ten digits of the reference, as on the receipt")
            return self.show(replace(reference_screen(context, self.csrf(), typed, error), one_page=True))
        return self.to(f"{TRACKING}/{self._token(OF_REFERENCE + reference)}")

    async def _second_fact(self, whose: str, typed: str) -> web.Response:
        """Redirect to the case, or ask again; the response does not depend on whether there is such a reference."""
        context, words, now = self.context, self.context.words, self.context.seconds
        if not whose.startswith(OF_REFERENCE):
            return self.to(TRACKING)
        reference, digits = whose.removeprefix(OF_REFERENCE), fact_digits(typed)
        network = self._network()

        async def work(tx: Transaction) -> tuple[bool, str | None]:
            if not await guesses.count_fact(tx, network, reference, now):
                return False, None
            case = await cases.identify(tx, reference, digits)
            if case:
                await guesses.forgive_fact(tx, network, reference, now)
            return True, case

        allowed, case = await self.database.run(work) if digits else (True, None)
        if case:
            return self.to(f"{TRACKING}/{self._token(OF_CASE + case)}")
        if allowed:
            error = words("The reference and this do not belong together. Check both on your receipt")
            screen = fact_screen(context, self.csrf(), error)
        else:
            error = words(
                "Too many wrong ones were tried. Wait ten minutes, or scan the code on your receipt with a phone"
            )
            screen = fact_screen(context, self.csrf(), error, TOO_MANY)
        return self.show(replace(screen, one_page=True))

    async def _ticket(self, ticket: str) -> web.Response:
        """Redirect to the case of a scanned receipt, in the language it was sent in."""
        context = self.context
        whole = TICKETS.fullmatch(ticket) is not None
        case = await self.database.read(lambda tx: cases.of_ticket(tx, ticket)) if whole else None
        found = await self._case(OF_CASE + case) if case else None
        if case is None or found is None:
            followed = (
                await self.database.read(lambda tx: cases.of_ticket(tx, ticket, follower=True)) if whole else None
            )
            return self.to(f"{TRACKING}/{self._token(OF_FOLLOWED + followed)}" if followed else TRACKING)
        if found.receipt.language in context.site.catalogue.languages:
            self.context = replace(context, address=replace(context.address, language=found.receipt.language))
        return self.to(f"{TRACKING}/{self._token(OF_CASE + case)}")

    def _question(self, case: TrackedCase, rest: str, typed: str = "", error: str = "") -> web.Response:
        """Return the form of the question that waits, or a redirect if none does any more."""
        if not case.questions:
            return self.to(f"{TRACKING}/{rest.rpartition('/')[2]}")
        screen = answer_screen(self.context, self.csrf(), case.questions[0].event.text, typed, error)
        return self.show(replace(screen, one_page=True) if error else screen)

    async def _answer(self, whose: str, form: FormBody, rest: str) -> web.Response:
        """Give the answer to the desk that asked, and lead back to the case."""
        case = await self._case(whose)
        if case is None:
            return self.to(TRACKING)
        typed = form.first(ANSWER)
        if form.first(SIGN):
            return self._question(case, rest, first_value(with_sign(form.fields)))
        text = visible_lines(typed)
        if case.questions and (not text or len(text) > MOST_ANSWER):
            return self._question(case, rest, typed, self.context.words("Enter an answer"))
        if case.questions:
            await self.database.run(
                lambda tx: answer_desk(tx, case.receipt.case, case.questions[0].desk, text, self.context.seconds)
            )
        return self.to(f"{TRACKING}/{rest.rpartition('/')[2]}")

    async def _changes(self, state: str, whose: str) -> web.StreamResponse:
        async def changed() -> bool:
            case = await self._case(whose) or await self._case(whose, OF_FOLLOWED)
            return case is None or case.state != state

        there = self.context.path(f"{TRACKING}/{self._token(whose)}")
        return await self.changes.answer(self.context.request, self.parts.readiness, self._network(), changed, there)

    async def _case(self, whose: str, sort: str = OF_CASE) -> TrackedCase | None:
        """Return the case of a token of one sort, or None."""

        async def work(tx: Transaction) -> TrackedCase | None:
            receipt = await cases.receipt_of_case(tx, whose.removeprefix(sort))
            if receipt is None:
                return None
            entries = await outbox.entries_of_case(tx, receipt.case)
            events, told = await case_events.of_case(tx, receipt.case), await queue.entries_of(tx, receipt.case)
            return TrackedCase(receipt, entries, events, told, await desk_cases.of_case(tx, receipt.case))

        return await self.database.read(work) if whose.startswith(sort) else None

    def _service(self, case: TrackedCase) -> Service | None:
        services = self.context.site.catalogue.services
        return next((service for service in services if service.journey == case.receipt.journey), None)

    def _watch(self, case: TrackedCase, token: str) -> str:
        return f"{TRACKING}/{CHANGES}/{case.state}/{token}"

    def _token(self, text: str) -> str:
        return make_address_token(self.database.keys, TRACKED, text, self.context.visitor.secret, self.context.seconds)

    def _read(self, token: str) -> str:
        visitor = self.context.visitor
        return read_address_token(self.database.keys, TRACKED, token, visitor.secret, self.context.seconds) or ""

    def _network(self) -> str:
        return counted_network(self.context.request, self.parts.settings.trusted_proxies)


CHANGES_HERE = ChangeFeed()


async def track(context: RequestContext, parts: Parts) -> web.StreamResponse:
    return await TrackingHandler(context, parts, CHANGES_HERE).respond()


def scanned(parts: Parts) -> Handler:
    """Return the handler of the address in a receipt's code: a page with one button."""

    async def handle(request: web.Request) -> web.StreamResponse:
        site, ticket = parts.sites.current, request.match_info["ticket"]
        if site is None:
            raise web.HTTPServiceUnavailable
        address = site.addresses.parse(TRACKING)
        if address is None or not TICKETS.fullmatch(ticket):
            raise web.HTTPNotFound
        context = parts.private.context(request, site, address)
        if not context.private:
            return parts.private.show(context, https_screen(context, f"/T/{ticket}", (home_link(context.words),)))
        return parts.private.show(context, scanned_screen(context, parts.private.token(context), ticket))

    return handle


CAPABILITY = Capability(
    "tracking",
    answers={TRACKING: track, f"{TRACKING}/": track},
    routes=(Route(("/T/{ticket}",), scanned),),
    words=Path(__file__).parent,
    tables=frozenset(("case_events", "cases", "desk_cases", "guesses", "outbox")),
)
