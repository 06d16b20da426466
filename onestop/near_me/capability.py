"""The capability: /near-me on every channel."""

from dataclasses import dataclass, replace
from pathlib import Path

from aiohttp import web

from onestop.capability import DATABASE, Capability, Parts
from onestop.catalogue.catalogue import NEAR_ME
from onestop.lookup.address_lookup import AddressLookup
from onestop.lookup.finder import NotFound, understand_point
from onestop.lookup.lookup_forms import ANSWER, DO, NOT_LISTED, STREETS, chosen_from, not_found_text, too_many_text
from onestop.lookup.remembered import RememberedHome
from onestop.near_me.map_picture import map_picture
from onestop.near_me.near_screens import (
    EVERYWHERE,
    STEP_FREE,
    choice_screen,
    kind_names,
    kinds_screen,
    list_screen,
    where_screen,
)
from onestop.near_me.point import point_of
from onestop.pages.form import read_form
from onestop.pages.private import PersonalHandler
from onestop.places.gazetteer.reader import NoGazetteer
from onestop.places.near import Point, near
from onestop.places.query import PlaceQuery
from onestop.screen import Screen
from onestop.site.context import RequestContext

ALLOWED = ("GET", "HEAD", "POST")
FIND = "find"
LISTED = ("keys", "streets")
"""Queries of which one row is to be chosen first; the others are a point."""


@dataclass(frozen=True, slots=True)
class NearAddress:
    """What follows /near-me: the kind of place, whether step-free places come first, and a token, `EVERYWHERE`, `FIND` or ""."""

    kind: str
    step_free: bool
    rest: str


def parse_address(neutral: str) -> NearAddress:
    kind, *more = [*neutral.removeprefix(NEAR_ME).strip("/").split("/"), ""]
    step_free = more[0] == STEP_FREE
    return NearAddress(kind, step_free, more[1 if step_free else 0] if len(more) > step_free else "")


class NearHandler(PersonalHandler):
    """Answers one request for Near me."""

    def __init__(self, context: RequestContext, parts: Parts) -> None:
        super().__init__(context, parts.private)
        self.parts = parts
        self.at = parse_address(context.address.neutral)
        database = context.request.app[DATABASE]
        self.lookup = AddressLookup(context, parts.gazetteer, parts.settings, database)
        self.remembered = RememberedHome(context, database)

    async def respond(self) -> web.Response:
        context = self.context
        if context.request.method not in ALLOWED:
            raise web.HTTPMethodNotAllowed(context.request.method, ALLOWED)
        if not self.at.kind:
            return self.show(kinds_screen(context))
        if self.at.kind not in kind_names(context.words):
            raise web.HTTPNotFound
        try:
            return await (self._receive() if context.request.method == "POST" else self._page())
        except NoGazetteer:
            return self._list(None, EVERYWHERE)

    async def _page(self) -> web.Response:
        """Return the page of a GET request. Over plain HTTP nobody is asked where they are."""
        at = self.at
        if at.rest == EVERYWHERE or not self.context.private:
            return self._list(None, EVERYWHERE)
        if not at.rest:
            home = await self.remembered.find()
            return self._to_query(PlaceQuery("home", str(home.uprn))) if home else self._ask()
        query = self.lookup.query(at.rest) if at.rest != FIND else None
        if query is None:
            return self._ask()
        if query.kind in LISTED:
            return await self._choices(query)
        return self._list(await point_of(self.parts.gazetteer, query), at.rest)

    async def _receive(self) -> web.Response:
        form = await read_form(self.context, self.parts.uploads)
        if form.first(DO) in (EVERYWHERE, NOT_LISTED):
            return self.to(f"{NEAR_ME}/{self.at.kind}/{EVERYWHERE}")
        query = self.lookup.query(self.at.rest) if self.at.rest else None
        if query and query.kind in LISTED:
            shown = await self.lookup.shown(query)
            chosen = chosen_from(shown, form.first(ANSWER))
            return await (
                self._lead_to(chosen) if chosen else self._choices(query, self.context.words("Choose one of these"))
            )
        if form.first(DO) == STREETS:
            return await self._lead_to(PlaceQuery("streets", ""))
        typed, point = form.first(ANSWER).strip()[:200], understand_point(form.first(f"{ANSWER}.at"))
        if point and not typed:
            return await self._lead_to(point)
        found = await self.lookup.understand(typed)
        if isinstance(found, NotFound):
            return self._ask(typed, not_found_text(self.context, found))
        return await self._lead_to(found)

    async def _lead_to(self, query: PlaceQuery) -> web.Response:
        """Redirect to a query, unless the network has looked up too many places today."""
        if query.kind != "near" and await self.lookup.too_many(query):
            return self.show(replace(self._where("", too_many_text(self.context)), status=429))
        return self._to_query(query)

    async def _choices(self, query: PlaceQuery, error: str = "") -> web.Response:
        shown = await self.lookup.shown(query)
        if not shown:
            return self._ask()
        return self.show(choice_screen(self.context, self.at.kind, self.csrf(), query, shown, error))

    def _list(self, point: Point | None, rest: str) -> web.Response:
        at = self.at
        there = [one for one in self.context.site.local.places.facilities if one.kind == at.kind]
        found = near(there, point, step_free=at.step_free)
        drawn = map_picture(self.context, at.kind, found, point, rest, step_free=at.step_free)
        return self.show(list_screen(self.context, at.kind, found, rest, step_free=at.step_free, drawn=drawn))

    def _ask(self, typed: str = "", error: str = "") -> web.Response:
        return self.show(self._where(typed, error))

    def _where(self, typed: str, error: str) -> Screen:
        return where_screen(self.context, self.at.kind, self.csrf(), typed, error)

    def _to_query(self, query: PlaceQuery) -> web.Response:
        return self.to(f"{NEAR_ME}/{self.at.kind}/{self.lookup.token(query)}")


async def near_me(context: RequestContext, parts: Parts) -> web.StreamResponse:
    return await NearHandler(context, parts).respond()


CAPABILITY = Capability("near me", answers={NEAR_ME: near_me, f"{NEAR_ME}/": near_me}, words=Path(__file__).parent)
