"""What monitoring and load balancers ask for: /healthz, /livez, /readyz and /metrics."""

from aiohttp import web

from onestop.capability import Capability, Handler, Parts, Route

NO_STORE = {"Cache-Control": "no-store"}


def health(parts: Parts) -> Handler:
    """Return the handler that says whether a catalogue is being served: 200, or 503 during start-up."""

    async def handle(request: web.Request) -> web.StreamResponse:
        sites = parts.sites
        return web.json_response(sites.status(), status=200 if sites.current else 503, headers=NO_STORE)

    return handle


def metrics(parts: Parts) -> Handler:
    """Return the handler that gives all measurements in the Prometheus text format."""

    async def handle(request: web.Request) -> web.StreamResponse:
        text, media_type = parts.metrics.text()
        return web.Response(body=text, headers={"Content-Type": media_type, **NO_STORE})

    return handle


def live(parts: Parts) -> Handler:
    """Return the handler that says that this process lives: always 200."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return web.json_response({"live": True}, headers=NO_STORE)

    return handle


def ready(parts: Parts) -> Handler:
    """Return the handler that says whether to send requests here: 503 while there is no catalogue, or while draining."""

    async def handle(request: web.Request) -> web.StreamResponse:
        draining = parts.readiness.draining
        now = parts.sites.current is not None and not draining
        return web.json_response({"ready": now, "draining": draining}, status=200 if now else 503, headers=NO_STORE)

    return handle


CAPABILITY = Capability(
    "monitoring",
    routes=(
        Route(("/healthz",), health),
        Route(("/livez",), live),
        Route(("/readyz",), ready),
        Route(("/metrics",), metrics),
    ),
)
