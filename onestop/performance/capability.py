"""The capability: /performance on every channel, its files, and its charts."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from aiohttp import web

from onestop.capabilities.feeds import Feed
from onestop.capability import Capability, Parts, Route
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


def _running(parts: Parts, database: Database) -> AbstractAsyncContextManager[None]:
    return Publisher(parts, database).running()


CAPABILITY = Capability(
    "performance",
    screens={PERFORMANCE: figures_screen, f"{PERFORMANCE}/": figures_screen},
    routes=(
        Route((f"{PERFORMANCE}.csv",), lambda parts: Feed(parts, lambda site, _: figures_csv(site)).send),
        Route((f"{PERFORMANCE}.json",), lambda parts: Feed(parts, lambda site, _: figures_json(site)).send),
        Route(
            (f"{CHART}.svg", f"{CHART}/{{service:[a-z0-9-]+/[a-z0-9-]+}}.svg"), lambda parts: Feed(parts, _chart).send
        ),
    ),
    words=Path(__file__).parent,
    tables=frozenset(("events",)),
    running=_running,
)
