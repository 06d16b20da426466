"""Reject requests by target and headers alone, before a long one is parsed or a precondition is evaluated."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from ipaddress import IPv6Address

from aiohttp import HttpVersion10, HttpVersion11, hdrs, web

MAX_HEADERS = 24 * 1024
"""Bytes of all names and values of one request."""
MAX_VALUE = 8 * 1024
MAX_PATH, MAX_TARGET = 2048, 8192
"""Bytes of the path, and of path and query: routing looks at every segment of a path, and no address of ours is longer."""
MAX_VALUES: Mapping[bytes, int] = {
    b"content-type": 256,
    b"content-disposition": 256,
    b"accept-encoding": 512,
    b"host": 300,
    b"if-none-match": 2048,
    b"if-match": 2048,
    b"range": 256,
    b"if-range": 256,
    b"user-agent": 2048,
    b"x-forwarded-for": 1024,
    b"x-forwarded-proto": 256,
}
"""Bytes of one header value. Some of these are parsed in quadratic time, and some are cache keys."""
SHORTEST = min(MAX_VALUES.values())
HOST = re.compile(r"(?:(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*|\[(?P<six>[0-9A-Fa-f:.]+)\])(?::[0-9]{0,5})?")
"""RFC 9110 7.2: uri-host [ ":" port ]."""


def refusal(request: web.BaseRequest) -> HTTPStatus | None:
    """Return the status with which to refuse a request because of its version, target or headers, or None."""
    # RFC 9110 2.5: the parser also reads 0.9 and 2.0, which have other responses.
    if request.version not in (HttpVersion11, HttpVersion10):
        return HTTPStatus.HTTP_VERSION_NOT_SUPPORTED
    target = request.raw_path
    # RFC 9110 9.3.6 and 9.3.7: neither names a page.
    if request.method == hdrs.METH_CONNECT or target == "*":
        return HTTPStatus.METHOD_NOT_ALLOWED
    if len(target) > MAX_PATH and (len(target) > MAX_TARGET or len(target.partition("?")[0]) > MAX_PATH):
        return HTTPStatus.REQUEST_URI_TOO_LONG
    total = 0
    for name, value in request.raw_headers:
        total += len(name) + len(value)
        if len(value) > SHORTEST and len(value) > MAX_VALUES.get(name.lower(), MAX_VALUE):
            return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    if total > MAX_HEADERS:
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    headers = request.headers
    hosts = headers.getall(hdrs.HOST, ())
    # RFC 9112 3.2: exactly one Host in HTTP/1.1, and a valid one.
    if len(hosts) > 1 or (not hosts and request.version >= HttpVersion11) or not all(map(_is_host, hosts)):
        return HTTPStatus.BAD_REQUEST
    if any(expected.lower() != "100-continue" for expected in headers.getall(hdrs.EXPECT, ())):
        return HTTPStatus.EXPECTATION_FAILED
    # RFC 9110 13.1.1: only a GET or HEAD has an ETag here, so If-Match of any other request fails.
    if hdrs.IF_MATCH in headers and request.method not in ("GET", "HEAD") and headers[hdrs.IF_MATCH].strip() != "*":
        return HTTPStatus.PRECONDITION_FAILED
    return None


def _is_host(value: str) -> bool:
    found = HOST.fullmatch(value)
    try:
        return bool(found and (found["six"] is None or IPv6Address(found["six"])))
    except ValueError:
        return False
