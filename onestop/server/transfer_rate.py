"""The transfer rate of a connection, measured over windows: an average since its start would excuse a client that stalls later."""

import asyncio
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass

SECONDS, BYTES_A_SECOND = 20.0, 1000.0
"""Length of a window, and the slowest rate at which we wait: a telephone at the edge of its network does twice that."""
TCP_INFO = getattr(socket, "TCP_INFO", None)
UNACKNOWLEDGED, ACKNOWLEDGED, NOT_SENT = 24, 120, 144
"""Offsets in struct tcp_info of linux/tcp.h: packets in flight, bytes acknowledged since the beginning, bytes not yet sent."""
TCP_INFO_SIZE = 148
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER that discards unsent bytes: without it the kernel keeps them for minutes after the connection is closed."""


@dataclass(slots=True)
class RateWindow:
    """`start` is when the window began, `count` the counter of bytes at that time."""

    start: float
    count: int = 0

    def restart(self, now: float, count: int) -> None:
        self.start, self.count = now, count

    def too_slow(self, now: float, count: int) -> bool:
        """Return whether fewer bytes than required moved in a window that is over; a new one begins then."""
        if now - self.start < SECONDS:
            return False
        slow = count - self.count < (now - self.start) * BYTES_A_SECOND
        self.restart(now, count)
        return slow


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`waiting` is whether written bytes have not reached the client; `delivered` counts those that have, up to a constant."""

    waiting: bool
    delivered: int


def outgoing(transport: asyncio.Transport) -> Outgoing:
    """Return what is known of the bytes written to a transport, including those in the kernel's buffer where TCP_INFO tells."""
    buffered = transport.get_write_buffer_size()
    connection = transport.get_extra_info("socket")
    if TCP_INFO is not None and connection is not None:
        with suppress(OSError):
            info = connection.getsockopt(socket.IPPROTO_TCP, TCP_INFO, 256)
            if len(info) >= TCP_INFO_SIZE:
                (in_flight,) = struct.unpack_from("I", info, UNACKNOWLEDGED)
                (delivered,) = struct.unpack_from("Q", info, ACKNOWLEDGED)
                (not_sent,) = struct.unpack_from("I", info, NOT_SENT)
                return Outgoing(bool(buffered or in_flight or not_sent), delivered)
    return Outgoing(buffered > 0, -buffered)


def reset(transport: asyncio.Transport) -> None:
    """Close a connection now and discard what the client has not received."""
    connection = transport.get_extra_info("socket")
    if connection is not None:
        with suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    transport.abort()
