"""Endpoints for monitoring and load balancers: /healthz, /livez, /readyz and /metrics."""

from aiohttp import web

from onestop.capability import Capability, Handler, Parts, Route

NO_STORE = {"Cache-Control": "no-store"}


def health(parts: Parts) -> Handler:
    """Return the handler of /healthz: 200 with a catalogue, 503 during start-up."""

    async def handle(request: web.Request) -> web.StreamResponse:
        sites = parts.sites
        return web.json_response(sites.status(), status=200 if sites.current else 503, headers=NO_STORE)

    return handle


def metrics(parts: Parts) -> Handler:
    """Return the handler of /metrics, in the Prometheus text format."""

    async def handle(request: web.Request) -> web.StreamResponse:
        text, media_type = parts.metrics.text()
        return web.Response(body=text, headers={"Content-Type": media_type, **NO_STORE})

    return handle


def live(parts: Parts) -> Handler:
    """Return the handler of /livez: always 200."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return web.json_response({"live": True}, headers=NO_STORE)

    return handle


def ready(parts: Parts) -> Handler:
    """Return the handler of /readyz: 503 with the reasons while catalogue, database or outbox is unavailable, or while draining."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return _readiness(parts, parts.readiness.troubles)

    return handle


def pages_ready(parts: Parts) -> Handler:
    """Return the handler of /readyz/pages, for load balancers: 503 without a catalogue, or while draining.

    An unavailable store does not count: it affects all servers alike, and public pages are still served.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        return _readiness(parts, ())

    return handle


def _readiness(parts: Parts, troubles: tuple[str, ...]) -> web.Response:
    draining = parts.readiness.draining
    reasons = [*troubles]
    if parts.sites.current is None:
        reasons.append("the catalogue has not been read yet")
    now = not reasons and not draining
    status = 200 if now else 503
    body = {"ready": now, "draining": draining, "reasons": reasons}
    return web.json_response(body, status=status, headers=NO_STORE)


CAPABILITY = Capability(
    "monitoring",
    routes=(
        Route(("/healthz",), health),
        Route(("/livez",), live),
        Route(("/readyz",), ready),
        Route(("/readyz/pages",), pages_ready),
        Route(("/metrics",), metrics),
    ),
)
