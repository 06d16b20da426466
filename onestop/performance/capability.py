"""The capability: /performance on every channel, its files, and its charts."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from aiohttp import web

from onestop.capability import Capability, Handler, Parts, Route
from onestop.catalogue.catalogue import PERFORMANCE
from onestop.http.prepared import PreparedResponse, prepare
from onestop.performance.chart import CHART, bars_of, chart_svg, subject_at
from onestop.performance.downloads import figures_csv, figures_json
from onestop.performance.figure_screens import figures_screen
from onestop.performance.publisher import Publisher
from onestop.site.site import Site
from onestop.store.database import Database

SVG_HEADERS = (
    ("Content-Type", "image/svg+xml"),
    ("Cache-Control", "public, max-age=60"),
    ("Vary", "Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; sandbox"),
)


def _chart(site: Site, request: web.Request) -> PreparedResponse | None:
    address = request.match_info.get("service", "")
    subject = subject_at(site.catalogue, f"/{address}" if address else "")
    if subject is None:
        return None
    return prepare(200, SVG_HEADERS, chart_svg(bars_of(site.figures, subject)).encode())


def _download(parts: Parts, make: Callable[[Site, web.Request], PreparedResponse | None]) -> Handler:
    """Return the handler of a file that is made in a thread, and cached until other figures are published."""

    async def handle(request: web.Request) -> web.StreamResponse:
        site, cache = parts.sites.current, parts.cache
        if site is None:
            raise web.HTTPServiceUnavailable

        async def prepared() -> PreparedResponse:
            ready = await asyncio.to_thread(make, site, request)
            if ready is None:
                raise web.HTTPNotFound
            return ready

        ready = cache.look_up(request.path, request.headers, parts.clock())
        return parts.respond(request, ready or await cache.prepared(request.path, "", None, prepared))

    return handle


def _running(parts: Parts, database: Database) -> AbstractAsyncContextManager[None]:
    return Publisher(parts.sites, parts.cache, database, parts.clock).running()


CAPABILITY = Capability(
    "performance",
    screens={PERFORMANCE: figures_screen, f"{PERFORMANCE}/": figures_screen},
    routes=(
        Route((f"{PERFORMANCE}.csv",), lambda parts: _download(parts, lambda site, _: figures_csv(site))),
        Route((f"{PERFORMANCE}.json",), lambda parts: _download(parts, lambda site, _: figures_json(site))),
        Route(
            (f"{CHART}.svg", f"{CHART}/{{service:[a-z0-9-]+/[a-z0-9-]+}}.svg"), lambda parts: _download(parts, _chart)
        ),
    ),
    words=Path(__file__).parent,
    tables=frozenset(("events",)),
    running=_running,
)
