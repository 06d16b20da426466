"""Requests that are refused by their headers alone, and the fast path that must not answer what was never parsed."""

import pytest
from support.running_server import RunningServer

pytestmark = pytest.mark.usefixtures("loop_watchdog")
GET = b"GET /bins HTTP/1.1\r\n"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Host: a\r\nExpect: \xff\xfe\r\n", 417), (b"Host: a\r\nExpect: nonsense\r\n", 417), (b"", 400), (b"Host: a\r\nHost: b\r\n", 400),
        (b"Host: a b\r\n", 400), (b"Host: a/b\r\n", 400), (b"Host: a@b\r\n", 400), (b"Host: [::1]:80\r\n", 200), (b"Host: a:99\r\n", 200),
        (b"Host: a\r\nContent-Type: " + b";" * 300 + b"x\r\n", 431), (b"Host: a\r\n" + (b"X: " + b"x" * 7000 + b"\r\n") * 4, 431),
        (b'Host: a\r\nIf-Match: "x"\r\n', 412), (b"Host: a\r\nIf-Match: *\r\n", 200),
    ],
)  # fmt: skip
async def test_invalid_headers_are_rejected(headers: bytes, status: int, server: RunningServer) -> None:
    for _ in range(2):
        answer = await server.bytes(GET + headers + b"\r\n")
        assert answer.startswith(b"HTTP/1.1 %d " % status)
        assert b"aiohttp" not in answer and b"Python/" not in answer
        assert status in (200, 412) or b"<style>" in answer


async def test_a_malformed_request_is_not_answered_from_cached_headers(server: RunningServer) -> None:
    """Empty lines before a request line are allowed; what followed them must not count as headers of another request."""
    request = GET + b"Host: a\r\n\r\n"
    for _ in range(2):
        assert (await server.bytes(b"\r\n" + request)).startswith(b"HTTP/1.1 200 ")
        assert (await server.bytes(b"GET /bins HTTP/1.1\r\n" + request)).startswith(b"HTTP/1.1 400 ")
