"""Whole HTTP responses prepared ahead: plain, gzipped, and 304 Not Modified."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from hashlib import blake2b
from http import HTTPStatus

import deflate

ResponseHeaders = tuple[tuple[str, str], ...]
CODING = re.compile(r"\s*([^\s;,]+)\s*(?:;\s*q\s*=\s*([0-9.]+)\s*)?$", re.IGNORECASE)
SMALLEST_PACKED = 256
UNCHANGED = 304
KEPT_UNCHANGED = ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin")
"""Headers of a response that its 304 has too: those of caching (RFC 9110 15.4.5), and what lets a script of another site read it."""
FASTEST, USUAL, STRONGEST = 1, 7, 12
"""Levels of libdeflate: the lowest; one that takes half the time of zlib's highest, for pages within 1 % of its size; the highest."""
DATED = 39
"""Bytes of the Date header and of the empty line after it."""
OVERHEAD = 2000
"""Approximate bytes of a prepared page besides its bodies."""


@dataclass(frozen=True, slots=True)
class Representation:
    """One encoding of a response. `head` and `unchanged` (the head of a 304) end where the Date header goes."""

    tag: str
    headers: ResponseHeaders
    body: bytes
    head: bytes
    unchanged: bytes


@dataclass(slots=True)
class PreparedResponse:
    """A response that may be sent until `until` (seconds since 1970). From `fresh` on, its `max-age` must be shortened.

    `plain` and `packed` are the same wire where packing gains nothing. `label` says what it is for counting: channel, status and
    what was opened. `packet` is how many bytes the whole answer may have, or 0. The counts are of answers sent since they were last
    collected.
    """

    status: int
    plain: Representation
    packed: Representation
    until: float
    fresh: float
    label: tuple[str, str]
    packet: int = 0
    sent: int = 0
    unchanged: int = 0
    size: int = field(init=False)

    def __post_init__(self) -> None:
        bodies = {id(self.plain): len(self.plain.body), id(self.packed): len(self.packed.body)}
        self.size = OVERHEAD + sum(bodies.values())


def prepare(
    status: int,
    headers: ResponseHeaders,
    body: bytes,
    *,
    until: float = float("inf"),
    age: int = 60,
    label: tuple[str, str] = ("", ""),
    packet: int = 0,
    once: bool = False,
    smallest: bool = False,
) -> PreparedResponse:
    """Return the response in both encodings. `headers` are those that do not depend on the encoding.

    A response that is sent `once` is compressed in a quarter of the time, to a size some six percent larger; the `smallest` size
    takes some twenty times the usual time and saves two percent.

    A response larger than `packet` bytes is compressed again with libdeflate, which takes about 0.1 ms and saves half a percent.
    """
    plain = _wire(status, headers, body, "")
    packed_body = (
        body if len(body) < SMALLEST_PACKED else _compress(body, FASTEST if once else STRONGEST if smallest else USUAL)
    )
    packed = _wire(status, headers, packed_body, "gzip") if len(packed_body) < len(body) else plain
    if packet and len(packed.head) + DATED + len(packed.body) > packet:
        packed = _wire(status, headers, _compress(body, STRONGEST), "gzip")
    return PreparedResponse(status, plain, packed, until, until - age, label, packet)


def _compress(body: bytes, level: int) -> bytes:
    return bytes(deflate.gzip_compress(body, level))


def _wire(status: int, headers: ResponseHeaders, body: bytes, encoding: str) -> Representation:
    """Return one encoding with an ETag of its own."""
    digest = urlsafe_b64encode(blake2b(body, digest_size=6).digest()).decode()
    tag = f'"{digest}"'
    kept = (("ETag", tag), *headers)
    whole = (*((("Content-Encoding", encoding),) if encoding else ()), ("Content-Length", str(len(body))), *kept)
    # The content security policy stays with the cached content.
    kept = tuple(pair for pair in kept if pair[0] in KEPT_UNCHANGED)
    return Representation(tag, whole, body, head(status, whole), head(UNCHANGED, kept))


def head(status: int, headers: ResponseHeaders) -> bytes:
    """Return status line and headers, without the empty line at the end."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in headers), ""]
    return "\r\n".join(lines).encode("latin-1")


@lru_cache(maxsize=512)
def takes_gzip(accepted: str) -> bool:
    """Return whether an Accept-Encoding header allows gzip; one that is forbidden by q=0 is forbidden."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        found = CODING.match(part)
        if found:
            weights[found[1]] = _weight(found[2])
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _weight(text: str | None) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def matches(asked: str, tag: str) -> bool:
    """Return whether an If-None-Match header names `tag`, weakly compared."""
    if asked == tag or asked.strip() == "*":
        return True
    return tag in {one.strip().removeprefix("W/") for one in asked.split(",")}


def matches_strongly(condition: str, tag: str) -> bool:
    """Return whether an If-Match header names `tag`, strongly compared."""
    return condition.strip() == "*" or tag in {one.strip() for one in condition.split(",")}


def choose(ready: PreparedResponse, headers: Mapping[str, str]) -> Representation:
    """Return the representation a visitor with these headers gets."""
    return ready.packed if takes_gzip(headers.get("Accept-Encoding", "")) else ready.plain


def date_line(seconds: float) -> bytes:
    """Return the Date header, and the empty line after the last header."""
    return f"Date: {formatdate(seconds, usegmt=True)}\r\n\r\n".encode()
