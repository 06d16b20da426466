"""Texts that nobody means, in every form of a resident's own pages: each is refused or kept, soon, and echoed without controls."""

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest
from support.household import FORM, HBBTV, HIDDEN, Household
from support.loop_watchdog import Watchdog
from support.odd_texts import ODDEST
from support.samples.eastmere import eastmere_file
from support.servers.borough_server import Borough, borough

from onestop.casework.reference import new_reference

__all__ = ["eastmere_file"]
# Programs that share the processor's caches double the processor time of a step now and then: a real stall comes every time.
pytestmark = [pytest.mark.slow, pytest.mark.flaky(reruns=2, only_rerun=["AssertionError"])]
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
CHANNELS = ("", "/kiosk", "/tv")


@pytest.fixture
async def server(tmp_path: Path, eastmere_file: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path, gazetteer=str(eastmere_file)) as made:
        yield made


async def try_all(browser: Household, path: str, *fields: str, texts: Sequence[str] = ODDEST) -> None:
    """Send every odd text in these fields of the form at a path, and look at what comes back."""
    await browser.get(path)
    page = 1
    while not (found := FORM.search(browser.body)):
        page += 1
        assert page < 6, browser.body[-500:]
        await browser.get(f"{path}/{page}")
    action, hidden = found[1], HIDDEN.findall(found[2])
    with Watchdog().watching() as watchdog:
        for text in texts:
            for field in fields:
                body = urlencode([*hidden, (field, text)]).encode()
                cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items() if value)
                kind = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
                answer = await browser.server.get(action, "POST", body, {**browser.headers, **kind})
                assert answer.status in (200, 303, 400, 403, 413, 429), (action, field, text[:40], answer.status)
                assert not CONTROLS.search(answer.text), (action, field, text[:40])
                assert watchdog.stalls == [], (action, field, text[:40], len(text), watchdog.stalls)


@pytest.mark.parametrize("channel", CHANNELS)
async def test_forms_of_the_capabilities(server: Borough, channel: str) -> None:
    browser = Household(server)
    if channel == "/tv":
        browser.headers["User-Agent"] = HBBTV
    await try_all(browser, f"{channel}/track", "answer", "ticket")
    await try_all(browser, f"{channel}/my-area/find", "answer", "answer.at", "do")
    await try_all(browser, f"{channel}/near-me/library", "answer", "answer.at", "do")
    await try_all(browser, f"{channel}/move", "answer", "code", "instead")
    await browser.get(f"{channel}/track")
    await browser.send(answer=new_reference(Random(1)))
    await try_all(browser, browser.path, "answer")
    await browser.get(f"{channel}/my-area/find")
    await browser.send(do="streets")
    assert len(browser.path) > len(f"{channel}/my-area/find/") + 20
    await try_all(browser, browser.path, "answer", "do")
