"""The listening sockets: bound at start, so that a port in use is reported at once; they listen once the catalogue is read."""

import os
import socket
from collections.abc import Mapping
from errno import EACCES, EADDRINUSE

from aiohttp import web

from onestop.settings import Settings


class CannotStart(Exception):
    """Why the server cannot start: one line for the operator."""


def bind(settings: Settings, shared: bool = False) -> list[socket.socket]:
    """Return sockets bound to the port, not yet listening; `shared` lets other workers bind it too. Raises CannotStart."""
    bound: list[socket.socket] = []
    try:
        found = socket.getaddrinfo(
            settings.host or None, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        for family, kind, protocol, _, address in dict.fromkeys(found):
            one = socket.socket(family, kind, protocol)
            bound.append(one)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if shared:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind(address)
    except OSError as why:
        close(bound)
        raise _cannot_listen(settings, why) from None
    return bound


async def listen(runner: web.BaseRunner, bound: list[socket.socket], settings: Settings, backlog: int) -> None:
    """Accept connections on the sockets. Raises CannotStart."""
    try:
        for one in bound:
            await web.SockSite(runner, one, backlog=backlog).start()
    except OSError as why:
        raise _cannot_listen(settings, why) from None


async def listen_locally(runner: web.BaseRunner, path: str) -> None:
    """Accept connections on a Unix socket too. The event loop replaces a socket that a killed process has left there."""
    await web.UnixSite(runner, path).start()


def notify_systemd(state: str, environment: Mapping[str, str] = os.environ) -> None:
    """Send `READY=1` or `STOPPING=1` to the service manager, if one waits for it (sd_notify(3))."""
    address = environment.get("NOTIFY_SOCKET", "")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
            to.connect("\0" + address[1:] if address.startswith("@") else address)
            to.sendall(state.encode())


def close(bound: list[socket.socket]) -> None:
    """Close the sockets."""
    for one in bound:
        one.close()


def _cannot_listen(settings: Settings, why: OSError) -> CannotStart:
    reasons = {EADDRINUSE: "is taken by another program", EACCES: "needs more rights than this program has"}
    where = f"port {settings.port}" if why.errno in reasons else f"{settings.host}:{settings.port}"
    return CannotStart(f"{where} {reasons.get(why.errno or 0, f'cannot be listened on: {why.strerror or why}')}")
