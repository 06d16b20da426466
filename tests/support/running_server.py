"""A web that runs in a test: its parts, its clock, its port, and ways to ask it."""

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
"""A Monday."""


@dataclass
class Clock:
    """Time stands still unless a test moves it."""

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
class Web:
    """`browser` follows no redirect by itself and unpacks nothing."""

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
        """One request; `Accept_Encoding="gzip"` stands for that header."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()} | dict(named or {})
        address = URL(f"http://127.0.0.1:{self.port}{path}", encoded=True)
        async with self.browser.request(method, address, headers=sent, data=data, allow_redirects=False) as answer:
            return Answer(answer.status, answer.headers, await answer.read())

    async def bytes(self, *chunks: bytes, wait: float = 5.0) -> bytes:
        """Everything that comes back for these chunks of bytes, until the server closes or has been silent for a moment."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        got = b""
        try:
            for chunk in chunks:
                writer.write(chunk)
                got += await one_answer(reader, wait, bodiless=chunk.startswith(b"HEAD "))
        finally:
            writer.close()
        return got


async def one_answer(reader: asyncio.StreamReader, wait: float = 5.0, *, bodiless: bool = False) -> bytes:
    """One whole answer by its Content-Length, or what came before the end."""
    try:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), wait)
    except asyncio.IncompleteReadError as end:
        return end.partial
    lengths = [int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + (await asyncio.wait_for(reader.readexactly(lengths[0]), wait) if lengths and not bodiless else b"")


def without_date(answer: bytes) -> bytes:
    """An answer as it would be at any time."""
    head, mark, body = answer.partition(b"\r\n\r\n")
    return b"\r\n".join(line for line in head.split(b"\r\n") if not line.startswith(b"Date:")) + mark + body
