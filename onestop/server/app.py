"""The application: every capability's addresses routed to it, errors as pages, and the fast path in front."""

import io
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from typing import TextIO

from aiohttp import hdrs, web

from onestop.capability import DATABASE, WAKE, Answer, Handler, Parts, answers_of, private_segments
from onestop.http.error_log import describe_error
from onestop.http.final_headers import final_headers
from onestop.http.prepared import head, matches_strongly
from onestop.http.redirect_as_text import redirect_as_text
from onestop.http.request.form_body import MULTIPART, FormBody
from onestop.pages.errors import server_full
from onestop.pages.find_screen import segment
from onestop.pages.handler import MOVED, READS, lower_case_path
from onestop.pages.store_down import BUSY, RETRY_AFTER, RETRY_AFTER_TOO_MANY, NotSaved, store_down_screen
from onestop.server.access_log import AccessLog
from onestop.server.connection import Server
from onestop.server.connection_limit import ConnectionLimit
from onestop.server.fast_path import FastPath
from onestop.server.maintenance import repeated, run_store
from onestop.server.process.descriptors import capacity, raise_limit
from onestop.server.store_probe import SECONDS as PROBE_SECONDS
from onestop.server.store_probe import StoreProbe
from onestop.server.visit_counter import VisitCounter
from onestop.site.address import Address, is_overencoded
from onestop.site.context import RequestContext
from onestop.site.site import Site
from onestop.store.errors import Unavailable

LARGEST = 1 << 20
"""Bytes in the body of a request; an upload has its own limit."""
PARTS = web.AppKey("PARTS", Parts)
NEUTRAL: web.AppKey[Handler] = web.AppKey("NEUTRAL")
"""The handler of neutral addresses."""
log = logging.getLogger("onestop")


def make_app(parts: Parts) -> web.Application:
    """Return the application for all requests that the fast path does not answer."""
    app = web.Application(middlewares=[redirect_as_text, error_pages], client_max_size=LARGEST)
    app[PARTS] = parts
    for route in (route for capability in parts.capabilities for route in capability.routes):
        handler = route.make(parts)
        app.add_routes([web.get(path, handler) for path in route.paths])
    # aiohttp takes the route with the longest fixed beginning, so this one gets what is left.
    app[NEUTRAL] = Router(parts).answer
    app.add_routes([web.route("*", "/{path:.*}", app[NEUTRAL])])
    app.cleanup_ctx.append(_running)
    app.on_response_prepare.append(final_headers(parts.private.https))
    return app


class Router:
    """Passes a request for a neutral address to the capability that declares it, else to the public pages."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.answers = answers_of(parts.capabilities)
        self.channel_form = next((c.channel_form for c in parts.capabilities if c.channel_form), None)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        site = self.parts.sites.current
        address = site.addresses.parse(request.rel_url.raw_path) if site else None
        answer = self._answer(site, address, request.method) if site and address else None
        if site is None or address is None or answer is None:
            return await self.parts.handler.page(request)
        context = self.parts.private.context(request, site, address)
        try:
            return await answer(context, self.parts)
        except Unavailable as why:
            log.error("%s", why)
            return self._store_down(context)
        except NotSaved as why:
            if why.__cause__:
                log.error("%s", why.__cause__)
            return self._store_down(context, why.form, why.status)

    def _answer(self, site: Site, address: Address, method: str) -> Answer | None:
        answer = self.answers.at(site, address.neutral)
        takes_form = method == "POST" and segment(address.neutral) in address.channel.own_screens
        return answer or (self.channel_form if takes_form else None)

    def _store_down(self, context: RequestContext, form: FormBody | None = None, status: int = BUSY) -> web.Response:
        # Set no cookie: no session was stored.
        response = self.parts.private.show(context, store_down_screen(context, form, status), cookie=False)
        response.headers["Retry-After"] = RETRY_AFTER if status == BUSY else RETRY_AFTER_TOO_MANY
        return response


@web.middleware
async def error_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error into a page in the look of the channel where it happened."""
    errors = request.app[PARTS].errors
    if is_overencoded(request.raw_path) and request.match_info.handler != request.app[NEUTRAL]:
        return await errors.page(request, 404)
    if (request.content_length or 0) > LARGEST and request.content_type != MULTIPART:
        return await errors.page(request, 413)
    if not request.rel_url.raw_path and request.method in READS:
        # RFC 9112 3.2.2: `GET http://host` is a request for "/".
        raise web.HTTPMovedPermanently("/")
    try:
        response = await handler(request)
        return await errors.page(request, 412) if _fails_precondition(request, response) else response
    except web.HTTPException as wrong:
        if wrong.status < 400:
            raise
        if wrong.status == HTTPStatus.NOT_FOUND and request.method in READS:
            _redirect_to_lower_case(request)
        response = await errors.page(request, wrong.status)
        if "Allow" in wrong.headers:
            response.headers["Allow"] = wrong.headers["Allow"]
        return response
    except ConnectionError:
        raise
    except Exception as why:
        log.error("%s cannot be answered: %s", request.method, describe_error(why))
        return await errors.page(request, 500)


