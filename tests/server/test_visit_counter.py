"""Visit counts: from page views to the database."""

from datetime import date
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from support.samples.small_borough import CHANNELS
from support.servers.running_server import Clock, RunningServer

from onestop.server.app import started
from onestop.server.join import join
from onestop.server.visit_counter import VisitCounter
from onestop.settings import Settings
from onestop.store.connect import open_database
from onestop.store.counts import visits
from onestop.store.counts.visits import VisitCount
from onestop.store.errors import Unavailable
from server import CAPABILITIES

MONDAY = date(2026, 11, 23)


async def test_counts_are_stored_when_the_server_stops(settings: Settings, clock: Clock) -> None:
    parts = join(settings, CHANNELS, CAPABILITIES, clock)
    parts.sites.take(parts.sites.read())
    async with started(parts) as runner, ClientSession() as browser:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        for path in (
            "/bins/bulky",
            "/bins/bulky",
            "/big/bins/bulky",
            "/big/bins/bulky/2",
            "/bins",
            "/",
            "/cy/bins/bulky",
            "/nothing",
        ):
            async with browser.get(f"http://127.0.0.1:{site.port}{path}") as answer:
                await answer.read()
    async with open_database(settings.database) as database:
        assert await database.run(lambda tx: visits.between(tx, MONDAY, MONDAY)) == (
            VisitCount("small", "/bins/bulky", 3),
            VisitCount("big", "/bins/bulky", 1),
        )


async def test_visits_are_counted_by_day_in_the_councils_time_zone(
    server: RunningServer, clock: Clock, tmp_path: Path
) -> None:
    clock.now += 185 * 86400  # In late May London is an hour ahead of UTC.
    clock.now = clock.now - clock.now % 86400 + 23.5 * 3600
    await server.get("/bins/bulky")
    async with open_database(f"sqlite:///{tmp_path}/b.db") as database:
        await VisitCounter(server.parts.counter, server.parts.cache, server.parts.sites, database, clock).write()
        day = date(2027, 5, 28)
        assert await database.read(lambda tx: visits.between(tx, day, day)) == (VisitCount("small", "/bins/bulky", 1),)


async def test_counts_that_cannot_be_written_are_kept_and_retried(
    server: RunningServer,
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await server.get("/bins/bulky")

    async def full(*_: object) -> None:
        raise Unavailable("the database: the disk is full")

    async with open_database(f"sqlite:///{tmp_path}/b.db") as database:
        counting = VisitCounter(server.parts.counter, server.parts.cache, server.parts.sites, database, clock)
        with monkeypatch.context() as broken:
            broken.setattr(visits, "add", full)
            await counting.write()
        assert "disk is full" in caplog.text
        await counting.write()
        assert await database.run(lambda tx: visits.between(tx, MONDAY, MONDAY)) == (
            VisitCount("small", "/bins/bulky", 1),
        )


async def test_evicting_a_page_loses_no_counts(server: RunningServer) -> None:
    for _ in range(3):
        await server.get("/bins/bulky")
    server.parts.cache.drop()
    assert server.parts.counter.opened == {("small", "/bins/bulky"): 3}
