"""Requests that are refused by their headers alone, and the fast path that must not answer what was never parsed."""

import pytest
from support.servers.running_server import RunningServer

pytestmark = pytest.mark.usefixtures("loop_watchdog")
GET = b"GET /bins HTTP/1.1\r\n"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Host: a\r\nExpect: \xff\xfe\r\n", 417), (b"Host: a\r\nExpect: nonsense\r\n", 417), (b"", 400), (b"Host: a\r\nHost: b\r\n", 400),
        (b"Host: a b\r\n", 400), (b"Host: a/b\r\n", 400), (b"Host: a@b\r\n", 400), (b"Host: [::1]:80\r\n", 200), (b"Host: a:99\r\n", 200),
        (b"Host: a\r\nContent-Type: " + b";" * 300 + b"x\r\n", 431), (b"Host: a\r\n" + (b"X: " + b"x" * 7000 + b"\r\n") * 4, 431),
        (b"Host: [:::::]:80\r\n", 400), (b"Host: [....]\r\n", 400), (b"Host: a\r\nExpect: 100-continue\r\nExpect: x\r\n", 417),
        (b'Host: a\r\nIf-Match: "x"\r\n', 412), (b"Host: a\r\nIf-Match: *\r\n", 200),
    ],
)  # fmt: skip
async def test_invalid_headers_are_rejected(headers: bytes, status: int, server: RunningServer) -> None:
    for _ in range(2):
        answer = await server.bytes(GET + headers + b"\r\n")
        assert answer.startswith(b"HTTP/1.1 %d " % status)
        assert b"aiohttp" not in answer and b"Python/" not in answer
        assert status in (200, 412) or b"<style>" in answer


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET http://a/bins HTTP/1.1", 200), (b"GET HTTP://b:80/bins HTTP/1.1", 200), (b"GET http://a/nothing HTTP/1.1", 404),
        (b"GET http://a HTTP/1.1", 301), (b"CONNECT a:80 HTTP/1.1", 405), (b"OPTIONS * HTTP/1.1", 405), (b"GET * HTTP/1.1", 400),
        (b"TRACE /bins HTTP/1.1", 405), (b"PRI * HTTP/2.0", 400), (b"get /bins HTTP/1.1", 400), (b"GET /b\xc3\xa9 HTTP/1.1", 400),
    ],
)  # fmt: skip
async def test_every_form_of_target_and_every_method_has_its_answer(
    line: bytes, status: int, server: RunningServer
) -> None:
    answer = await server.bytes(line + b"\r\nHost: a\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert (b"\r\nAllow: GET,HEAD\r\n" in answer) == (status == 405)


@pytest.mark.parametrize(
    "rest",
    [
        b"Host: a\r\n b\r\n", b" Host: a\r\n", b"Host: a\r\nX: a\r\n b\r\n", b"Host: a\r\nX : a\r\n", b"Host: a\r\n: a\r\n",
        b"Host: a\r\nX: a\rb\r\n", b"Host: a\r\nX: a\x00b\r\n", b"Host: a\r\nContent-Length: +1\r\n",
        b"Host: a\r\nContent-Length: 1, 1\r\n",
        b"Host: a\r\nContent-Length: -1\r\n", b"Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        b"Host: a\r\nTransfer-Encoding:\r\n chunked\r\n", b"Host: a\r\nTransfer-Encoding: xchunked\r\n",
    ],
)  # fmt: skip
async def test_headers_that_two_servers_may_read_differently_are_rejected(rest: bytes, server: RunningServer) -> None:
    answer = await server.bytes(GET + rest + b"\r\n0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ") and b"Connection: close" in answer


async def test_a_malformed_request_is_not_answered_from_cached_headers(server: RunningServer) -> None:
    """Empty lines before a request line are allowed; what followed them must not count as headers of another request."""
    request = GET + b"Host: a\r\n\r\n"
    for _ in range(2):
        assert (await server.bytes(b"\r\n" + request)).startswith(b"HTTP/1.1 200 ")
        assert (await server.bytes(b"GET /bins HTTP/1.1\r\n" + request)).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("version", [b"HTTP/0.9", b"HTTP/2.0", b""])
async def test_other_versions_of_http_are_refused_in_our_own(version: bytes, server: RunningServer) -> None:
    answer = await server.bytes(b"GET /bins " + version + b"\r\nHost: a\r\n\r\n")
    assert answer.startswith((b"HTTP/1.1 505 ", b"HTTP/1.1 400 ")) and b"Connection: close" in answer
