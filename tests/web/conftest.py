"""The web with the small borough behind it, at a time that a test may move, on a real port."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession, TCPConnector, web
from small_borough import CHANNELS, write_borough

from onestop.web.app import Parts, join
from onestop.web.running import started
from onestop.web.settings import Settings, read_settings

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC).timestamp()
"""A Monday."""


@dataclass
class Clock:
    """Time stands still unless a test moves it."""

    now: float = MORNING

    def __call__(self) -> float:
        return self.now


@dataclass
class Web:
    """A server that runs: its parts, its port, and a browser that follows no redirects by itself."""

    parts: Parts
    clock: Clock
    port: int
    browser: ClientSession

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = read_settings({"database": f"sqlite:///{tmp_path}/onestop.db", "watch": "no"}, {})
    return replace(found, content=write_borough(tmp_path))


@pytest.fixture
async def server(settings: Settings, clock: Clock) -> AsyncIterator[Web]:
    parts = join(settings, CHANNELS, clock)
    parts.sites.take(parts.sites.read())
    async with started(parts) as runner:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        origin = f"http://127.0.0.1:{site.port}"
        async with ClientSession(
            origin, connector=TCPConnector(), auto_decompress=False, skip_auto_headers=["Accept-Encoding"]
        ) as browser:
            yield Web(parts, clock, site.port, browser)
