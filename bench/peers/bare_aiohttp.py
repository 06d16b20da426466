"""A bare aiohttp handler that returns the same gzipped bytes: the limit of the framework."""

import sys
from pathlib import Path

from aiohttp import web


def main(folder: str, port: str, *_: str) -> None:
    """Serve `page.html.gz` of `folder` at every address."""
    packed = (Path(folder) / "page.html.gz").read_bytes()
    headers = {
        "Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip", "Vary": "Accept-Encoding",
        "ETag": '"same"', "Cache-Control": "public, max-age=60",
    }  # fmt: skip

    async def page(request: web.Request) -> web.Response:
        return web.Response(body=packed, headers=headers)

    app = web.Application()
    app.router.add_get("/", page)
    run_fast(app, int(port))


def run_fast(app: web.Application, port: int) -> None:
    """Run on uvloop if it is installed, as the server does."""
    try:
        import uvloop

        loop = uvloop.new_event_loop()
    except ImportError:
        loop = None
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None, loop=loop)


if __name__ == "__main__":
    main(*sys.argv[1:])
