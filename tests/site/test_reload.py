"""Reloading the catalogue while it is served."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from support.samples.small_borough import CHANNELS
from support.servers.running_server import Clock, RunningServer

from onestop.server.app import started
from onestop.server.connection import Server
from onestop.server.join import join
from onestop.settings import Settings
from onestop.site.reload import watched_state
from server import CAPABILITIES


@pytest.fixture
async def watched(settings: Settings, clock: Clock) -> AsyncIterator[RunningServer]:
    parts = join(settings.model_copy(update={"watch": True}), CHANNELS, CAPABILITIES, clock)
    parts.sites.take(parts.sites.read())
    async with (
        started(parts) as runner,
        ClientSession(auto_decompress=False, skip_auto_headers=["Accept-Encoding"]) as browser,
    ):
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert isinstance(runner.server, Server)
        await asyncio.sleep(0.2)
        yield RunningServer(parts, clock, site.port, browser, runner.server)


async def until(
    server: RunningServer, true: Callable[[str], bool], path: str = "/bins/garden", seconds: float = 8
) -> float:
    """Poll a page until it contains a text; return the seconds it took. Every response on the way must be 200."""
    began = time.monotonic()
    while True:
        answer = await server.get(path)
        assert answer.status == 200
        if true(answer.text):
            return time.monotonic() - began
        assert time.monotonic() - began < seconds, answer.text
        await asyncio.sleep(0.01)


async def test_a_valid_change_goes_live_without_dropping_requests(watched: RunningServer) -> None:
    file = watched.parts.settings.content / "services" / "bins" / "garden.md"
    tag = (await watched.get("/bins/garden")).headers["ETag"]
    file.write_text(file.read_text(encoding="utf-8").replace("Every other week", "Every third week"), encoding="utf-8")
    await until(watched, lambda text: "Every third week" in text)
    changed = await watched.get("/bins/garden", If_None_Match=tag)
    assert (changed.status, changed.headers["ETag"] == tag) == (200, False)


async def test_an_invalid_change_keeps_the_last_catalogue_and_reports_faults(
    watched: RunningServer, caplog: pytest.LogCaptureFixture
) -> None:
    file = watched.parts.settings.content / "services" / "bins" / "garden.md"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace('number: "216"', 'number: "21x"'), encoding="utf-8")
    await until(watched, lambda text: "garden.md:2:" in text and "have faults" in text, "/preview/bins/garden")
    assert "Every other week" in (await watched.get("/bins/garden")).text
    assert "garden.md:2:" in caplog.text
    assert '"errors": 1' in (await watched.get("/healthz")).text
    file.write_text(good.replace("Every other week", "On Mondays"), encoding="utf-8")
    await until(watched, lambda text: "On Mondays" in text)
    assert "have faults" not in (await watched.get("/preview/")).text


async def test_a_service_can_be_added_and_removed(watched: RunningServer) -> None:
    folder = watched.parts.settings.content / "services" / "bins"
    text = (folder / "garden.md").read_text(encoding="utf-8")
    (folder / "glass.md").write_text(text.replace("216", "217").replace("Garden waste", "Glass"), encoding="utf-8")
    await until(watched, lambda text: "Glass" in text, "/bins")
    assert (await watched.get("/217")).headers["Location"] == "/bins/glass"
    (folder / "glass.md").unlink()
    await until(watched, lambda text: "Glass" not in text, "/bins")
    assert (await watched.get("/bins/glass")).status == 404


def changed_copy(folder: Path, name: str) -> Path:
    """Return a copy of the content folder beside it in which garden waste is collected `name`."""
    copy = Path(shutil.copytree(folder, folder.with_name(name.replace(" ", "-"))))
    file = copy / "services" / "bins" / "garden.md"
    file.write_text(file.read_text(encoding="utf-8").replace("Every other week", name), encoding="utf-8")
    return copy


def swap(folder: Path, copy: Path) -> None:
    folder.rename(folder.with_name("old"))
    copy.rename(folder)


def link(folder: Path, copy: Path) -> None:
    folder.rename(folder.with_name("old"))
    folder.symlink_to(copy)


def copy_over(folder: Path, copy: Path) -> None:
    shutil.rmtree(folder)
    time.sleep(0.6)
    shutil.copytree(copy, folder)


def swap_services(folder: Path, copy: Path) -> None:
    (folder / "services").rename(folder.with_name("old"))
    (folder / "services").symlink_to(copy / "services")


@pytest.mark.parametrize("replace", [swap, link, copy_over, swap_services])
async def test_a_replaced_content_folder_is_served_and_watched(
    watched: RunningServer, replace: Callable[[Path, Path], None]
) -> None:
    folder = watched.parts.settings.content
    copy = changed_copy(folder, "On Mondays")
    await asyncio.to_thread(replace, folder, copy)
    await until(watched, lambda text: "On Mondays" in text)
    await asyncio.sleep(0.6)
    file = folder / "services" / "bins" / "garden.md"
    file.write_text(file.read_text(encoding="utf-8").replace("On Mondays", "On Fridays"), encoding="utf-8")
    await until(watched, lambda text: "On Fridays" in text)
    assert (await watched.get("/bins/bulky")).status == 200


def test_a_new_day_is_a_change_of_what_is_watched(tmp_path: Path) -> None:
    first, second = (watched_state(tmp_path, date(2026, 11, day)) for day in (27, 28))
    assert first != second
    assert first == watched_state(tmp_path, date(2026, 11, 27))


async def test_a_page_rendered_from_the_old_catalogue_is_not_cached(server: RunningServer) -> None:
    pages = server.parts.cache
    begun, go = asyncio.Event(), asyncio.Event()
    await server.get("/bins")
    old = pages.shelves["/bins"].pages[""]

    async def make() -> object:
        begun.set()
        await go.wait()
        return old

    making = asyncio.ensure_future(pages.prepared("/late", "", None, make))  # type: ignore[arg-type]
    await begun.wait()
    pages.drop()
    go.set()
    assert await making is old
    assert "/late" not in pages.shelves
    assert pages.size == 0


async def test_an_exception_while_loading_keeps_the_last_catalogue(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("onestop.site.current.load", lambda *_: 1 / 0)
    await server.parts.reloader.read_again()
    assert "cannot be read" in caplog.text
    assert (await server.get("/bins")).status == 200
