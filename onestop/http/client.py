"""The client of a request: whether it used HTTPS, and its network address."""

import ipaddress
import re

from aiohttp import web

HOUSEHOLD_PREFIX = 48
"""Bits of an IPv6 address that identify a household or an office; the rest its owner chooses."""
WITH_PORT = re.compile(r"\[(?P<six>[^\]]*)\](?::\d+)?|(?P<four>[0-9.]+):\d+")
"""An address with a port, as some proxies write it: 198.51.100.7:40001 or [2001:db8::1]:443."""


def is_https(request: web.BaseRequest, proxy: bool) -> bool:
    """Return whether the browser used HTTPS; of several proxies, the first one's header counts."""
    if proxy:
        return request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip().lower() == "https"
    return request.secure


def is_loopback(request: web.BaseRequest) -> bool:
    """Return whether the request came from this machine."""
    # The kernel wrote the address: there is nothing to parse.
    remote = request.remote or ""
    return remote.startswith("127.") or remote == "::1"


def client_network(request: web.BaseRequest, proxies: int) -> str:
    """Return the network address of the client, "" if unknown: a whole IPv4 address, or the first 48 bits of an IPv6 address.

    Each of `proxies` trusted proxies appends one address to X-Forwarded-For. Those before them were sent by the client.
    """
    headers = request.headers.getall("X-Forwarded-For", []) if proxies else []
    forwarded = ",".join(headers).split(",") if headers else []
    client = forwarded[-min(proxies, len(forwarded))] if forwarded else ""
    return _network_of(client) or _network_of(request.remote or "")


def counted_network(request: web.BaseRequest, proxies: int) -> str:
    """Return the network whose requests a limit counts, "" for this machine.

    It is no stranger: measurements and a proxy that nobody declared come from here.
    """
    return "" if not proxies and is_loopback(request) else client_network(request, proxies)


def _network_of(text: str) -> str:
    text = text.strip()
    found = WITH_PORT.fullmatch(text)
    try:
        address = ipaddress.ip_address((found["six"] or found["four"]) if found else text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    prefix = HOUSEHOLD_PREFIX if address.version == 6 else 32
    return str(ipaddress.ip_network((address, prefix), strict=False).network_address)
