"""Fixtures: the server with the small borough behind it, at a clock that a test sets, on a free port."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from support.samples.small_borough import CHANNELS, write_borough
from support.servers.running_server import Clock, RunningServer

from onestop.server.app import started
from onestop.server.connection import Server
from onestop.server.join import join
from onestop.settings import Settings, read_settings
from server import CAPABILITIES


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = read_settings({"database": f"sqlite:///{tmp_path}/onestop.db", "watch": "no"}, {})
    return found.model_copy(update={"content": write_borough(tmp_path), "shutdown_seconds": 0.5})


@pytest.fixture
async def server(settings: Settings, clock: Clock) -> AsyncIterator[RunningServer]:
    parts = join(settings, CHANNELS, CAPABILITIES, clock)
    parts.sites.take(parts.sites.read())
    async with started(parts) as runner:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert isinstance(runner.server, Server)
        async with ClientSession(auto_decompress=False, skip_auto_headers=["Accept-Encoding", "User-Agent"]) as browser:
            yield RunningServer(parts, clock, site.port, browser, runner.server)
