"""The server processes that share one port: each also listens on a Unix socket of its own, where the others can ask it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import aiohttp

OWN = "own"
"""The query of a request that one worker sends to another, so that it is not sent on."""
TIMEOUT = aiohttp.ClientTimeout(total=2)


@dataclass(slots=True)
class WorkerPeers:
    """This worker's number among `count`, and the folder of all sockets; None for a server of one process."""

    folder: Path | None = None
    number: int = 0
    count: int = 1

    def socket(self, number: int) -> str:
        """Return the path of the socket of a worker."""
        assert self.folder is not None
        return str(self.folder / f"{number}.socket")

    async def ask(self, path: str) -> Mapping[int, tuple[int, bytes]]:
        """Return status and body of the response to `path` from each other worker that answers, by its number."""
        if self.folder is None:
            return {}
        others = [number for number in range(self.count) if number != self.number]
        found = await asyncio.gather(*(self._ask(number, path) for number in others))
        return {number: answer for number, answer in zip(others, found, strict=True) if answer}

    async def _ask(self, number: int, path: str) -> tuple[int, bytes] | None:
        connector = aiohttp.UnixConnector(self.socket(number))
        try:
            async with (
                aiohttp.ClientSession(connector=connector, timeout=TIMEOUT) as session,
                session.get(f"http://worker{path}?{OWN}") as response,
            ):
                return response.status, await response.read()
        except (aiohttp.ClientError, OSError, TimeoutError):
            # A worker that is starting, or was killed, does not listen on the port either.
            return None
