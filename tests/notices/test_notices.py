"""Feeds are fetched from a real HTTP server, and shown by ward and by address."""

import asyncio
import gzip
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web
from support.household import Household, an_address
from support.servers.borough_server import borough

from onestop.notices.fetch import FetchFailed, fetch
from onestop.notices.reader import FeedReader
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.near import Point
from onestop.places.notices.notice import Notice, NoticeBoard
from onestop.places.notices.read_feed import MOST, UnreadableFeed, read_feed
from onestop.places.notices.source import NoticeFeed

CSV = b"reference,title,latitude,longitude,until\n26/1,Extension,52.95,-0.1,2027-01-01\n"
PACKED = gzip.compress(bytes(20_000_000))


class FeedServer:
    """An HTTP server on loopback; `asked` are the If-None-Match headers it got."""

    def __init__(self) -> None:
        self.mode, self.asked, self.origin = "good", list[str](), ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.headers.get("If-None-Match", ""))
        if self.mode == "slow":
            await asyncio.sleep(5)
        if self.mode == "huge":
            response = web.StreamResponse(headers={"Content-Type": "text/csv"})
            await response.prepare(request)
            for _ in range(200):
                await response.write(b"x" * 100_000)
            return response
        if self.mode == "redirect":
            raise web.HTTPFound("/elsewhere")
        if self.mode == "status":
            raise web.HTTPServiceUnavailable
        if self.mode == "type":
            return web.Response(body=CSV, content_type="text/html")
        if self.mode == "page":
            return web.Response(body=b"<!DOCTYPE html><title>Sign in</title>", content_type="text/plain")
        if self.mode == "packed":
            headers = {"Content-Type": "text/csv", "Content-Encoding": "gzip"}
            return web.Response(body=PACKED, headers=headers)
        if self.mode == "broken":
            return web.Response(body=b'{"features": [', content_type="application/json")
        if self.asked[-1] == '"1"':
            return web.Response(status=304)
        return web.Response(body=CSV, content_type="text/csv", headers={"ETag": '"1"'})


@pytest.fixture
async def feeds() -> AsyncIterator[FeedServer]:
    server, app = FeedServer(), web.Application()
    app.router.add_get("/feed", server.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()


def reader_in(folder: Path) -> FeedReader:
    return FeedReader(NoticeBoard(), Gazetteer(folder / "none.db"), folder / "feeds", private=True, seconds=0.5)


async def test_a_feed_is_fetched_on_its_schedule_with_its_etag(feeds: FeedServer, tmp_path: Path) -> None:
    reader, feed = reader_in(tmp_path), NoticeFeed("planning", f"{feeds.origin}/feed", None, 10)
    for now in (0, 599, 600):
        await reader.read_due([feed], now)
    assert feeds.asked == ["", '"1"']
    assert [one.reference for one in reader.board.by_feed[feed.name]] == ["26/1"]
    await reader.read_due([], 700)
    assert not reader.board.by_feed


@pytest.mark.parametrize("mode", ["slow", "huge", "redirect", "status", "type", "broken", "page", "packed"])
async def test_the_last_good_feed_stays_also_across_a_restart(feeds: FeedServer, tmp_path: Path, mode: str) -> None:
    feed = NoticeFeed("planning", f"{feeds.origin}/feed", None, 10)
    first = reader_in(tmp_path)
    await first.read_due([feed], 0)
    feeds.mode = mode
    await first.read_due([feed], 600)
    assert len(first.board.by_feed[feed.name]) == 1
    again = reader_in(tmp_path)
    await again.read_due([feed], 0)
    assert len(again.board.by_feed[feed.name]) == 1
    assert feeds.asked[-1] == '"1"'


async def test_private_networks_are_refused_unless_configured(feeds: FeedServer) -> None:
    for url in (f"{feeds.origin}/feed", feeds.origin.replace("127.0.0.1", "localhost") + "/feed"):
        with pytest.raises(FetchFailed, match="private network"):
            await fetch(url, "", private=False)
    assert not feeds.asked


def test_geojson_and_csv_say_the_same_and_rows_without_a_place_are_left_out() -> None:
    properties = {"reference": "26/1", "title": "Extension", "until": "2027-01-01"}
    good = {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [-0.1, 52.95]}}
    lost = {"type": "Feature", "properties": {"reference": "26/2"}, "geometry": None}
    text = json.dumps({"type": "FeatureCollection", "features": [good, lost]}).encode()
    assert list(read_feed(text, "planning")) == list(read_feed(CSV, "planning"))
    for wrong in (b"<html>", b"\xff\xfe", b"[]", b'{"features": 3}', b"reference,title\n1,x\n"):
        with pytest.raises(UnreadableFeed):
            read_feed(wrong, "planning")


