"""Slow clients: incomplete requests are dropped, slow but steady ones are not."""

import asyncio
import contextlib
import socket

import pytest
from aiohttp import web
from support.servers.running_server import Clock, RunningServer

from onestop.server.process.descriptors import Capacity
from onestop.server.transfer_rate import outgoing

pytestmark = pytest.mark.usefixtures("loop_watchdog")
ASK = b"GET /bins HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST /bins HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n"


@pytest.mark.parametrize(
    ("first", "more"),
    [(b"GET /bins", b"x"), (b"GET /bins HTTP/1.1\r\nHost: a\r\n", b"x"), (b"\r\n", b"\r\n")],
    ids=["line", "head", "nothing"],
)
async def test_an_incomplete_request_head_is_dropped(
    server: RunningServer, clock: Clock, first: bytes, more: bytes
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    for seconds in (0, 10, 9):
        clock.now += seconds
        writer.write(more if seconds else first)
        await asyncio.sleep(0.05)
        await server.server.close_bad(clock())
    assert not reader.at_eof()
    clock.now += 2
    await server.server.close_bad(clock())
    assert await asyncio.wait_for(reader.read(), 2) == b""
    writer.close()


async def test_a_body_must_keep_a_minimum_rate_but_may_take_long(
    server: RunningServer, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def reads(request: web.Request) -> None:
        await request.read()

    monkeypatch.setattr("onestop.pages.handler.PageHandler.page", lambda self, request: reads(request))
    (slow, to_slow), (quick, to_quick) = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(2)]
    to_slow.write(POST)
    to_quick.write(POST)
    for _ in range(4):
        clock.now += 10
        to_slow.write(b"x" * 10)
        to_quick.write(b"x" * 11_000)
        await asyncio.sleep(0.05)
        await server.server.close_bad(clock())
    with contextlib.suppress(ConnectionError):
        assert await asyncio.wait_for(slow.read(), 2) == b""
    assert not quick.at_eof()
    assert "failed" not in caplog.text and "answered" not in caplog.text
    to_slow.close()
    to_quick.close()


async def test_a_client_waiting_for_a_response_is_not_dropped(
    server: RunningServer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    let = asyncio.Event()

    async def waits(request: web.Request) -> web.Response:
        await let.wait()
        return web.Response(text="done")

    monkeypatch.setattr("onestop.pages.handler.PageHandler.page", lambda self, request: waits(request))
    asked = asyncio.create_task(server.get("/bins"))
    await asyncio.sleep(0.1)
    clock.now += 600
    await server.server.close_bad(clock())
    let.set()
    assert (await asked).text == "done"
    clock.now += 60
    await server.server.close_bad(clock())
    assert any(connection.transport is not None for connection in server.server.connections)


async def test_a_stalled_body_is_dropped_whatever_its_earlier_rate(
    server: RunningServer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def reads(request: web.Request) -> None:
        await request.read()

    monkeypatch.setattr("onestop.pages.handler.PageHandler.page", lambda self, request: reads(request))
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(POST.replace(b"100000", b"900000") + b"x" * 300_000)
    await asyncio.sleep(0.1)
    for _ in range(9):
        clock.now += 5
        await server.server.close_bad(clock())
    with contextlib.suppress(ConnectionError):
        assert await asyncio.wait_for(reader.read(), 2) == b""
    writer.close()


async def test_a_client_that_reads_nothing_is_closed(server: RunningServer, clock: Clock) -> None:
    """Otherwise the kernel would hold its response without limit."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.setblocking(False)
    await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", server.port))
    with contextlib.suppress(BlockingIOError):
        while True:
            connection.send(ASK * 100)
            await asyncio.sleep(0.01)
            if any(c.transport and c.transport.get_write_buffer_size() for c in server.server.connections):
                break
    for _ in range(10):
        clock.now += 5
        await server.server.close_bad(clock())
        await asyncio.sleep(0)
    assert not any(c.transport for c in server.server.connections)
    connection.close()


async def _with_unread_responses(server: RunningServer) -> socket.socket:
    """Return a connection whose responses wait for the client in the kernel's buffers alone: all of them have been written."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.setblocking(False)
    await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", server.port))
    await asyncio.get_running_loop().sock_sendall(connection, ASK * 20)
    for _ in range(100):
        await asyncio.sleep(0.05)
        opened = [made.transport for made in server.server.connections if made.transport]
        if opened and _settled(opened[0]):
            return connection
    raise AssertionError("the responses have not been written")


def _settled(transport: asyncio.Transport) -> bool:
    return transport.get_write_buffer_size() == 0 and outgoing(transport).waiting


@pytest.mark.parametrize("byte_each_window", [False, True], ids=["reads nothing", "reads a byte in 20 s"])
async def test_a_client_whose_responses_wait_in_the_kernel_is_closed_in_two_windows(
    server: RunningServer, clock: Clock, *, byte_each_window: bool
) -> None:
    connection = await _with_unread_responses(server)
    for _ in range(9):
        clock.now += 5
        if byte_each_window and clock.now % 20 == 0:
            connection.recv(1)
        await server.server.close_bad(clock())
        await asyncio.sleep(0)
    assert not any(c.transport for c in server.server.connections)
    connection.close()


async def test_a_client_that_reads_slowly_but_steadily_is_not_closed(server: RunningServer, clock: Clock) -> None:
    connection = await _with_unread_responses(server)
    for _ in range(6):
        clock.now += 20
        read = 0
        while read < 25_000:
            read += len(await asyncio.wait_for(asyncio.get_running_loop().sock_recv(connection, 25_000 - read), 5))
        await server.server.close_bad(clock())
        assert any(c.transport for c in server.server.connections)
        await asyncio.get_running_loop().sock_sendall(connection, ASK * 10)
    connection.close()


async def test_connections_beyond_the_capacity_are_refused_politely_and_logged_once(
    server: RunningServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.server.limit.capacity = Capacity(connections=2, backlog=1, waiting=2)
    kept = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(2)]
    await asyncio.sleep(0.05)
    for _ in range(3):
        answer = await server.bytes(b"GET /bins HTTP/1.1\r\nHost: a\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 503 ") and b"Retry-After: 30" in answer and b"<h1>" in answer
    assert caplog.text.count("more than 2 connections") == 1
    for _, writer in kept:
        writer.close()


async def test_a_refused_connection_is_answered_before_its_request_when_too_many_wait(server: RunningServer) -> None:
    limit = server.server.limit
    limit.capacity = Capacity(connections=2, backlog=1, waiting=3)
    opened = []
    for _ in range(2 + 5):
        opened.append(await asyncio.open_connection("127.0.0.1", server.port))
        await asyncio.sleep(0.02)
    for reader, _ in opened[2:4]:
        answer = await asyncio.wait_for(reader.read(), 5)
        assert answer == limit.busy
    for reader, writer in opened[4:]:
        writer.write(b"GET /bins HTTP/1.1\r\nHost: a\r\n\r\n")
        assert await asyncio.wait_for(reader.read(), 5) == limit.busy
    # Refused connections do not count: one more is served as soon as one has ended.
    opened[0][1].close()
    await asyncio.sleep(0.05)
    assert (await server.bytes(b"GET /bins HTTP/1.1\r\nHost: a\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
    for _, writer in opened:
        writer.close()
