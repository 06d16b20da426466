"""The capability: /my-area on every channel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from onestop.capability import DATABASE, Capability, Parts
from onestop.catalogue.catalogue import AREA
from onestop.lookup.address_lookup import AddressLookup
from onestop.lookup.finder import NotFound, understand_point
from onestop.lookup.lookup_forms import ANSWER, DO, NOT_LISTED, STREETS, chosen_from, not_found_text
from onestop.lookup.remembered import RememberedHome
from onestop.my_area.area_screen import area_screen, calendar_screen
from onestop.my_area.find_screens import (
    ABSENT,
    FIND,
    find_screen,
    list_screen,
    no_gazetteer_screen,
    not_listed_screen,
    too_many_screen,
)
from onestop.pages.form import read_form
from onestop.pages.private import PersonalHandler
from onestop.places.gazetteer.reader import NoGazetteer
from onestop.places.query import PlaceQuery
from onestop.screen import Button, Form
from onestop.site.context import Redirect, RequestContext
from onestop.store.database import Database

READS, ALLOWED = ("GET", "HEAD"), ("GET", "HEAD", "POST")
FORGET, CALENDAR = "forget", "calendar"
KNOWN = "known"
"""The part of the address to which the form of a remembered home is sent."""


class AreaHandler(PersonalHandler):
    """Answers one request for My area."""

    def __init__(self, context: RequestContext, parts: Parts) -> None:
        super().__init__(context, parts.private)
        self.parts = parts
        self.gazetteer = parts.gazetteer
        self.database: Database = context.request.app[DATABASE]
        self.lookup = AddressLookup(context, parts.gazetteer, parts.settings, self.database)
        self.remembered = RememberedHome(context, self.database)

    async def respond(self) -> web.Response:
        context = self.context
        if context.request.method not in ALLOWED:
            raise web.HTTPMethodNotAllowed(context.request.method, ALLOWED)
        if not context.private:
            return self.elsewhere(AREA)
        rest = context.address.neutral.removeprefix(AREA).strip("/")
        try:
            return await (self._receive(rest) if context.request.method == "POST" else self._page(rest))
        except NoGazetteer:
            return self.show(no_gazetteer_screen(context))

    async def _page(self, rest: str) -> web.Response:
        """Return the page of a GET request."""
        context = self.context
        if rest == "":
            return await self._remembered() or self.show(find_screen(context, self.csrf()))
        if rest == FIND.rpartition("/")[2]:
            return self.show(find_screen(context, self.csrf()))
        if rest == ABSENT.rpartition("/")[2]:
            return self.show(not_listed_screen(context))
        query = self.lookup.query(rest.rpartition("/")[2])
        if query is None:
            return self.parts.private.redirect(context, Redirect(AREA))
        return await (self._area(query) if query.kind == "home" else self._list(query))

    async def _receive(self, rest: str) -> web.Response:
        form = await read_form(self.context, self.parts.uploads)
        if rest == KNOWN:
            return await (self._forget() if form.first(DO) == FORGET else self._calendar_of_home())
        if rest == FIND.rpartition("/")[2]:
            typed, point = form.first(ANSWER).strip()[:200], understand_point(form.first(f"{ANSWER}.at"))
            if point and not typed:
                return await self._lead_to(point)
            return await self._find(typed, streets=form.first(DO) == STREETS)
        query = self.lookup.query(rest.rpartition("/")[2])
        if query is None:
            return self.to(AREA)
        if form.first(DO) == NOT_LISTED:
            return self.to(ABSENT)
        if query.kind == "home":
            return await (self._calendar if form.first(DO) == CALENDAR else self._remember)(int(query.key))
        shown = await self.lookup.shown(query)
        chosen = chosen_from(shown, form.first(ANSWER))
        if chosen is None:
            error = self.context.words("Choose one of these")
            return self.show(list_screen(self.context, self.csrf(), query, shown, error))
        return await self._lead_to(chosen)

    async def _find(self, typed: str, *, streets: bool) -> web.Response:
        context = self.context
        if streets:
            return await self._lead_to(PlaceQuery("streets", ""))
        found = await self.lookup.understand(typed)
        if isinstance(found, NotFound):
            return self.show(find_screen(context, self.csrf(), typed, not_found_text(context, found)))
        return await self._lead_to(found)

    async def _lead_to(self, query: PlaceQuery) -> web.Response:
        """Redirect to a query, unless the network has listed too many addresses today."""
        if await self.lookup.too_many(query):
            return self.show(too_many_screen(self.context))
        # On the lists a digit chooses at once; on the area's own page it may begin a number.
        return self.to(f"{AREA if query.kind == 'home' else FIND}/{self.lookup.token(query)}")

    async def _list(self, query: PlaceQuery) -> web.Response:
        shown = await self.lookup.shown(query)
        if not shown and query.kind == "postcode":
            # Of a postcode whose only address is hidden this says what it says of one that there is not.
            error = not_found_text(self.context, NotFound(query.key))
            return self.show(find_screen(self.context, self.csrf(), "", error))
        if not shown:
            return self.to(ABSENT if query.kind == "near" else FIND)
        return self.show(list_screen(self.context, self.csrf(), query, shown))

    async def _area(self, query: PlaceQuery) -> web.Response:
        words = self.context.words
        hidden = (("token", self.csrf()),)
        there, calendar = self.context.address.neutral, self._calendar_button()
        if self.context.channel.means.shared:
            form = Form(there, calendar.label, hidden=(*hidden, (calendar.name, calendar.value)))
        else:
            form = Form(there, words("Remember this address on this device"), hidden=hidden, also=(calendar,))
        return await self._area_of(int(query.key), (form,))

    def _calendar_button(self) -> Button:
        return Button(DO, CALENDAR, self.context.words("Put these days into my calendar"), "calendar-plus")

    async def _area_of(self, uprn: int, forms: tuple[Form, ...]) -> web.Response:
        home = await self.gazetteer.find(uprn)
        if home is None:
            return self.to(FIND)
        return self.show(
            area_screen(self.context, home, await self.gazetteer.rounds_of(uprn), forms, self.parts.notices)
        )

    async def _remembered(self) -> web.Response | None:
        """Return the page of the home that this device remembers, or None."""
        home = await self.remembered.find()
        if home is None:
            return None
        # Its first button is what OK presses: it must not be the one that forgets.
        calendar, forget = self._calendar_button(), Button(DO, FORGET, self.context.words("Forget this address"))
        form = Form(f"{AREA}/{KNOWN}", calendar.label, hidden=(("token", self.csrf()),), also=(forget,))
        response = await self._area_of(home.uprn, (form,))
        if home.stale:
            self.remembered.set_cookie(response, self.remembered.token)
        return response

    async def _remember(self, uprn: int) -> web.Response:
        if self.context.channel.means.shared:
            raise web.HTTPForbidden
        response = self.to(AREA)
        self.remembered.set_cookie(response, await self.remembered.make(uprn))
        return response

    async def _calendar_of_home(self) -> web.Response:
        home = await self.remembered.find()
        return await self._calendar(home.uprn) if home else self.to(AREA)

    async def _calendar(self, uprn: int) -> web.Response:
        """Make the address of a calendar, and show it."""
        return self.show(calendar_screen(self.context, await self.remembered.make(uprn)))

    async def _forget(self) -> web.Response:
        await self.remembered.forget()
        response = self.to(AREA)
        self.remembered.set_cookie(response, "")
        return response


async def my_area(context: RequestContext, parts: Parts) -> web.StreamResponse:
    return await AreaHandler(context, parts).respond()


@asynccontextmanager
async def running(parts: Parts, database: Database) -> AsyncIterator[None]:
    """Close the gazetteer when the server ends."""
    try:
        yield
    finally:
        parts.gazetteer.close()


CAPABILITY = Capability(
    "my area",
    answers={AREA: my_area, f"{AREA}/": my_area},
    words=Path(__file__).parent,
    running=running,
)
