"""A client may close its side of a connection once its requests are sent: it still gets the responses, and nothing stays open."""

import asyncio

import pytest
from support.servers.running_server import RunningServer

pytestmark = pytest.mark.usefixtures("loop_watchdog")
HOST = b"Host: a\r\n\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "


async def answered(server: RunningServer, sent: bytes) -> bytes:
    """Send bytes and close this side; return what comes until the server closes the other."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(sent)
    writer.write_eof()
    got = await asyncio.wait_for(reader.read(), 20)
    writer.close()
    return got


async def closed(server: RunningServer) -> None:
    """Wait until the server has no connection."""
    for _ in range(400):
        if not server.server.connections:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(server.server.connections)


@pytest.mark.parametrize(
    ("sent", "statuses"),
    [
        (b"GET /bins HTTP/1.1\r\n" + HOST, [b"200"]),
        (b"GET /nothing HTTP/1.1\r\n" + HOST, [b"404"]),
        (b"GET /search?q=bins HTTP/1.1\r\n" + HOST, [b"200"]),
        (b"POST /nothing HTTP/1.1\r\n" + FORM + b"3\r\n" + HOST + b"a=b", [b"405"]),
        (b"GET /nothing HTTP/1.1\r\n" + HOST + b"GET /bins HTTP/1.1\r\n" + HOST, [b"404", b"200"]),
        (b"GET /bins HTTP/1.1\r\n" + HOST + b"GET /bi", [b"200"]),
    ],
)
async def test_whole_requests_are_answered(sent: bytes, statuses: list[bytes], server: RunningServer) -> None:
    for _ in range(2):
        got = await answered(server, sent)
        assert [part[:3] for part in got.split(b"HTTP/1.1 ")[1:]] == statuses
    await closed(server)


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET /bi", b"GET /bins HTTP/1.1\r\nHo", b"POST /nothing HTTP/1.1\r\n" + FORM + b"9\r\n" + HOST + b"a=b"],
)
async def test_a_request_that_will_never_be_whole_is_dropped(sent: bytes, server: RunningServer) -> None:
    assert not (await answered(server, sent)).startswith(b"HTTP/1.1 200")
    await closed(server)
