"""The guide to adding a capability works: its files and its line make a capability that every channel shows."""

import importlib
import re
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession, web
from support.paths import ROOT
from support.samples.small_borough import write_borough
from support.servers.running_server import Clock, RunningServer

import onestop.capabilities
import server as command_line
from channels.registry import find_channels
from onestop.capability import Capability, reserved_segments
from onestop.server.app import started
from onestop.server.connection import Server
from onestop.server.join import join
from onestop.settings import read_settings

GUIDE = (ROOT / "docs" / "adding-a-capability.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^### `([^`]+)`\n\n```\w+\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE))
(LINE,) = re.findall(r"^\+ +(.*),$", GUIDE, re.MULTILINE)
FOLDER = "onestop/capabilities/hello"
EVERY = [
    (channel, device, language)
    for channel in find_channels()
    for device in ("", *channel.devices)
    for language in ("en", "cy")
]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Capability]:
    """Return the capability of the guide, written into an empty folder instead of `onestop/capabilities`."""
    assert sorted(FILES) == [f"{FOLDER}/__init__.py", f"{FOLDER}/cy.po"]
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    folders = [*onestop.capabilities.__path__, str(tmp_path / "onestop" / "capabilities")]
    monkeypatch.setattr(onestop.capabilities, "__path__", folders)
    module = importlib.import_module("onestop.capabilities.hello")
    yield eval(LINE, {"hello": module})
    del sys.modules["onestop.capabilities.hello"]


@dataclass
class Joined:
    """The program with the capability of the guide."""

    server: RunningServer
    capability: Capability


@pytest.fixture
async def joined(written: Capability, tmp_path: Path) -> AsyncIterator[Joined]:
    given = {
        "database": f"sqlite:///{tmp_path}/o.db",
        "watch": "no",
        "speech": "off",
        "content": str(write_borough(tmp_path)),
    }
    capabilities = (*command_line.CAPABILITIES, written)
    parts = join(read_settings(given, {}), find_channels(), capabilities, clock := Clock())
    parts.sites.take(parts.sites.read())
    async with started(parts) as runner, ClientSession(skip_auto_headers=["Accept-Encoding", "User-Agent"]) as browser:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert isinstance(runner.server, Server)
        yield Joined(RunningServer(parts, clock, site.port, browser, runner.server), written)


def address(prefix: str, device: str, language: str, neutral: str) -> str:
    return f"{prefix}{f'/~{device}' if device else ''}{'/cy' if language == 'cy' else ''}{neutral}"


async def test_the_screen_is_laid_out_and_cached_on_every_channel_device_and_language(joined: Joined) -> None:
    served = joined.server
    for channel, device, language in EVERY:
        path = address(channel.prefix, device, language, "/hello")
        answer = await served.get(path)
        assert answer.status == 200, path
        kept = channel.devices[device] if device else channel.recognise({})
        assert answer.headers["Content-Type"].startswith(kept.media_type), path
        text = " ".join(unescape(answer.text).lower().split())
        assert {"en": "this is eastmere", "cy": "dyma "}[language] in text, path
        assert {"en": "hello", "cy": "helo"}[language] in text, path
        assert served.parts.cache.look_up(path, {}, served.clock()) is not None, path


async def test_a_private_page_takes_a_form_and_is_never_cached(joined: Joined) -> None:
    served = joined.server
    for channel in find_channels():
        path = channel.prefix + "/hello-you"
        page = await served.get(path)
        assert (page.status, page.headers["Cache-Control"]) == (200, "no-store"), path
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        # A remote first chooses how to answer; the letters are entered on the second page.
        text = page.text if "token" in page.text else (await served.get(path + "/2", Cookie=cookie)).text
        found = re.search(r'name="token" value="([^"]+)"|token=([\w-]+)', text)
        assert found, path
        body = urlencode({"token": unescape(found[1] or found[2]), "answer": "Ann"}).encode()
        kind = "application/x-www-form-urlencoded"
        sent = await served.get(path, "POST", body, Cookie=cookie, Content_Type=kind)
        assert sent.status == 200 and "hello, ann" in unescape(sent.text).lower(), path
        assert (await served.get(path, "POST", b"answer=Ann", Cookie=cookie, Content_Type=kind)).status == 403
        assert served.parts.cache.look_up(path, {}, served.clock()) is None


async def test_a_route_has_no_channel_prefix(joined: Joined) -> None:
    assert '"tv"' in (await joined.server.get("/hello.json")).text
    assert (await joined.server.get("/tv/hello.json")).status == 404


def test_declared_names_are_reserved(written: Capability) -> None:
    assert {"hello", "hello-you", "hello.json"} <= reserved_segments((written,), find_channels())


def test_the_line_of_the_guide_fits_the_list_of_capabilities() -> None:
    text = (ROOT / "server.py").read_text(encoding="utf-8")
    listed = text[text.index("CAPABILITIES: ") :].partition(")\n")[0]
    assert f"    {LINE.replace('hello', 'catalogue')},\n" in listed
