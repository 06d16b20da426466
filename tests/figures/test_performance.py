"""The figures of a running server: counted once a journey, published the day after, on every channel and as files."""

import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from support.servers.borough_server import BIN, TO_ADDRESS, Borough, Visitor, borough

from onestop.figures.event import Event
from onestop.performance.chart import chart_svg
from onestop.performance.publisher import Publisher, first_day
from onestop.store.tables import events

HOME = "Planted Cottage, 12 High Street, EM4 2QT"
DAY, MONTH = 86400, 31 * 86400
SMALL = {Event("missed-bin", "mobile", "completed"): 120, Event("missed-bin", "text", "completed"): 3}


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path) as made:
        yield made


async def publish(server: Borough, seconds: int) -> None:
    """Move the clock, and publish what is due then."""
    server.clock.now += seconds
    parts = server.parts
    await Publisher(parts.sites, parts.cache, server.database, server.clock).publish()


async def test_a_whole_journey_is_counted_exactly_once(server: Borough) -> None:
    visitor = Visitor(server)
    await visitor.until(BIN, (*TO_ADDRESS, ("home", HOME)))
    for step, fields in (("stands", [("do", "skip")]), ("tell", [("answer", "none")])):
        if f"/{step}" in await visitor.get(BIN):
            await visitor.send(f"{BIN}/{step}", fields, BIN)
    page = await visitor.get(f"{BIN}/check")
    for _ in range(3):
        assert await visitor.answer(f"{BIN}/check", [], page) == (303, f"{BIN}/done")
    found = await server.database.read(lambda tx: events.by_month(tx, date(2020, 1, 1), date(2040, 1, 1)))
    assert {(one.event.channel, one.event.subject) for one in found} == {("mobile", "missed-bin")}
    once = {one.event.kind: one.times for one in found if one.event.kind != "delivered"}
    assert once == {"started": 1, "completed": 1, "seconds": 1, "presses": 1}
    (presses,) = [int(one.event.detail) for one in found if one.event.kind == "presses"]
    assert 4 <= presses <= 30
    assert HOME not in str(found)


async def test_a_day_is_published_when_it_has_ended(server: Borough) -> None:
    await server.database.run(lambda tx: events.add(tx, SMALL, "x", int(server.clock())))
    await publish(server, 0)
    assert "Nothing has been counted yet" in (await server.get("/performance")).text
    await publish(server, DAY)
    text = (await server.get("/performance/bins/missed-bin")).text
    assert "120" in text and "Nothing has been counted" not in text
    # Three are not told until their month has ended: a reader of two days would know on which they came.
    assert "1 to 4" not in text.partition("<main")[2].partition("<table")[2]
    await publish(server, MONTH)
    assert "1 to 4" in (await server.get("/performance/bins/missed-bin")).text.partition("<table")[2]


async def test_every_channel_has_the_figures_at_their_number(server: Borough) -> None:
    await server.database.run(lambda tx: events.add(tx, SMALL, "x", int(server.clock())))
    await publish(server, DAY)
    for prefix in ("", "/tv", "/kiosk", "/text", "/cy"):
        found = await server.get(f"{prefix}/103")
        assert (found.status, found.headers["Location"]) == (302, f"{prefix}/performance")
        for below in ("", "/types", "/costs", "/bins/missed-bin"):
            answer = await server.get(f"{prefix}/performance{below}")
            assert answer.status == 200
    assert (await server.get("/performance/bins/nothing")).status == 404


async def test_the_files_hide_small_counts_and_have_an_etag(server: Borough) -> None:
    await server.database.run(lambda tx: events.add(tx, SMALL, "x", int(server.clock())))
    await publish(server, MONTH)
    found = await server.get("/performance.csv")
    rows = {(row["service"], row["channel"]): row for row in csv.DictReader(io.StringIO(found.text))}
    assert rows["/bins/missed-bin", "mobile"]["completed"] == "120"
    assert rows["/bins/missed-bin", "mobile"]["cost_pounds"] == "18.0"
    assert rows["/bins/missed-bin", "text"]["completed"] == "[c]"
    assert rows["", ""]["completed"] == "125" and rows["", ""]["complete"] == "yes"
    document = json.loads((await server.get("/performance.json")).text)
    told = {(one["service"], one["channel"]): one["completed"] for one in document["figures"]}
    assert told["/bins/missed-bin", "text"] is None and told["", ""] == 125
    assert 0 < document["interactions"]["enabled_percent"] < 100
    assert found.headers["ETag"]
    svg = (await server.get("/performance-chart/bins/missed-bin.svg")).text
    assert ">125<" in svg and (await server.get("/performance-chart/bins/nothing.svg")).status == 404


def test_a_chart_shows_each_month_and_hides_small_counts() -> None:
    drawn = chart_svg([("2026-10", 120), ("2026-11", None), ("2026-12", 0)])
    assert "<title>10/26 120; 11/26 1-4; 12/26 0</title>" in drawn
    assert "script" not in drawn and "style" not in drawn


@pytest.mark.parametrize(
    ("back", "first"), [(0, date(2026, 3, 1)), (2, date(2026, 1, 1)), (3, date(2025, 12, 1)), (12, date(2025, 3, 1))]
)
def test_the_first_day_of_a_month_before(back: int, first: date) -> None:
    assert first_day(date(2026, 3, 31), back) == first
