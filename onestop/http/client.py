"""What is known of the line that a request has come by: whether it is sealed, and from which network."""

import ipaddress

from aiohttp import web

SITE = 48
"""Bits of an IPv6 address that name a household, an office or a rented machine; the rest its owner chooses."""


def is_https(request: web.BaseRequest, proxy: bool) -> bool:
    """Whether nobody on the way could read it. Of several proxies the first says how it left the browser."""
    if proxy:
        return request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip().lower() == "https"
    return request.secure


def is_loopback(request: web.BaseRequest) -> bool:
    """Whether it has not left this machine."""
    try:
        return ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        return False


def client_network(request: web.BaseRequest, proxy: bool) -> str:
    """Whose it is, as far as an address tells. What stands before the last address was written by who asks, and proves nothing."""
    told = request.headers.getall("X-Forwarded-For", []) if proxy else []
    return (told and _network_of(told[-1].rpartition(",")[2])) or _network_of(request.remote or "")


def _network_of(text: str) -> str:
    try:
        found = ipaddress.ip_address(text.strip().strip("[]"))
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    return str(ipaddress.ip_network((found, SITE if found.version == 6 else 32), strict=False).network_address)
