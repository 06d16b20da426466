"""The banner that an author shows or takes down at the desk is on every screen of every channel at once, in both languages."""

import asyncio
import re
from datetime import date
from pathlib import Path

import pytest
from desk.conftest import LEE, Desk
from staff.officer_browser import add_officer
from support.followed_case import household
from support.programs.databases import rows
from support.servers.borough_server import Borough, borough

from onestop.audit.chain import verify
from onestop.desk.alert_board import refresh_alerts
from onestop.store.database import Transaction
from onestop.store.tables import events

pytestmark = pytest.mark.slow
CHANNELS = ("", "/tv", "/kiosk", "/text")
SHOW = "/desk/content/show"
FLOOD = {"title.en": "Flood warning: River Aire", "title.cy": "Rhybudd llifogydd: Afon Aire"}


async def screens(server: Borough, language: str = "", page: str = "/bins") -> list[str]:
    resident = household(server)
    return [await resident.get(f"{channel}{language}{page}") for channel in CHANNELS]


async def test_a_banner_is_on_every_channel_in_both_languages_until_it_is_taken_down(desk: Desk) -> None:
    author = await desk.officer("lee")
    assert not [page for page in await screens(desk.borough) if "Flood" in page]
    await author.send(SHOW, **FLOOD, number="214")
    assert author.path == "/desk/content" and "shown by M. Lee" in author.body
    assert all("Flood warning" in page for page in await screens(desk.borough))
    assert all("Rhybudd llifogydd" in page for page in await screens(desk.borough, "/cy"))
    shown = await rows(desk.borough.database, "SELECT id FROM desk_alerts")
    await author.send("/desk/content/end", alert=shown[0][0])
    assert not [page for page in await screens(desk.borough) if "Flood" in page]
    audited = await rows(desk.borough.database, "SELECT fields FROM audit_entries WHERE action = 'change'")
    assert [fields for (fields,) in audited] == ["alert-show", "alert-end"]
    assert not (await verify(desk.borough.database)).broken


async def test_what_alert_yaml_shows_can_be_taken_down_and_shown_again(desk: Desk) -> None:
    author = await desk.officer("lee")
    assert all("Ice on pavements" in page for page in await screens(desk.borough))
    digest = re.search(r'/desk/content/hide".*?name="alert" value="(\w+)"', author.body, re.DOTALL)
    assert digest
    await author.send("/desk/content/hide", alert=digest[1])
    assert not [page for page in await screens(desk.borough) if "Ice on pavements" in page]
    await author.send("/desk/content/restore", alert=digest[1])
    assert all("Ice on pavements" in page for page in await screens(desk.borough))


async def test_a_banner_outlives_the_server_and_ends_by_itself(tmp_path: Path) -> None:
    async with borough(tmp_path, proxy="yes") as server:
        await add_officer(server, LEE)
        author = await Desk(server).officer("lee")
        today = server.parts.sites.today()
        await author.send(SHOW, **FLOOD, until=today.isoformat())
    async with borough(tmp_path, proxy="yes") as server:
        for _ in range(100):
            if "Flood" in (await screens(server))[0]:
                break
            await asyncio.sleep(0.05)
        assert all("Flood warning" in page for page in await screens(server))
        await refresh_alerts(server.parts.sites, server.database, date.fromordinal(today.toordinal() + 1))
        assert not [page for page in await screens(server) if "Flood" in page]


async def test_only_who_edits_content_shows_banners_and_what_is_wrong_is_said(desk: Desk) -> None:
    author, officer = await desk.officer("lee"), await desk.officer("hale")
    await officer.get("/desk/content")
    assert SHOW not in officer.body and "Ice on pavements" in officer.body
    token = officer.form("/desk/sign-out")["token"]
    for action in ("show", "end", "hide", "restore"):
        assert (await officer.request(f"/desk/content/{action}", {"token": token, **FLOOD})).status == 403, action
        assert (await author.request(f"/desk/content/{action}", dict(FLOOD))).status == 403, action
    wrong = (
        {"title.en": "Only English"}, {**FLOOD, "number": "999999"}, {**FLOOD, "until": "2001-01-01"},
        {**FLOOD, "until": "soon"}, {**FLOOD, "title.cy": "x" * 81},
    )  # fmt: skip
    for fields in wrong:
        await author.get("/desk/content")
        await author.send(SHOW, **fields)
        assert author.status == 422 and 'role="alert"' in author.body and fields["title.en"] in author.body, fields
    assert not await rows(desk.borough.database, "SELECT id FROM desk_alerts")
    await author.send(SHOW, **{"title.en": "<script>alert(1)</script>", "title.cy": "a\r\nb\x00"})
    for channel in ("", "/tv", "/kiosk"):
        page = (await officer.request(f"{channel}/bins")).text
        assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


async def test_pages_that_did_not_help_are_listed_for_authors(desk: Desk) -> None:
    now = int(desk.borough.clock())

    async def answer(tx: Transaction) -> None:
        for visitor, helped in (("a", True), ("b", False), ("c", False)):
            await events.feedback(tx, "missed-bin", "mobile", visitor, now, helped=helped)

    await desk.borough.database.run(answer)
    author = await desk.officer("lee")
    assert "helped 1, did not help 2" in await author.get("/desk/content")
    assert "wedi helpu 1, heb helpu 2" in await author.get("/cy/desk/content")
