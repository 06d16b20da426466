"""HTTP requests to destinations: TLS is verified, redirects are not followed, answers are bounded, private addresses are refused."""

import asyncio
import email.utils
import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from onestop.authoring.node import Node
from onestop.delivery.kinds.destination import DestinationContext, PermanentFailure, TemporaryFailure

SECONDS, CONNECT_SECONDS = 20.0, 10.0
"""For a whole request, within the 15 to 30 seconds of Standard Webhooks 1.0.0, and for its connection."""
MAX_ANSWER = 1_000_000
"""Bytes of an answer that are read at most."""
RETRIED = frozenset({408, 425, 429})
"""The answers from 400 to 499 after which the same request may succeed later."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""Addresses whose last 32 bits are an IPv4 address (RFC 6052)."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A whole answer. `wait` is the seconds of its Retry-After, or 0."""

    status: int
    media_type: str
    body: bytes
    wait: int = 0


class PublicResolver(AbstractResolver):
    """Resolves names to public addresses only, so that a name cannot lead into the council's own network."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        public = [(kind, where) for kind, _, _, _, where in found if is_public(str(where[0]))]
        if not public:
            raise TemporaryFailure("its address is in a private network: --private-destinations yes would allow it")
        return [
            ResolveResult(hostname=host, host=str(where[0]), port=port, family=kind, proto=0, flags=0)
            for kind, where in public
        ]

    async def close(self) -> None:
        """Keeps nothing open."""


class HttpClient:
    """Sends requests to one destination."""

    def __init__(self, context: DestinationContext) -> None:
        self.context = context
        self.private = context.settings.private_destinations
        self.tls: ssl.SSLContext | None = None

    async def send(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, data: bytes | None = None,
        read: bool = True,
    ) -> HttpAnswer:  # fmt: skip
        """Return the answer if its status is 2xx; its body is read only if `read`. Raises `TemporaryFailure` or `PermanentFailure`."""
        answer = await self._answer(method, url, headers, data, lambda status: read and status < 300)
        if not 200 <= answer.status < 300:
            _fail(answer)
        return answer

    async def exchange(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, data: bytes | None = None
    ) -> HttpAnswer:  # fmt: skip
        """Return the answer with its body, whatever its status. Raises `TemporaryFailure` if there is none."""
        return await self._answer(method, url, headers, data, lambda status: True)

    async def _answer(
        self, method: str, url: str, headers: Mapping[str, str] | None, data: bytes | None, wanted: Callable[[int], bool]
    ) -> HttpAnswer:  # fmt: skip
        """`wanted` says for which status the body is read."""
        self._check(url)
        if self.tls is None:
            # Reads every certificate authority of the system: not on the event loop.
            self.tls = await asyncio.to_thread(tls_context, self.context)
        try:
            async with self._session() as session, session.request(
                method, url, headers=headers, data=data, allow_redirects=False
            ) as response:  # fmt: skip
                body = await _read(response) if wanted(response.status) else b""
                wait = retry_after(response.headers.get("Retry-After", ""), self.context.clock())
                return HttpAnswer(response.status, response.content_type, body, wait)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as why:
            raise TemporaryFailure(reason_of(why)) from None

    def _check(self, url: str) -> None:
        host = urlsplit(url).hostname or ""
        if not self.private and not url.startswith("https://"):
            raise TemporaryFailure("its address has no TLS: write https://, or allow it with --private-destinations")
        # aiohttp asks no resolver about a host that is an address already.
        if not self.private and _is_address(host) and not is_public(host):
            raise TemporaryFailure("its address is in a private network: --private-destinations yes would allow it")

    def _session(self) -> aiohttp.ClientSession:
        resolver = None if self.private else PublicResolver()
        connector = aiohttp.TCPConnector(ssl=self.tls or True, resolver=resolver, force_close=True)
        timeout = aiohttp.ClientTimeout(total=SECONDS, connect=CONNECT_SECONDS)
        return aiohttp.ClientSession(
            connector=connector,
            timeout=timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={"User-Agent": "Onestop", "Accept-Encoding": "identity"},
        )


def tls_context(context: DestinationContext) -> ssl.SSLContext:
    """Return a TLS context that verifies certificates, also by the council's own authorities. Raises `TemporaryFailure`."""
    made = ssl.create_default_context()
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    authorities = context.settings.authorities
    if authorities is not None:
        try:
            made.load_verify_locations(authorities)
        except OSError:
            raise TemporaryFailure("the file of --authorities cannot be read") from None
    return made


def is_public(address: str) -> bool:
    """Return whether an IP address is reachable from everywhere, and not one of a private network in disguise."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        inside = found.ipv4_mapped or found.sixtofour
        if inside is not None:
            return is_public(str(inside))
    return found.is_global and not found.is_multicast


def reason_of(why: Exception) -> str:
    """Return why a request failed, without the address and without any part of the answer."""
    if isinstance(why, TimeoutError):
        return "it did not answer in time"
    if isinstance(why, aiohttp.ClientConnectorCertificateError):
        return f"its TLS certificate cannot be verified: {getattr(why.certificate_error, 'verify_message', '')}".rstrip(
            ": "
        )
    if isinstance(why, aiohttp.ClientSSLError | ssl.SSLError):
        return "no TLS connection could be made"
    if isinstance(why, aiohttp.ClientConnectorDNSError):
        return "its name cannot be resolved"
    if isinstance(why, aiohttp.ClientConnectorError):
        return f"no connection: {why.os_error.strerror or 'it failed'}"
    if isinstance(why, aiohttp.ClientPayloadError | aiohttp.ServerDisconnectedError | ConnectionError):
        return "the connection broke off before the answer was whole"
    return f"its answer cannot be understood ({type(why).__name__})"


def retry_after(text: str, now: float) -> int:
    """Return the seconds of a Retry-After header, which has a number or a date (RFC 9110, 10.2.3); 0 if it has neither."""
    if text.isascii() and text.isdecimal():
        return int(text[:9])
    try:
        return max(0, int(email.utils.parsedate_to_datetime(text).timestamp() - now))
    except (ValueError, TypeError, OverflowError):
        return 0


def read_url(node: Node, key: str = "url") -> str:
    """Return the http or https address at a key, or report a fault and return ""."""
    text = (node / key).text()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("https", "http") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        whole = False
    if not whole or parts.fragment or not text.isascii() or " " in text:
        (node / key).fault(f"`{text}` is no address like https://depot.example/cases")
        return ""
    if parts.username or parts.password:
        (node / key).fault("an address must not contain a password: put it into the file of --secrets")
        return ""
    return text


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _fail(answer: HttpAnswer) -> NoReturn:
    status = answer.status
    if status < 400:
        raise TemporaryFailure(f"it answered with a redirect ({status}), which is not followed: correct its address")
    if status < 500 and status not in RETRIED:
        raise PermanentFailure("it is gone (410)" if status == 410 else f"it refused the case ({status})", status)
    raise TemporaryFailure(f"it could not take the case now ({status})", answer.wait)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for part in response.content.iter_chunked(65536):
        body += part
        if len(body) > MAX_ANSWER:
            raise TemporaryFailure(f"its answer is longer than {MAX_ANSWER} bytes")
    return bytes(body)
