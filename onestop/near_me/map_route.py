"""The route that serves the maps of lists of places."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from onestop.capability import DATABASE, Capability, Parts, Route
from onestop.lookup.address_lookup import AddressLookup
from onestop.near_me.map_picture import MAP, NEAREST
from onestop.near_me.near_screens import EVERYWHERE, MOST, STEP_FREE
from onestop.near_me.point import point_of
from onestop.places.gazetteer.reader import NoGazetteer
from onestop.places.map_svg import view_of
from onestop.places.near import Point, near

PATHS = (f"{MAP}/{{order:{NEAREST}|{STEP_FREE}}}/{{kind:[a-z-]{{1,20}}}}/{{rest:[A-Za-z0-9_-]{{1,300}}}}.svg",)
KEPT = 256
"""Maps that are kept: each is at most some 30 kB."""
HEADERS = {"Content-Type": "image/svg+xml", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
POLICY = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
Key = tuple[tuple[Point, ...], Point | None]


@dataclass(frozen=True, slots=True)
class MapPictures:
    """Draws maps, and keeps the last ones by what is on them."""

    parts: Parts
    kept: OrderedDict[Key, bytes] = field(default_factory=OrderedDict)

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """Return the map of a list. Raises HTTPNotFound if its token is not this visitor's."""
        site, given = self.parts.sites.current, request.match_info
        if site is None:
            raise web.HTTPServiceUnavailable
        here = await self._here(request, given["rest"])
        there = [one for one in site.local.places.facilities if one.kind == given["kind"]]
        found = near(there, here, step_free=given["order"] == STEP_FREE)[:MOST]
        if not found:
            raise web.HTTPNotFound
        places = tuple(Point(one.facility.latitude, one.facility.longitude) for one in found)
        return web.Response(body=await self._drawn(places, here), headers={**HEADERS, **POLICY})

    async def _here(self, request: web.Request, rest: str) -> Point | None:
        if rest == EVERYWHERE:
            return None
        parts, site = self.parts, self.parts.sites.current
        address = site.addresses.parse("/") if site else None
        if site is None or address is None or not parts.private.allowed(request):
            raise web.HTTPNotFound
        context = parts.private.context(request, site, address)
        lookup = AddressLookup(context, parts.gazetteer, parts.settings, request.app[DATABASE])
        query = lookup.query(rest)
        try:
            here = await point_of(parts.gazetteer, query) if query else None
        except NoGazetteer:
            here = None
        if here is None:
            raise web.HTTPNotFound
        return here

    async def _drawn(self, places: tuple[Point, ...], here: Point | None) -> bytes:
        key = (places, here)
        if key not in self.kept:
            view = view_of((*places, here) if here else places)
            try:
                drawn = await self.parts.gazetteer.drawn(view, places, here)
            except NoGazetteer:
                raise web.HTTPNotFound from None
            self.kept[key] = drawn.encode()
            if len(self.kept) > KEPT:
                self.kept.popitem(last=False)
        self.kept.move_to_end(key)
        return self.kept[key]


def _route(parts: Parts) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    return MapPictures(parts).picture


CAPABILITY = Capability("maps of places", routes=(Route(PATHS, _route),))