def test_coordinates_of_the_national_grid_lines_and_areas_are_points_in_degrees() -> None:
    def feature(reference: str, geometry: object, **more: object) -> dict[str, object]:
        return {
            "type": "Feature",
            "properties": {"reference": reference, "title": "Works", **more},
            "geometry": geometry,
        }

    line = {"type": "LineString", "coordinates": [[-0.1, 52.9], [-0.2, 53.0]]}
    area = {"type": "MultiPolygon", "coordinates": [[[[-0.1, 52.9], [-0.3, 52.9], [-0.2, 53.2]]]]}
    features = [
        feature("grid", {"type": "Point", "coordinates": [651409.9, 313177.3]}),
        feature("columns", None, easting="651409.9", northing="313177.3"),
        feature("line", line),
        feature("area", area),
        *(feature(f"lost {n}", one) for n, one in enumerate((
            {"type": "Point", "coordinates": [10**400, 1]}, {"type": "Point", "coordinates": []}, {"type": "Point"},
            {"type": "Point", "coordinates": [float("nan"), float("inf")]}, {"type": "Point", "coordinates": [2000, 3000000]},
        ))),
    ]  # fmt: skip
    found = {one.reference: one.point for one in read_feed(json.dumps({"features": features}).encode(), "roadworks")}
    assert set(found) == {"grid", "columns", "line", "area"}
    assert found["grid"] == found["columns"]
    assert (found["grid"].latitude, found["grid"].longitude) == pytest.approx((52.657979, 1.716052), abs=0.0001)
    assert (found["line"].latitude, found["area"].latitude) == pytest.approx((52.95, 53.0))


def test_of_two_rows_with_one_reference_the_later_counts_and_too_many_are_refused() -> None:
    again = b"26/1,Extension withdrawn,52.95,-0.1,\n"
    assert [one.title for one in read_feed(CSV + again, "planning")] == ["Extension withdrawn"]
    rows = b"".join(b"%d,Works,52.95,-0.1,\n" % number for number in range(MOST + 1))
    with pytest.raises(UnreadableFeed, match="more than 5,000 notices"):
        read_feed(b"reference,title,latitude,longitude,until\n" + rows, "planning")


def test_notices_near_a_point_are_current_and_the_nearest_first() -> None:
    def at(name: str, north: float, until: date | None = None) -> Notice:
        return Notice("planning", name, "x", Point(52.95 + north / 111_320, -0.1), "", until)

    board = NoticeBoard({"a": [at("far", 501), at("b", 400), at("a", -100), at("past", 5, date(2026, 11, 22))]})
    found = board.near("planning", Point(52.95, -0.1), 500, date(2026, 11, 23))
    assert [(round(far), one.reference) for far, one in found] == [(100, "a"), (400, "b")]


