"""The capability: planning applications and roadworks by ward, and the background work that reads their feeds."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from aiohttp import web

from onestop.capability import Answer, Capability, Parts
from onestop.http.background import background_task
from onestop.notices.reader import FeedReader
from onestop.notices.screens import ADDRESSES, notice_screen, today_of, ward_screen, wards_screen
from onestop.places.notices.notice import Notice, NoticeKind
from onestop.site.context import RequestContext
from onestop.store.database import Database

READS = ("GET", "HEAD")
STEP = 20.0
"""Seconds between two looks for feeds whose time has come."""


def _answer(kind: NoticeKind) -> Answer:
    async def answer(context: RequestContext, parts: Parts) -> web.StreamResponse:
        if context.request.method not in READS:
            raise web.HTTPMethodNotAllowed(context.request.method, READS)
        notices = parts.notices.current(kind, today_of(context))
        code, _, slug = context.rest.upper().partition("/")
        if not code:
            return parts.private.show(context, wards_screen(context, kind, notices))
        if code not in context.site.local.places.wards:
            raise web.HTTPNotFound
        there = [one for one in notices if one.ward == code]
        if not slug:
            return parts.private.show(context, ward_screen(context, kind, code, there))
        return _notice(context, parts, there, slug.lower())

    return answer


def _notice(context: RequestContext, parts: Parts, there: Sequence[Notice], slug: str) -> web.Response:
    found = next((one for one in there if one.slug == slug), None)
    if found is None:
        raise web.HTTPNotFound
    hidden = (("token", parts.private.token(context)),) if context.private else ()
    return parts.private.show(context, notice_screen(context, found, hidden))


def running(parts: Parts, database: Database) -> AbstractAsyncContextManager[None]:
    """Read the feeds until the server ends."""
    settings = parts.settings
    folder = settings.gazetteer.parent / "feeds"
    reader = FeedReader(parts.notices, parts.gazetteer, folder, settings.private_destinations)
    return background_task(_read(parts, reader))


async def _read(parts: Parts, reader: FeedReader) -> None:
    while True:
        site = parts.sites.current
        if site:
            await reader.read_due(site.local.feeds, parts.clock())
        await asyncio.sleep(STEP)


CAPABILITY = Capability(
    "notices",
    answers={path: _answer(kind) for kind, (address, _) in ADDRESSES.items() for path in (address, f"{address}/")},
    words=Path(__file__).parent,
    running=running,
)
