"""The capability: "Did this help?", answered with one press below a service, and counted once a day for each visitor."""

from aiohttp import web

from onestop.capability import DATABASE, Capability, Parts
from onestop.catalogue.catalogue import Service
from onestop.catalogue.screens.frame import home_link, service_link
from onestop.catalogue.screens.helped import HELPED, helped_form
from onestop.http.client import counted_network
from onestop.pages.form import read_public_form
from onestop.pages.private import PersonalHandler
from onestop.screen import Action, Block, Paragraph, Run, Screen
from onestop.site.context import RequestContext
from onestop.store.counts.network_counts import HOUR, count_in_span
from onestop.store.database import Database, Transaction
from onestop.store.tables import events

ALLOWED = ("GET", "HEAD", "POST")
THANKS, NO = "/thanks", "no"
MOST_AN_HOUR = 60
"""Answers of one network that are counted in an hour: a library stays far below, a script does not."""


class FeedbackHandler(PersonalHandler):
    """Answers one request below /helped."""

    def __init__(self, context: RequestContext, parts: Parts) -> None:
        super().__init__(context, parts.private)
        self.parts = parts
        self.database: Database = context.request.app[DATABASE]

    async def respond(self) -> web.Response:
        context = self.context
        if context.request.method not in ALLOWED:
            raise web.HTTPMethodNotAllowed(context.request.method, ALLOWED)
        address = f"/{context.rest}"
        service = context.site.catalogue.find(address.removesuffix(THANKS))
        if not isinstance(service, Service):
            raise web.HTTPNotFound
        if context.request.method == "POST":
            form = await read_public_form(context, self.parts.uploads)
            await self._count(service, helped=form.first("helped") != NO)
            return self.to(f"{HELPED}{service.address}{THANKS}")
        return self._page(service, thanks=address.endswith(THANKS))

    async def _count(self, service: Service, *, helped: bool) -> None:
        context, now = self.context, self.context.seconds
        network = counted_network(context.request, self.parts.settings.trusted_proxies)

        async def work(tx: Transaction) -> None:
            if network and await count_in_span(tx, network, "feedback", HOUR, now) > MOST_AN_HOUR:
                return
            await events.feedback(tx, service.subject, context.channel.name, context.visitor.secret, now, helped=helped)

        await self.database.run(work)

    def _page(self, service: Service, *, thanks: bool) -> web.Response:
        context, words = self.context, self.context.words
        blocks: tuple[Block, ...] = (helped_form(service, words),)
        if thanks:
            said = words("Your answer has been counted, without anything about you.")
            blocks = (Paragraph((Run(said),), lead=True), Action(words("Go back"), service.address, "rotate-ccw"))
        title = words("Thank you") if thanks else words("Did this help?")
        end = THANKS if thanks else ""
        screen = Screen(
            title, blocks, f"{HELPED}{service.address}{end}", words.language, "question",
            trail=(home_link(words), service_link(service, words)), languages=(words.language,), personal=True,
        )  # fmt: skip
        # The answer sets the cookie: who only looks gets none.
        return self.private.show(context, screen, cookie=False)


async def helped(context: RequestContext, parts: Parts) -> web.StreamResponse:
    return await FeedbackHandler(context, parts).respond()


CAPABILITY = Capability("feedback", answers={f"{HELPED}/": helped}, tables=frozenset(("events", "network_counts")))
