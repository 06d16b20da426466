"""Over plain HTTP through a local proxy a television gets public pages and no personal question."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from channels.registry import find_channels
from onestop.server.app import started
from onestop.server.join import join
from onestop.settings import read_settings
from server import CAPABILITIES

ASK = "/tv/bins/missed-bin/ask"


@pytest.fixture
async def behind_a_proxy(tmp_path: Path) -> AsyncIterator[tuple[ClientSession, str]]:
    settings = read_settings({"database": f"sqlite:///{tmp_path}/o.db", "watch": "no", "proxy": "yes"}, {})
    parts = join(
        settings.model_copy(update={"shutdown_seconds": 0.5}), find_channels(), CAPABILITIES, lambda: 1_795_428_000.0
    )
    parts.sites.take(parts.sites.read())
    async with started(parts) as runner, ClientSession() as browser:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield browser, f"http://127.0.0.1:{site.port}"


@pytest.mark.parametrize(("scheme", "asked"), [("http", False), ("https", True)])
async def test_no_question_is_shown_over_plain_http(
    scheme: str, asked: bool, behind_a_proxy: tuple[ClientSession, str]
) -> None:
    browser, origin = behind_a_proxy
    headers = {"X-Forwarded-Proto": scheme}
    async with browser.get(f"{origin}/tv/bins/missed-bin", headers=headers) as public:
        assert public.status == 200
    async with browser.get(origin + ASK, headers=headers) as answer:
        text = await answer.text()
        assert ("<form" in text) is asked
        assert ("<svg" in text) is not asked, "how to go on by phone is a code to scan"