def _redirect_to_lower_case(request: web.Request) -> None:
    """Raise the redirect from an address with capitals that does not exist to the one in small letters, if it may exist."""
    there = lower_case_path(request.app[PARTS].sites, request.rel_url.raw_path)
    if there:
        query = request.rel_url.raw_query_string
        raise web.HTTPMovedPermanently(f"{there}?{query}" if query else there, headers=MOVED)


def _fails_precondition(request: web.Request, response: web.StreamResponse) -> bool:
    """Return whether the request has an If-Match that the ETag of its response, if any, does not match. A file compares its own."""
    required = request.headers.get(hdrs.IF_MATCH, "*")
    if isinstance(response, web.FileResponse) or response.status != HTTPStatus.OK:
        return False
    return not matches_strongly(required, response.headers.get(hdrs.ETAG, ""))


async def _running(app: web.Application) -> AsyncIterator[None]:
    """Open the store and run the background work: visit counts, watching the content, and that of the capabilities."""
    parts = app[PARTS]
    async with AsyncExitStack() as stack:
        database, worker = await stack.enter_async_context(
            run_store(parts.settings, parts.clock, parts.sites.routes, parts.metrics.journeys)
        )
        probe = StoreProbe(database, worker, parts.settings.outbox, parts.readiness, parts.clock)
        parts.metrics.registry.register(probe)
        stack.callback(parts.metrics.registry.unregister, probe)
        await stack.enter_async_context(repeated(PROBE_SECONDS, probe.run))
        counting = VisitCounter(parts.counter, parts.cache, parts.sites, database, parts.clock)
        await stack.enter_async_context(counting.running())
        for running in (capability.running for capability in parts.capabilities):
            if running:
                await stack.enter_async_context(running(parts, database))
        if parts.settings.watch:
            await stack.enter_async_context(parts.reloader.running())
        app[DATABASE], app[WAKE] = database, worker.wake
        yield


class Runner(web.ServerRunner):
    """Runs the low-level server in front of an application, whose `on_shutdown` is called before open requests are waited for."""

    def __init__(self, server: Server, app: web.Application, shutdown_timeout: float) -> None:
        super().__init__(server, shutdown_timeout=shutdown_timeout)
        self.app = app

    async def shutdown(self) -> None:
        await self.app.shutdown()


@asynccontextmanager
async def started(parts: Parts) -> AsyncIterator[Runner]:
    """Yield the server, complete but not yet listening."""
    inner = web.AppRunner(make_app(parts), access_log=None)
    try:
        await inner.setup()
        assert inner.server is not None
        private = private_segments(parts.capabilities)
        log_to = AccessLog(line_buffered(), private) if parts.settings.access_log else None
        secure = parts.private.https
        ordinary, errors = inner.server.request_handler, parts.errors
        fast_path = FastPath(
            parts.cache, ordinary, errors.page, parts.clock, log_to, secure, parts.metrics.observe_response
        )
        fast_path.readiness = parts.readiness
        room = capacity(raise_limit())
        server = Server(fast_path, errors.malformed, inner.server.request_factory, ConnectionLimit(room, _busy()))
        parts.metrics.connections.set_function(lambda: len(server.connections))
        parts.metrics.most_connections.set(room.connections)
        runner = Runner(server, inner.app, parts.settings.shutdown_seconds)
        await runner.setup()
        try:
            async with server.sweeping():
                yield runner
        finally:
            await runner.cleanup()
    finally:
        await inner.cleanup()


def _busy() -> bytes:
    """Return the bytes of the 503 response to a connection over the limit."""
    page = server_full()
    return head(page.status, (*page.plain.headers, ("Connection", "close"))) + b"\r\n" + page.plain.body


def line_buffered() -> TextIO:
    """Return standard output, flushed after every line even if it is a pipe."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    return sys.stdout
