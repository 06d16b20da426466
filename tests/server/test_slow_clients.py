"""Requests that do not come to an end are not waited for; those that take long for a reason are."""

import asyncio
import contextlib

import pytest
from aiohttp import web
from support.running_server import Clock, Web

POST = b"POST /bins HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n"


@pytest.mark.parametrize(
    ("first", "more"),
    [(b"GET /bins", b"x"), (b"GET /bins HTTP/1.1\r\nHost: a\r\n", b"x"), (b"\r\n", b"\r\n")],
    ids=["line", "head", "nothing"],
)
async def test_a_head_that_does_not_come_to_an_end_is_not_waited_for(
    server: Web, clock: Clock, first: bytes, more: bytes
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


async def test_a_body_must_come_at_some_speed_and_one_that_does_may_take_long(
    server: Web, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
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


async def test_who_waits_for_our_answer_is_not_slow(server: Web, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
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
