"""Refuse connections beyond the limit with a 503 response, and keep few descriptors waiting for the requests of those."""

import asyncio
import logging

from onestop.server.process.descriptors import Capacity

log = logging.getLogger("onestop")


class ConnectionLimit:
    """`busy` are the bytes of the 503 response to a refused connection.

    The response is written when the request arrives: closing a connection with unread bytes can discard it. While more refused
    connections wait than `capacity.waiting`, those that have waited longest are answered without their request.
    """

    def __init__(self, capacity: Capacity, busy: bytes) -> None:
        self.capacity = capacity
        self.busy = busy
        self._waiting: dict[asyncio.Transport, None] = {}
        self._was_full = False

    def refuses(self, transport: asyncio.Transport, count: int) -> bool:
        """Return whether a new connection is refused, the last of `count`. Logged once, until a tenth of the connections has ended."""
        served, limit = count - len(self._waiting), self.capacity.connections
        if served <= limit:
            self._was_full = self._was_full and served >= limit * 0.9
            return False
        if not self._was_full:
            log.warning("more than %d connections are open: further ones get 503 until some end", limit)
            self._was_full = True
        self._waiting[transport] = None
        if len(self._waiting) > self.capacity.waiting:
            self.answer(next(iter(self._waiting)))
        return True

    def answer(self, transport: asyncio.Transport) -> None:
        """Answer a refused connection and close it; once, whatever arrives on it afterwards."""
        if transport in self._waiting:
            del self._waiting[transport]
            transport.write(self.busy)
            transport.close()

    def forget(self, transport: asyncio.Transport | None) -> None:
        """Called when a connection has ended."""
        if transport is not None:
            self._waiting.pop(transport, None)
