"""Endpoints for monitoring and load balancers: /healthz, /livez, /readyz and /metrics."""

import asyncio
import json
from typing import Any

from aiohttp import web

from onestop.capability import Capability, Handler, Parts, Route
from onestop.site.metrics import merged_text
from onestop.site.worker_peers import OWN

JsonObject = dict[str, Any]
NO_STORE = {"Cache-Control": "no-store"}


def health(parts: Parts) -> Handler:
    """Return the handler of /healthz: 200 with a catalogue, 503 during start-up."""

    async def handle(request: web.Request) -> web.StreamResponse:
        sites = parts.sites
        return web.json_response(sites.status(), status=200 if sites.current else 503, headers=NO_STORE)

    return handle


def metrics(parts: Parts) -> Handler:
    """Return the handler of /metrics, in the Prometheus text format; of all workers, with a label `worker`, if there are several."""

    async def handle(request: web.Request) -> web.StreamResponse:
        text, media_type = parts.metrics.text()
        if parts.workers.count > 1 and OWN not in request.query:
            others = await parts.workers.ask(request.path)
            texts = {parts.workers.number: text, **{number: body for number, (_, body) in others.items()}}
            text = await asyncio.to_thread(merged_text, texts)
        return web.Response(body=text, headers={"Content-Type": media_type, **NO_STORE})

    return handle


def live(parts: Parts) -> Handler:
    """Return the handler of /livez: always 200."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return web.json_response({"live": True}, headers=NO_STORE)

    return handle


def ready(parts: Parts) -> Handler:
    """Return the handler of /readyz: 503 with the reasons while catalogue, database or outbox is unavailable, or while draining.

    Of several workers, each that listens must be ready; a worker that does not answer is counted, but gets no requests either.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        own = _own_readiness(parts, parts.readiness.troubles)
        if parts.workers.count == 1 or OWN in request.query:
            return _readiness(own)
        others = await parts.workers.ask(request.path)
        return _readiness(
            _readiness_of_all(own, [json.loads(body) for _, body in others.values()], parts.workers.count)
        )

    return handle


def pages_ready(parts: Parts) -> Handler:
    """Return the handler of /readyz/pages, for load balancers: 503 without a catalogue, or while draining.

    An unavailable store does not count: it affects all servers alike, and public pages are still served.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        return _readiness(_own_readiness(parts, ()))

    return handle


def _own_readiness(parts: Parts, troubles: tuple[str, ...]) -> JsonObject:
    reasons = [*troubles]
    if parts.sites.current is None:
        reasons.append("the catalogue has not been read yet")
    draining = parts.readiness.draining
    held = len(parts.sites.held)
    return {"ready": not reasons and not draining, "draining": draining, "reasons": reasons, "files_held": held}


def _readiness_of_all(own: JsonObject, others: list[JsonObject], count: int) -> JsonObject:
    answered = [own, *others]
    ready = [one for one in answered if one["ready"]]
    return {
        "ready": len(ready) == len(answered),
        "draining": any(one["draining"] for one in answered),
        "reasons": [*dict.fromkeys(reason for one in answered for reason in one["reasons"])],
        "files_held": own["files_held"],
        "workers": {"ready": len(ready), "of": count},
    }


def _readiness(body: JsonObject) -> web.Response:
    return web.json_response(body, status=200 if body["ready"] else 503, headers=NO_STORE)


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
