"""Concurrent clients, each with a connection of its own that sends a request when the one before is answered."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HEAD_END, LENGTH = b"\r\n\r\n", b"content-length:"


@dataclass(frozen=True, slots=True)
class RoundResult:
    """Answers a second, and the 99th percentile of how long one took, in ms."""

    rate: float
    p99: float


def send_all(port: int, requests: Sequence[bytes], clients: int, right: Callable[[bytes], bool]) -> RoundResult:
    """Send every request once from `clients` connections. A response head that is not `right` fails the benchmark."""
    return asyncio.run(_press(port, requests, clients, right))


async def _press(port: int, requests: Sequence[bytes], clients: int, right: Callable[[bytes], bool]) -> RoundResult:
    waits: list[float] = []

    async def client(mine: Sequence[bytes]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            for request in mine:
                began = time.perf_counter()
                writer.write(request)
                head = await reader.readuntil(HEAD_END)
                await reader.readexactly(_length(head))
                waits.append((time.perf_counter() - began) * 1000)
                assert right(head), head
        finally:
            writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client(requests[n::clients]) for n in range(clients)))
    return RoundResult(len(requests) / (time.perf_counter() - began), sorted(waits)[int(len(waits) * 0.99) - 1])


def _length(head: bytes) -> int:
    found = [line for line in head.lower().split(b"\r\n") if line.startswith(LENGTH)]
    return int(found[0][len(LENGTH) :]) if found else 0
