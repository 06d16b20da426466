"""Receivers of webhooks for the simulated day: each knows a case by its key, and one fault is built into it."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from random import Random

ANSWER = b"HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n"


@dataclass
class Party:
    """Keeps the first body of every key. While it is `down` it closes connections before it reads.

    It sends each answer `answers` times, and after it has kept a case it closes the connection without one with the chance `lost`.
    """

    name: str
    clock: Callable[[], float]
    chance: Random
    down: range = range(0)
    answers: int = 1
    lost: float = 0
    port: int = 0
    kept: dict[str, bytes] = field(default_factory=dict)
    received: Counter[str] = field(default_factory=Counter)
    changed: int = 0
    turned_away: int = 0
    lost_answers: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take the one request of a connection. A client that is killed in the middle leaves nothing."""
        try:
            if int(self.clock()) in self.down:
                self.turned_away += 1
                return
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
                body = await reader.readexactly(int(fields["content-length"]))
                if self.keep(fields["webhook-id"], body):
                    writer.write(ANSWER * self.answers)
                    await writer.drain()
        finally:
            writer.close()

    def keep(self, key: str, body: bytes) -> bool:
        """Keep a case; return whether it is answered."""
        digest = hashlib.sha256(body).digest()
        self.received[key] += 1
        self.changed += self.kept.setdefault(key, digest) != digest
        lost = self.chance.random() < self.lost
        self.lost_answers += lost
        return not lost


@asynccontextmanager
async def running(parties: Sequence[Party]) -> AsyncIterator[None]:
    """Run the receivers on ports of their own."""
    async with AsyncExitStack() as stack:
        for party in parties:
            server = await asyncio.start_server(party.serve, "127.0.0.1", 0)
            party.port = server.sockets[0].getsockname()[1]
            await stack.enter_async_context(server)
        yield
