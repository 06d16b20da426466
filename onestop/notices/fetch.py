"""Fetch a feed over HTTP: bounded in time and size, never from a private network unless configured, redirects not followed."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from onestop.delivery.kinds.destination import TemporaryFailure
from onestop.delivery.kinds.http_client import PublicResolver, is_public

SECONDS = 30.0
MOST = 8_000_000
"""Bytes of a feed."""
TYPES = ("json", "csv", "text/plain", "octet-stream")

ACCEPT = {"Accept": "application/geo+json, application/json, text/csv", "Accept-Encoding": "identity"}
"""A little that is compressed may be a lot: nothing is unpacked."""


class FetchFailed(Exception):
    """Why a feed was not fetched: one line for the operator."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """`body` is None if the feed has not changed. `tag` is its ETag or ""."""

    body: bytes | None
    tag: str


async def fetch(url: str, tag: str, *, private: bool, seconds: float = SECONDS, most: int = MOST) -> Fetched:
    """Return a feed, or that it still has the ETag `tag`. Raises FetchFailed."""
    if not private and _is_private(urlsplit(url).hostname or ""):
        raise FetchFailed("its address is in a private network: --private-destinations yes would allow it")
    connector = aiohttp.TCPConnector() if private else aiohttp.TCPConnector(resolver=PublicResolver())
    limits = aiohttp.ClientTimeout(total=seconds)
    headers = {**ACCEPT, **({"If-None-Match": tag} if tag else {})}
    try:
        async with (
            aiohttp.ClientSession(connector=connector, timeout=limits, auto_decompress=False) as session,
            session.get(url, headers=headers, allow_redirects=False) as response,
        ):
            return await _answer(response, tag, most)
    except TimeoutError:
        raise FetchFailed(f"took longer than {seconds:g} seconds") from None
    except (aiohttp.ClientError, OSError, ValueError, TemporaryFailure) as why:
        raise FetchFailed(f"cannot be fetched: {why or type(why).__name__}") from None


async def _answer(response: aiohttp.ClientResponse, tag: str, most: int) -> Fetched:
    if response.status == 304 and tag:
        return Fetched(None, tag)
    if 300 <= response.status < 400:
        raise FetchFailed("answers with a redirect: write the address it leads to")
    if response.status != 200:
        raise FetchFailed(f"answers with status {response.status}")
    if not any(one in response.content_type for one in TYPES):
        raise FetchFailed(f"is {response.content_type}, neither JSON nor CSV")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise FetchFailed("is compressed, which it was asked not to be")
    body = b""
    async for chunk in response.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > most:
            raise FetchFailed(f"is larger than {most:,} bytes")
    return Fetched(body, response.headers.get("ETag", "")[:200])


def _is_private(host: str) -> bool:
    """Return whether a host is an address in a private network; names are resolved by the resolver."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return not is_public(host)
