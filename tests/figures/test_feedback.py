"""One press says whether a page helped, without script; it is counted once a visitor."""

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from support.servers.borough_server import Borough, borough

from onestop.store.tables import events

FORM = re.compile(r'<form[^>]*action="([^"]*/helped/[^"]*)"')


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path) as made:
        yield made


async def counted(server: Borough) -> dict[tuple[str, str, str], int]:
    found = await server.database.read(lambda tx: events.by_month(tx, date(2020, 1, 1), date(2040, 1, 1)))
    return {(one.event.subject, one.event.channel, one.event.detail): one.times for one in found}


async def test_a_visitor_is_counted_once(server: Borough) -> None:
    (target,) = FORM.findall((await server.get("/bins/missed-bin")).text)
    first = await server.post(target, [], "")
    assert (first.status, first.headers["Location"]) == (303, f"{target}/thanks")
    cookie = first.headers["Set-Cookie"].split(";")[0]
    for said in ([("helped", "no")], []):
        assert (await server.post(target, said, cookie)).status == 303
    assert "Thank you" in (await server.get(f"{target}/thanks")).text
    assert await counted(server) == {("missed-bin", "mobile", "yes"): 1}


async def test_no_is_counted_and_a_service_without_a_journey_by_its_address(server: Borough) -> None:
    last = int((await server.get("/kiosk/bins/recycling-centre/99")).headers["Location"].rpartition("/")[2])
    pages = [(await server.get(f"/kiosk/bins/recycling-centre/{number}")).text for number in range(2, last + 1)]
    (target,) = [found for page in pages for found in FORM.findall(page)]
    await server.post(target, [("helped", "no")], "")
    assert await counted(server) == {("/bins/recycling-centre", "kiosk", "no"): 1}


async def test_a_page_that_must_fit_one_packet_has_the_form_at_an_address_of_its_own(server: Borough) -> None:
    assert not FORM.findall((await server.get("/tv/bins/missed-bin")).text)
    answer = await server.get("/tv/helped/bins/missed-bin")
    (target,) = FORM.findall(answer.text)
    assert "Set-Cookie" not in answer.headers
    assert (await server.post(target, [], "")).status == 303
    assert await counted(server) == {("missed-bin", "tv", "yes"): 1}


async def test_a_form_of_another_site_counts_nothing(server: Borough) -> None:
    target, body = "/helped/bins/missed-bin", b"helped=yes"
    refused = await server.get(
        target, "POST", body, Origin="https://other.example", Content_Type="application/x-www-form-urlencoded"
    )
    assert refused.status == 403
    assert (await server.post("/helped/bins/nothing", [], "")).status == 404
    assert await counted(server) == {}