@pytest.mark.slow
@pytest.mark.parametrize("channel", ["", "/kiosk", "/tv", "/text"])
async def test_both_lists_have_a_number_and_are_by_ward(tmp_path: Path, eastmere_file: Path, channel: str) -> None:
    async with borough(tmp_path, gazetteer=str(eastmere_file)) as server:
        for number, address, reference in (
            ("105", "planning-applications", r"26/\d{5}/FU"),
            ("106", "roadworks", r"EM\d{5}"),
        ):
            assert (await server.get(f"{channel}/{number}")).headers["Location"] == f"{channel}/{address}"
            for _ in range(100):
                if server.parts.notices.current("roadworks", date(2026, 11, 23)):
                    break
                await asyncio.sleep(0.1)
            household = Household(server)
            assert "Northgate" in await household.get(f"{channel}/{address}") + await household.get(
                f"{channel}/{address}/2"
            )
            assert re.search(reference, await household.get(f"{channel}/{address}/e05099006"))
            assert (await server.get(f"{channel}/{address}/e09999999")).status == 404


@pytest.mark.slow
async def test_my_area_shows_what_is_within_500_metres(
    tmp_path: Path, eastmere_file: Path, eastmere: Gazetteer
) -> None:
    postcode, _, line, uprn = await an_address(eastmere)
    home = await eastmere.find(uprn)
    assert home
    async with borough(tmp_path, gazetteer=str(eastmere_file)) as server:
        point = Point(home.premises.latitude + 0.001, home.premises.longitude)
        server.parts.notices.by_feed["test"] = [Notice("planning", "26/77777/FU", "Extension at the corner", point)]
        household = Household(server)
        await household.get("/my-area")
        await household.send(answer=f"{line} {postcode}")
        server.parts.notices.by_feed["test"] = [Notice("planning", "26/77777/FU", "Extension at the corner", point)]
        await household.send(answer="0")
        assert "26/77777/FU" in household.body and "100 m. Extension at the corner." in household.body


@pytest.mark.slow
@pytest.mark.parametrize("channel", ["", "/kiosk", "/tv", "/text"])
async def test_comment_on_this_begins_a_journey_that_knows_the_reference(
    tmp_path: Path, eastmere_file: Path, channel: str
) -> None:
    async with borough(tmp_path, gazetteer=str(eastmere_file)) as server:
        there = Notice("planning", "26/77777/FU", "Extension at the corner", Point(52.95, -0.1), "E05099006")
        server.parts.notices.by_feed["test"] = [there]
        household = Household(server)
        notice = f"{channel}/planning-applications/e05099006/26-77777-fu"
        assert notice in await household.get(notice.rpartition("/")[0])
        assert "Extension at the corner" in await household.get(notice)
        # The text channel shows the command with the answer, which its reader sends.
        written = {"answer": "26/77777/FU"} if channel == "/text" else {}
        assert not written or re.search(r"answer=26(/|%2F)77777(/|%2F)FU", household.body)
        await household.send(**written)
        assert household.path == f"{channel}/planning/comment-on-a-plan/ask/public"
        page = "/2" if channel == "/tv" else ""
        assert "26/77777/FU" in await household.get(f"{channel}/planning/comment-on-a-plan/ask/number{page}")
        # Another application does not replace it without a question.
        server.parts.notices.by_feed["test"] = [replace(there, reference="26/88888/FU")]
        await household.get(notice.replace("77777", "88888"))
        await household.send(**({"answer": "26/88888/FU"} if written else {}))
        assert "26/77777/FU" in household.body and "26/88888/FU" in household.body
        assert (await server.get(notice)).status == 404


async def test_a_notice_is_in_the_street_of_its_feed_or_of_the_nearest_address(
    eastmere: Gazetteer, tmp_path: Path
) -> None:
    home = await eastmere.find((await an_address(eastmere))[3])
    assert home
    one = home.premises
    file = tmp_path / "works.csv"
    file.write_text(
        f"reference,title,latitude,longitude,usrn\nA,Near,{one.latitude},{one.longitude},\n"
        f"B,Told,{one.latitude + 0.01},{one.longitude},{one.usrn}\nC,Sea,52.9,-0.05,\n"
    )
    reader = FeedReader(NoticeBoard(), eastmere, tmp_path, private=True)
    await reader.read_due([NoticeFeed("roadworks", "", file)], 0)
    assert [found.reference for found in reader.board.in_street("roadworks", one.usrn, date(2026, 11, 23))] == [
        "A",
        "B",
    ]
