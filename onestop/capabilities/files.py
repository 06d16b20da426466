"""Static files, and the pictures of the catalogue."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from onestop.capability import Capability, Parts, Route
from onestop.http import static_files
from onestop.http.prepared import PreparedResponse
from onestop.site.site import Site

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _handler(parts: Parts, find: Callable[[Parts, Site, str], Awaitable[PreparedResponse | None]]) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        site = parts.sites.current
        if site is None:
            raise web.HTTPServiceUnavailable
        ready = await find(parts, site, request.path)
        if ready is None:
            raise web.HTTPNotFound
        return parts.respond(request, ready)

    return handle


async def _file(parts: Parts, site: Site, path: str) -> PreparedResponse | None:
    return parts.files.find(path)


async def _picture(parts: Parts, site: Site, path: str) -> PreparedResponse | None:
    """Return an author's own file, or one resized for a device."""
    files = site.catalogue.pictures
    if path in files:
        # An SVG takes longer to compress than the event loop may be held.
        return await asyncio.to_thread(static_files.picture, files[path])
    return await asyncio.to_thread(parts.sites.pictures.find, path, files)


CAPABILITY = Capability(
    "files",
    routes=(
        Route(("/static/{name}",), lambda parts: _handler(parts, _file), public=True),
        Route(("/pictures/{name:.+}",), lambda parts: _handler(parts, _picture), public=True),
    ),
)
