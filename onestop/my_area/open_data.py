"""What has no page: the calendar of a remembered home, the JSON of a UPRN's collections, the names of streets."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from aiohttp import web

from onestop.capability import DATABASE, Capability, Parts, Route
from onestop.http.plain_text import encode_page
from onestop.http.prepared import PreparedResponse, prepare
from onestop.language import Words
from onestop.lookup.lookup_forms import STREET_NAMES
from onestop.my_area.calendar_feed import calendar_of
from onestop.places.gazetteer.reader import NoGazetteer
from onestop.places.street import Street
from onestop.rounds.schedule import Collection, Schedule
from onestop.site.site import Site
from onestop.store.tables import homes

PATHS = ("/my/{token:[0-9a-zA-Z_-]{30}}.ics", "/my/{language:[a-z]{2,3}}/{token:[0-9a-zA-Z_-]{30}}.ics")
API = ("/api/collections/{uprn:[0-9]{1,12}}",)
AHEAD = timedelta(days=90)
OPEN = ("Access-Control-Allow-Origin", "*")
"""A script on any site may read the collections, and that there are none."""
HEADERS = (
    ("Cache-Control", "private, no-cache"),
    ("Vary", "Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
)
"""Browsers and calendars may keep it, but ask each time whether it has changed."""
MOST_CALENDARS = 64
"""Calendars that are kept until the next day: most homes of a council share a few of them, each of some 40 kB."""
CalendarKey = tuple[int, tuple[str, ...], date, str]

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class OpenData:
    """Makes both responses; nothing of them is kept in the cache of pages."""

    parts: Parts
    calendars: dict[CalendarKey, PreparedResponse] = field(default_factory=dict)

    async def calendar(self, request: web.Request) -> web.StreamResponse:
        """Return the calendar of the home that a token stands for. Raises HTTPNotFound if it was forgotten."""
        parts, site = self.parts, self._site()
        language = request.match_info.get("language", site.catalogue.languages[0])
        if not parts.private.allowed(request) or language not in site.catalogue.languages:
            raise web.HTTPNotFound
        database, token, now = request.app[DATABASE], request.match_info["token"], int(parts.clock())
        home = await database.read(lambda tx: homes.find(tx, token, now))
        if home is None:
            raise web.HTTPNotFound
        if home.stale:
            await database.run(lambda tx: homes.touch(tx, home.id, now))
        words, brand = self._words(site, language), site.brands[language]
        rounds, today = tuple(await self._rounds(home.uprn)), self._today(words)
        key = (site.version, rounds, today, language)
        if key not in self.calendars:
            host, name = brand.address.partition("://")[2], words("Bins, {council}", council=brand.short)
            # In a thread: a year of collections takes longer than a request may hold the event loop.
            self._keep(key, await asyncio.to_thread(_calendar, site.local.schedule, rounds, today, words, host, name))
        return parts.respond(request, self.calendars[key])

    async def collections(self, request: web.Request) -> web.StreamResponse:
        """Return the collections of a property for three months, or 404 as JSON if it has none."""
        site, uprn = self._site(), int(request.match_info["uprn"])
        rounds = await self._rounds(uprn)
        if not rounds:
            return web.json_response(
                {"error": "no collections are known for this UPRN"}, status=404, headers=dict((OPEN,))
            )
        words = self._words(site, site.catalogue.languages[0])
        today = self._today(words)
        found = site.local.schedule.collections(rounds, today, today + AHEAD)
        told = {"uprn": str(uprn), "from": today.isoformat(), "collections": _told(site.local.schedule, found)}
        body = encode_page(json.dumps(told, ensure_ascii=False, indent=1))
        return self.parts.respond(request, _prepared(body, "application/json", OPEN))

    async def streets(self, request: web.Request) -> web.StreamResponse:
        """Return the names of all streets, one a line, to complete what is typed without sending it. Raises HTTPNotFound without any."""
        try:
            found = await self.parts.gazetteer.streets("")
        except NoGazetteer:
            raise web.HTTPNotFound from None
        return self.parts.respond(request, await asyncio.to_thread(_names, found))

    def _keep(self, key: CalendarKey, ready: PreparedResponse) -> None:
        if len(self.calendars) >= MOST_CALENDARS:
            self.calendars.pop(next(iter(self.calendars)))
        self.calendars[key] = ready

    async def _rounds(self, uprn: int) -> Sequence[str]:
        try:
            return await self.parts.gazetteer.rounds_of(uprn)
        except NoGazetteer:
            raise web.HTTPNotFound from None

    def _site(self) -> Site:
        if self.parts.sites.current is None:
            raise web.HTTPServiceUnavailable
        return self.parts.sites.current

    def _words(self, site: Site, language: str) -> Words:
        plain = next(channel for channel in site.addresses.channels if not channel.prefix)
        return site.words[plain.name, language]

    def _today(self, words: Words) -> date:
        return datetime.fromtimestamp(self.parts.clock(), UTC).astimezone(words.zone).date()


def _told(schedule: Schedule, found: Sequence[Collection]) -> list[dict[str, object]]:
    return [
        {
            "date": one.day.isoformat(),
            "bin": one.bin,
            "names": dict(schedule.bins[one.bin].names),
            "usual_date": one.usual.isoformat(),
            "moved": one.day != one.usual,
            "suspended": dict(one.suspended.why) if one.suspended else None,
        }
        for one in found
    ]


def _calendar(
    schedule: Schedule, rounds: Sequence[str], today: date, words: Words, host: str, name: str
) -> PreparedResponse:
    body = calendar_of(schedule, rounds, today, words, host, name)
    return _prepared(body, "text/calendar; charset=utf-8", ("X-Robots-Tag", "noindex"))


def _names(streets: Sequence[Street]) -> PreparedResponse:
    names = dict.fromkeys(name for one in streets for name in (one.name, one.other) if name)
    return _prepared(encode_page("\n".join(names)), "text/plain; charset=utf-8")


def _prepared(body: bytes, media_type: str, *more: tuple[str, str]) -> PreparedResponse:
    return prepare(200, (("Content-Type", media_type), *HEADERS, *more), body)


CAPABILITY = Capability(
    "open data of collections",
    routes=(
        Route(PATHS, lambda parts: OpenData(parts).calendar),
        Route(API, lambda parts: OpenData(parts).collections),
        Route((STREET_NAMES,), lambda parts: OpenData(parts).streets),
    ),
    tables=frozenset(("homes",)),
)
