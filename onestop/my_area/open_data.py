"""What has no page: the calendar of a remembered home, the JSON of a UPRN's collections, the names of streets."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from aiohttp import web

from onestop.capability import DATABASE, Capability, Parts, Route
from onestop.http.prepared import matches
from onestop.language import Words
from onestop.lookup.lookup_forms import STREET_NAMES
from onestop.my_area.calendar_feed import calendar_of
from onestop.places.gazetteer.reader import NoGazetteer
from onestop.rounds.schedule import Collection, Schedule
from onestop.site.site import Site
from onestop.store.tables import homes

PATHS = ("/my/{token:[0-9a-zA-Z_-]{30}}.ics", "/my/{language:[a-z]{2,3}}/{token:[0-9a-zA-Z_-]{30}}.ics")
API = ("/api/collections/{uprn:[0-9]{1,12}}",)
AHEAD = timedelta(days=90)
CACHING = "private, no-cache"
"""Browsers and calendars may keep it, but ask each time whether it has changed."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class OpenData:
    """Makes both responses; nothing of them is kept in the cache of pages."""

    parts: Parts

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
        body = calendar_of(
            site.local.schedule, await self._rounds(home.uprn), self._today(words), words,
            brand.address.partition("://")[2], words("Bins, {council}", council=brand.short),
        )  # fmt: skip
        return _response(request, body, "text/calendar; charset=utf-8", {"X-Robots-Tag": "noindex"})

    async def collections(self, request: web.Request) -> web.StreamResponse:
        """Return the collections of a property for three months. Raises HTTPNotFound if it has none."""
        site, uprn = self._site(), int(request.match_info["uprn"])
        rounds = await self._rounds(uprn)
        if not rounds:
            raise web.HTTPNotFound
        words = self._words(site, site.catalogue.languages[0])
        today = self._today(words)
        found = site.local.schedule.collections(rounds, today, today + AHEAD)
        told = {"uprn": str(uprn), "from": today.isoformat(), "collections": _told(site.local.schedule, found)}
        body = json.dumps(told, ensure_ascii=False, indent=1).encode()
        return _response(request, body, "application/json", {"Access-Control-Allow-Origin": "*"})

    async def streets(self, request: web.Request) -> web.StreamResponse:
        """Return the names of all streets, one a line, to complete what is typed without sending it. Raises HTTPNotFound without any."""
        try:
            found = await self.parts.gazetteer.streets("")
        except NoGazetteer:
            raise web.HTTPNotFound from None
        names = dict.fromkeys(name for one in found for name in (one.name, one.other) if name)
        return _response(request, "\n".join(names).encode(), "text/plain; charset=utf-8", {})

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


def _response(request: web.Request, body: bytes, media_type: str, more: dict[str, str]) -> web.Response:
    """Return the response, or 304 if the client has it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {
        "Content-Type": media_type,
        "Cache-Control": CACHING,
        "ETag": tag,
        "X-Content-Type-Options": "nosniff",
        **more,
    }
    if matches(request.headers.get("If-None-Match", ""), tag):
        return web.Response(status=304, headers={name: headers[name] for name in ("Cache-Control", "ETag", *more)})
    return web.Response(body=body, headers=headers)


CAPABILITY = Capability(
    "open data of collections",
    routes=(
        Route(PATHS, lambda parts: OpenData(parts).calendar),
        Route(API, lambda parts: OpenData(parts).collections),
        Route((STREET_NAMES,), lambda parts: OpenData(parts).streets),
    ),
    tables=frozenset(("homes",)),
)
