"""What preparing saves: the same page laid out before, drawn by Jinja2 and packed on every request."""

import gzip
import sys
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from bench.first_render import load_parts
from bench.peers.bare_aiohttp import run_fast
from onestop.pages.find_screen import find_screen


def main(content: str, port: str, raw: str) -> None:
    """Serve the page at `raw` at every address, drawn anew each time."""
    parts = load_parts(Path(content))
    site = parts.sites.current
    assert site is not None
    address = site.addresses.parse(raw)
    assert address is not None
    screen = find_screen(site, address, datetime.now(UTC))
    assert screen is not None
    presenter, words = parts.answering.presenter, site.words_for(address)
    device = site.device(address, {})
    page = address.channel.lay_out(screen, device, words)[address.page - 1]
    drawer, context = presenter.drawers[address.channel.name], presenter._context(site, address, page)

    async def draw(request: web.Request) -> web.Response:
        body = gzip.compress(drawer.page(page, context).encode(), 6)
        return web.Response(body=body, content_type=device.media_type, headers={"Content-Encoding": "gzip"})

    app = web.Application()
    app.router.add_get("/", draw)
    run_fast(app, int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
