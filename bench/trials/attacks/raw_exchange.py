"""Send bytes on a new connection, and parse the response."""

import re
import select
import socket
import time
from collections.abc import Iterable
from contextlib import suppress

STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")
ENDED = "closed without an answer"
SILENT = "no answer in time"
GONE = select.POLLHUP | select.POLLERR | select.POLLRDHUP


def connect(port: int, seconds: float = 20, buffer: int = 0) -> socket.socket:
    """Return a connection to the server; its operations wait for `seconds`. `buffer` is the size of its receive buffer, 0 for any."""
    line = socket.socket()
    if buffer:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    line.settimeout(seconds)
    line.connect(("127.0.0.1", port))
    return line


def exchange(port: int, sent: bytes) -> str:
    """Send bytes and return the status of the first response, or how the connection ended."""
    try:
        with connect(port) as line:
            # It may be answered before all is sent.
            with suppress(ConnectionError):
                line.sendall(sent)
            return status_of(line.recv(1 << 16))
    except TimeoutError:
        return SILENT
    except ConnectionError:
        return ENDED


def status_of(answer: bytes) -> str:
    """Return the status code of a response."""
    found = STATUS.match(answer)
    return found[1].decode() if found else ENDED


def request(method: str, path: str, body: bytes = b"", *headers: bytes, length: int | None = None) -> bytes:
    """Return the bytes of a request; `length` replaces the true Content-Length."""
    lines = [f"{method} {path} HTTP/1.1".encode(), b"Host: localhost", *headers]
    if body or length is not None:
        lines.append(b"Content-Length: %d" % (len(body) if length is None else length))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def chunked(body: bytes, size: int) -> bytes:
    """Return a body in chunks of `size` bytes."""
    pieces = (body[at : at + size] for at in range(0, len(body), size))
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def closed(lines: Iterable[socket.socket]) -> list[socket.socket]:
    """Return the connections that the server has closed."""
    poll = select.poll()
    by_number = {line.fileno(): line for line in lines}
    for number in by_number:
        poll.register(number, select.POLLRDHUP)
    return [by_number[number] for number, event in poll.poll(0) if event & GONE]


def seconds_until_closed(lines: list[socket.socket], most: float, trickle: bytes = b"") -> float:
    """Return how long it took until the last connection was closed, at most `most`; send `trickle` on each every five seconds."""
    began = said = time.monotonic()
    left = {line.fileno(): line for line in lines}
    while left and (now := time.monotonic()) - began < most:
        for line in closed(left.values()):
            del left[line.fileno()]
        if trickle and now - said > 5:
            said = now
            for line in left.values():
                _send_or_not(line, trickle)
        time.sleep(0.25)
    return time.monotonic() - began


def _send_or_not(line: socket.socket, sent: bytes) -> None:
    with suppress(OSError):
        line.sendall(sent)
