"""Reject requests by their headers alone, before a long header is parsed or a precondition is evaluated."""

import re
from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import HttpVersion11, hdrs, web

MAX_HEADERS = 24 * 1024
"""Bytes of all names and values of one request."""
MAX_VALUE = 8 * 1024
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
HOST = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*(?::[0-9]{0,5})?|\[[0-9A-Fa-f:.]+\](?::[0-9]{0,5})?")
"""RFC 9110 7.2: uri-host [ ":" port ]."""


def refusal(request: web.BaseRequest) -> HTTPStatus | None:
    """Return the status with which to refuse a request because of its headers, or None."""
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
    if len(hosts) > 1 or (not hosts and request.version >= HttpVersion11) or not all(map(HOST.fullmatch, hosts)):
        return HTTPStatus.BAD_REQUEST
    if hdrs.EXPECT in headers and headers[hdrs.EXPECT].lower() != "100-continue":
        return HTTPStatus.EXPECTATION_FAILED
    # RFC 9110 13.1.1: only a GET or HEAD has an ETag here, so If-Match of any other request fails.
    if hdrs.IF_MATCH in headers and request.method not in ("GET", "HEAD") and headers[hdrs.IF_MATCH].strip() != "*":
        return HTTPStatus.PRECONDITION_FAILED
    return None
