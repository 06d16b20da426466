"""A page with as many requests and bytes as the first screen of HbbTV's reference application.

That application makes 25 requests for 81,141 gzipped bytes of render-blocking styles and scripts. The files here have the same
sizes and nothing else of it.
"""

import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

from support.programs.slow_link import COUNCIL, Line, inside

REQUESTS, BYTES = 25, 81_141
PORT = 8025


@cache
def file(number: int) -> bytes:
    """Return an incompressible file: 0 is the page, the others are scripts that do nothing."""
    noise = b64encode(Random(number).randbytes(BYTES // REQUESTS)).decode()[: BYTES // REQUESTS - 40]
    if number:
        return f"/* {noise} */".encode()
    scripts = "".join(f'<script src="/{n}.js"></script>' for n in range(1, REQUESTS))
    return f"<!DOCTYPE html><title>Many</title>{scripts}<h1>Many</h1>".encode()


class ManyRequestsHandler(BaseHTTPRequestHandler):
    """Serves the page at / and scripts like /3.js."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        name = self.path.strip("/").partition(".")[0]
        body = file(int(name) if name.isdecimal() else 0)
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if name else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def many_requests(line: Line) -> Iterator[str]:
    """Serve the page at the server's end of a line, and yield its URL."""
    with subprocess.Popen(
        inside(line.council, sys.executable, "-m", "bench.slow_line.many_requests"), stderr=subprocess.DEVNULL
    ) as it:
        try:
            time.sleep(1)
            yield f"http://{COUNCIL}:{PORT}/"
        finally:
            it.terminate()


if __name__ == "__main__":
    ThreadingHTTPServer((COUNCIL, PORT), ManyRequestsHandler).serve_forever()
