"""Connections that cost memory: uploads cut off, writers that stop, and readers that do not read."""

import os
import socket
from collections.abc import Callable
from contextlib import ExitStack
from random import Random

from bench.trials.attacks.costly_requests import FORM, PATHS
from bench.trials.attacks.raw_exchange import connect, request, seconds_until_closed

AT_ONCE, SMALL = 8, 4096
LONGEST = 60
"""Seconds: a window of 20 in which enough bytes came, another in which none did, and the sweep after it, with room to spare."""
OPEN = "still open after a minute"
PART = b'--X\r\nContent-Disposition: form-data; name="answer"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
NOISE = os.urandom(1 << 20)


def cut_off_uploads(port: int, chance: Random) -> str:
    """Begin eight uploads of 12 MB at once, send most of each, and disconnect."""
    head = request("POST", PATHS[0], b"", FORM, length=12_000_000) + PART
    with ExitStack() as stack:
        lines = [stack.enter_context(connect(port)) for _ in range(AT_ONCE)]
        for line in lines:
            line.sendall(head)
        for _ in range(chance.randrange(1, 11)):
            for line in lines:
                line.sendall(NOISE)
    return "cut off"


def slow_writers(port: int, chance: Random) -> str:
    """Send heads a byte at a time, and bodies that stop."""
    begun = [b"GET /bins HTTP/1.1\r\nHost: a\r\nX: ", request("POST", PATHS[0], b"", FORM, length=12_000_000) + PART]
    begun.append(begun[1] + NOISE[:300_000])
    return _held(lambda line: line.sendall(begun[chance.randrange(3)]), port, trickle=b"x")


def never_readers(port: int, chance: Random) -> str:
    """Request a few megabytes of pages and read nothing."""
    pages = request("GET", chance.choice(["/bins/missed-bin", "/kiosk/bins", "/"])) * 200
    # With a large buffer the kernel would take every page in the client's place.
    return _held(lambda line: line.sendall(pages), port, buffer=SMALL)


def _held(begin: Callable[[socket.socket], None], port: int, trickle: bytes = b"", buffer: int = 0) -> str:
    with ExitStack() as stack:
        lines = [stack.enter_context(connect(port, buffer=buffer)) for _ in range(AT_ONCE)]
        for line in lines:
            begin(line)
        taken = seconds_until_closed(lines, LONGEST, trickle)
    return OPEN if taken >= LONGEST else f"closed within {10 * (int(taken) // 10 + 1)} s"
