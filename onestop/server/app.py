"""Which addresses there are besides the pages, and how the parts of the web are joined."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

import channels as channels_package
from channels.contract import Channel
from onestop.capabilities import feeds
from onestop.capabilities.preview import Preview, preview_files
from onestop.capabilities.record_ahead import Rehearsal
from onestop.delivery.worker import DeliveryWorker
from onestop.forms.handler import Journeying
from onestop.forms.private_page import Personal
from onestop.http import static_files as statics
from onestop.http.error_log import describe_error
from onestop.http.final_headers import final_headers
from onestop.http.form_body import MULTIPART
from onestop.http.page_cache import PageCache
from onestop.http.prepared import PreparedResponse
from onestop.http.redirect_as_text import redirect_as_text
from onestop.http.response_counter import ResponseCounter
from onestop.http.static_files import StaticFiles
from onestop.pages.audio import Listening, find_speaker
from onestop.pages.handler import Answering
from onestop.pages.present import Presenter
from onestop.server.maintenance import run_store
from onestop.server.metrics import Metrics
from onestop.server.routes import routed, scanned
from onestop.server.visit_counter import Counting
from onestop.settings import Settings
from onestop.site.address import needless
from onestop.site.current import Sites
from onestop.site.reload import Watching
from onestop.site.site import Site
from onestop.site.templates import drawer
from onestop.store.database import Database

TEMPLATES = Path(channels_package.__file__).resolve().parent.parent / "templates"
LARGEST = 1 << 20
Next = Callable[[web.Request], Awaitable[web.StreamResponse]]
log = logging.getLogger("onestop")


@dataclass(frozen=True, slots=True)
class Parts:
    """What the web is made of, once joined."""

    settings: Settings
    sites: Sites
    pages: PageCache
    counter: ResponseCounter
    metrics: Metrics
    statics: StaticFiles
    answering: Answering
    personal: Personal
    preview: Preview
    watching: Watching
    rehearsal: Rehearsal
    clock: Callable[[], float]


PARTS = web.AppKey("PARTS", Parts)
DATABASE: web.AppKey[Database] = web.AppKey("DATABASE", Database)
WORKER = web.AppKey("WORKER", DeliveryWorker)


def join(settings: Settings, channels: Sequence[Channel], clock: Callable[[], float]) -> Parts:
    """Make every part and tell it of the others."""
    counter = ResponseCounter()
    pages = PageCache(settings.cache_bytes, counter.fold)
    sites = Sites(settings.content, channels, settings.catalogue_cache)
    sites.changed.append(pages.drop)
    metrics = Metrics(counter, pages, sites)
    files = StaticFiles(
        [
            *(asset for channel in channels for asset in channel.assets.items()),
            *((file.name, file.read_bytes()) for file in preview_files(TEMPLATES)),
        ]
    )
    drawers = {channel.name: drawer(channel, TEMPLATES, files.address) for channel in channels}
    listening = Listening(find_speaker(settings), sites, clock)
    presenter = Presenter(drawers, metrics.took, listening.address)
    rehearsal = Rehearsal(listening, presenter, channels if settings.speech_ahead else ())
    answering = Answering(channels, sites, presenter, pages, counter, clock)
    preview = Preview(channels, drawers, TEMPLATES, files.address)
    personal = Personal(answering, settings)
    watching = Watching(sites)
    return Parts(
        settings, sites, pages, counter, metrics, files, answering, personal, preview, watching, rehearsal, clock
    )


def make_app(parts: Parts) -> web.Application:
    """The ordinary application: everything that is not answered at once."""
    app = web.Application(middlewares=[redirect_as_text, problems], client_max_size=LARGEST)
    app[PARTS] = parts
    app.add_routes(
        [
            web.get("/healthz", health),
            web.get("/metrics", metrics),
            web.get("/robots.txt", robots),
            web.get("/sitemap.xml", sitemap),
            web.get(r"/sitemap-{part:[0-9]{1,5}}.xml", sitemap),
            web.get("/favicon.ico", icon),
            web.get("/static/{name}", static),
            web.get("/pictures/{name:.+}", picture),
            web.get("/preview", preview),
            web.get("/preview/{path:.*}", preview),
            web.get("/speech/at{path:/.*}", parts.rehearsal.listening.at),
            web.get("/M/{ticket}", scan),
            web.route("*", "/{path:.*}", anything),
        ]
    )
    app.cleanup_ctx.append(_store)
    app.cleanup_ctx.append(_watch)
    app.on_response_prepare.append(final_headers(parts.personal.secure))
    return app


@web.middleware
async def problems(request: web.Request, handler: Next) -> web.StreamResponse:
    """Everything that goes wrong becomes a page in the look of the channel where it happened."""
    answering = request.app[PARTS].answering
    if needless(request.raw_path) and request.match_info.handler is not anything:
        return await answering.problem(request, 404)
    if (request.content_length or 0) > LARGEST and request.content_type != MULTIPART:
        return await answering.problem(request, 413)
    try:
        return await handler(request)
    except web.HTTPException as wrong:
        if wrong.status < 400:
            raise
        response = await answering.problem(request, wrong.status)
        if "Allow" in wrong.headers:
            response.headers["Allow"] = wrong.headers["Allow"]
        return response
    except ConnectionError:
        raise
    except Exception as why:
        log.error("%s cannot be answered: %s", request.method, describe_error(why))
        return await answering.problem(request, 500)


async def health(request: web.Request) -> web.Response:
    sites = request.app[PARTS].sites
    return web.json_response(sites.said(), status=200 if sites.current else 503, headers={"Cache-Control": "no-store"})


async def metrics(request: web.Request) -> web.Response:
    text, kind = request.app[PARTS].metrics.text()
    return web.Response(body=text, headers={"Content-Type": kind, "Cache-Control": "no-store"})


async def robots(request: web.Request) -> web.Response:
    return await _prepared(request, feeds.robots)


async def sitemap(request: web.Request) -> web.Response:
    part = request.match_info.get("part")
    return await _prepared(request, lambda site: feeds.sitemap(site, int(part) if part else None))


async def icon(request: web.Request) -> web.Response:
    return await _prepared(request, feeds.crest)


async def static(request: web.Request) -> web.Response:
    return _sent(request, lambda _: request.app[PARTS].statics.find(request.path))


async def picture(request: web.Request) -> web.Response:
    sites = request.app[PARTS].sites
    files = sites.current.catalogue.pictures if sites.current else {}
    made = None if request.path in files else await asyncio.to_thread(sites.gallery.find, request.path, files)
    return _sent(request, lambda _: statics.picture(files[request.path]) if request.path in files else made)


async def preview(request: web.Request) -> web.Response:
    parts = request.app[PARTS]
    return _sent(request, lambda site: parts.preview.ready(site, parts.sites, request.rel_url.raw_path, request.query))


async def anything(request: web.Request) -> web.StreamResponse:
    return await routed(request, request.app[PARTS].personal, _journeying(request))


async def scan(request: web.Request) -> web.StreamResponse:
    return await scanned(request, request.app[PARTS].personal, _journeying(request))


def _journeying(request: web.Request) -> Journeying:
    return Journeying(request.app[PARTS].personal, request.app[DATABASE], request.app[WORKER].wake)


async def _prepared(request: web.Request, make: Callable[[Site], PreparedResponse | None]) -> web.Response:
    """What `make` makes of the site, made in a thread and kept with the prepared pages."""
    parts = request.app[PARTS]
    site = parts.sites.current
    if site is None:
        raise web.HTTPServiceUnavailable

    async def found() -> PreparedResponse:
        ready = await asyncio.to_thread(make, site)
        if ready is None:
            raise web.HTTPNotFound
        return ready

    ready = parts.pages.look_up(request.path, request.headers, parts.clock())
    return parts.answering.respond(request, ready or await parts.pages.prepared(request.path, "", None, found))


def _sent(request: web.Request, make: Callable[..., PreparedResponse | None]) -> web.Response:
    """What `make` makes of the site, or "not found"."""
    parts = request.app[PARTS]
    if parts.sites.current is None:
        raise web.HTTPServiceUnavailable
    ready = make(parts.sites.current)
    if ready is None:
        raise web.HTTPNotFound
    return parts.answering.respond(request, ready)


async def _store(app: web.Application) -> AsyncIterator[None]:
    parts = app[PARTS]
    async with (
        run_store(parts.settings, parts.clock, parts.sites.routes) as (database, worker),
        Counting(parts.counter, parts.pages, parts.sites, database, parts.clock).running(),
        parts.rehearsal.running(),
    ):
        app[DATABASE], app[WORKER] = database, worker
        yield


async def _watch(app: web.Application) -> AsyncIterator[None]:
    if not app[PARTS].settings.watch:
        yield
        return
    async with app[PARTS].watching.running():
        yield
