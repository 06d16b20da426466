"""A server that runs in the test's own process: its parts, clock and port, and requests to it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import ClientSession
from multidict import CIMultiDictProxy
from yarl import URL

from onestop.capability import Parts
from onestop.server.connection import Server

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC).timestamp()
"""A Monday at ten."""


@dataclass
class Clock:
    """A clock that stands still until a test sets it."""

    now: float = MORNING

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Answer:
    status: int
    headers: CIMultiDictProxy[str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class RunningServer:
    """A running server. `browser` neither follows redirects nor decompresses."""

    parts: Parts
    clock: Clock
    port: int
    browser: ClientSession
    server: Server

    async def get(
        self,
        path: str,
        method: str = "GET",
        data: bytes | None = None,
        named: Mapping[str, str] | None = None,
        **headers: str,
    ) -> Answer:
        """Send one request; `Accept_Encoding="gzip"` means Accept-Encoding: gzip."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()} | dict(named or {})
        address = URL(f"http://127.0.0.1:{self.port}{path}", encoded=True)
        async with self.browser.request(method, address, headers=sent, data=data, allow_redirects=False) as answer:
            return Answer(answer.status, answer.headers, await answer.read())

    async def bytes(self, *chunks: bytes, wait: float = 5.0) -> bytes:
        """Send chunks of bytes on one connection; return the responses to them."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        got = b""
        try:
            for chunk in chunks:
                writer.write(chunk)
                got += await read_response(reader, wait, bodiless=chunk.startswith(b"HEAD "))
        finally:
            writer.close()
        return got


async def read_response(reader: asyncio.StreamReader, wait: float = 5.0, *, bodiless: bool = False) -> bytes:
    """Read one response by its Content-Length, or what arrives before the connection is closed."""
    try:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), wait)
    except asyncio.IncompleteReadError as end:
        return end.partial
    lengths = [int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + (await asyncio.wait_for(reader.readexactly(lengths[0]), wait) if lengths and not bodiless else b"")


def without_date(answer: bytes) -> bytes:
    """Return a response without its Date header."""
    head, mark, body = answer.partition(b"\r\n\r\n")
    return b"\r\n".join(line for line in head.split(b"\r\n") if not line.startswith(b"Date:")) + mark + body
