"""The same page rendered by Jinja2 and gzipped on every request, from a layout made once: what the page cache saves."""

import gzip
import sys
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from bench.first_render import load_parts
from bench.peers.bare_aiohttp import run_fast
from onestop.site.context import Context


def main(content: str, port: str, raw: str) -> None:
    """Serve the page at the path `raw` at every address, rendered on each request."""
    parts = load_parts(Path(content))
    site = parts.sites.current
    assert site is not None
    address = site.addresses.parse(raw)
    assert address is not None
    context = Context(site, address, site.device(address, {}), datetime.now(UTC))
    screen = parts.screens.find(context)
    assert screen is not None
    presenter, device = parts.presenter, context.device
    page = address.channel.lay_out(screen, device, context.words)[address.page - 1]
    renderer, names = presenter.renderers[address.channel.name], presenter.template_context(context, page)

    async def draw(request: web.Request) -> web.Response:
        body = gzip.compress(renderer.page(page, names).encode(), 6)
        return web.Response(body=body, content_type=device.media_type, headers={"Content-Encoding": "gzip"})

    app = web.Application()
    app.router.add_get("/", draw)
    run_fast(app, int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
