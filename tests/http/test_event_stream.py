"""Streams of server-sent events: one network cannot take all of them, and they end with their client and with the server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from onestop.http.event_stream import MOST, MOST_OF_CLIENT, EventStreams, Look, send_events
from onestop.http.readiness import Readiness


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onestop.http.event_stream.TICK", 0.02)


class Streaming:
    """A server of streams that find what is put into `found`, and counts their looks."""

    def __init__(self) -> None:
        self.readiness, self.found, self.looks, self.running = Readiness(), [Look("1")], 0, 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        async def look() -> Look:
            self.looks += 1
            return self.found.pop(0) if self.found else Look()

        self.running += 1
        try:
            return await send_events(request, self.readiness, look)
        finally:
            self.running -= 1


@pytest.fixture
async def streaming() -> AsyncIterator[tuple[Streaming, str]]:
    made, app = Streaming(), web.Application()
    app.add_routes([web.get("/", made.handle)])
    async with TestServer(app) as server:
        yield made, str(server.make_url("/"))


async def until(true: Callable[[], bool]) -> None:
    for _ in range(500):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came true")


async def test_a_stream_ends_with_the_last_look(streaming: tuple[Streaming, str]) -> None:
    made, address = streaming
    made.found.append(Look("2", last=True))
    async with ClientSession() as client, client.get(address) as answer:
        assert await answer.text() == "retry: 5000\n\ndata: 1\n\ndata: 2\n\n"


async def test_nothing_is_looked_up_for_a_client_that_has_gone(streaming: tuple[Streaming, str]) -> None:
    made, address = streaming
    async with ClientSession() as client, client.get(address) as answer:
        await answer.content.readany()
        await until(lambda: made.looks > 2)
    await until(lambda: not made.running)
    looks = made.looks
    await asyncio.sleep(0.1)
    assert made.looks == looks


async def test_a_stream_ends_when_the_server_is_stopped(streaming: tuple[Streaming, str]) -> None:
    made, address = streaming
    async with ClientSession() as client, client.get(address) as answer:
        await answer.content.readany()
        made.readiness.draining = True
        await asyncio.wait_for(answer.read(), 5)
    assert not made.running


async def test_a_head_request_gets_the_headers_alone(streaming: tuple[Streaming, str]) -> None:
    made, address = streaming
    async with ClientSession() as client, client.head(address) as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
    assert not made.looks


async def test_one_client_cannot_take_all_streams() -> None:
    streams = EventStreams()
    held: list[Awaitable[bool | None]] = []

    async def take(client: str) -> bool:
        if not streams.has_room(client):
            return False
        counted = streams.counted(client)
        await counted.__aenter__()
        held.append(counted.__aexit__(None, None, None))
        return True

    assert [await take("198.51.100.7") for _ in range(MOST_OF_CLIENT + 2)].count(True) == MOST_OF_CLIENT
    assert await take("203.0.113.9")
    assert [await take("") for _ in range(MOST + 2)].count(True) == MOST - MOST_OF_CLIENT - 1
    assert not await take("192.0.2.1")
    for one in held:
        await one
    assert not streams.open
