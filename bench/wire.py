"""Bytes on the wire for a first and a second view of every page of a channel: median and worst."""

import http.client
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from support.servers.server_process import free_port

from bench.load import running

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from support.crawl import crawl

STARTS = {"television": "/tv/", "kiosk": "/kiosk/~portrait/", "phone": "/", "text": "/text/"}


def measure(content: Path) -> None:
    """Print one row a channel; sizes are status line, headers and gzipped body."""
    port = free_port()
    with tempfile.TemporaryDirectory() as scratch:
        command = [
            sys.executable,
            "server.py",
            "serve",
            "--speech-ahead",
            "no",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--content",
            str(content),
        ]
        command += ["--database", f"sqlite:///{scratch}/bench.db"]
        with running(command, f"http://127.0.0.1:{port}/healthz"):
            print("\nBytes on the wire, headers included: first view (gzip) and second (304)")
            for name, start in STARTS.items():
                sizes = list(_views(port, _addresses(f"http://127.0.0.1:{port}", start)))
                first, second = [s[0] for s in sizes], [s[1] for s in sizes]
                print(
                    f"  {name:11} {len(sizes):5} pages  first: median {statistics.median(first):7,.0f}  worst {max(first):7,}"
                    f"   second: median {statistics.median(second):5,.0f}  worst {max(second):5,}"
                )


def _addresses(origin: str, start: str) -> list[str]:
    """Return every public page below `start`; for plain text, which has no links, the phone's addresses are used."""
    found = [page.address for page in crawl(origin, start) if "/ask" not in page.address]
    if len(found) > 1:
        return found
    return [start.rstrip("/") + address for address in _addresses(origin, "/")]


def _views(port: int, addresses: list[str]) -> Iterator[tuple[int, int]]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for address in addresses:
        tag, first = _size(connection, address, {"Accept-Encoding": "gzip"})
        if not tag:
            # A redirect, or a page of one visitor: it is sent whole each time.
            continue
        _, second = _size(connection, address, {"Accept-Encoding": "gzip", "If-None-Match": tag})
        yield first, second


def _size(connection: http.client.HTTPConnection, address: str, headers: dict[str, str]) -> tuple[str, int]:
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    head = (
        f"HTTP/1.1 {answer.status} {answer.reason}\r\n"
        + "".join(f"{k}: {v}\r\n" for k, v in answer.getheaders())
        + "\r\n"
    )
    return answer.getheader("ETag") or "", len(head.encode()) + len(body)
