"""A household finds its address on every channel, is remembered, and forgotten."""

import asyncio
import re
from html import unescape
from math import ceil
from pathlib import Path
from random import Random

import pytest
from support.household import HBBTV, OPTION, Household, an_address, household_at_home
from support.loop_watchdog import Watchdog
from support.programs.databases import scalar
from support.servers.borough_server import Borough, borough

from onestop.capability import private_segments
from onestop.casework.reference import new_reference
from onestop.near_me.map_picture import MAP, NEAREST
from onestop.places.choices import path_to
from onestop.places.gazetteer.reader import Gazetteer
from onestop.server.access_log import logged_path, private_part
from server import CAPABILITIES

PRIVATE = private_part(private_segments(CAPABILITIES))

pytestmark = pytest.mark.slow
NUMBERS = ("", "/kiosk", "/tv", "/text")


async def on_television(household: Household, digits: str, line: str, eastmere: Gazetteer, postcode: str) -> int:
    """Find an address by digit keys alone; return how many were pressed after number 101."""
    household.headers["User-Agent"] = HBBTV
    await household.get("/tv/101")
    await household.send(answer=digits)
    presses = len(digits) + 1
    at, same = await eastmere.at_postcode(postcode), list(await eastmere.keyed(digits))
    place = [one.first_line for one in at].index(line)
    paths = (path_to(same.index(postcode), len(same)) if len(same) > 1 else (), path_to(place, len(at)))
    for row in (row for path in paths for row in path):
        options = OPTION.findall(household.body)
        # Every row has its digit on the first page: nobody has to turn it.
        assert str(row) in [digit for _, digit, _ in options], household.body
        await household.send(answer=options[row - 1][0])
        presses += 1
    return presses


async def test_a_television_is_set_up_by_digits_and_remembers(server: Borough, eastmere: Gazetteer) -> None:
    postcode, keys, line, uprn = await an_address(eastmere)
    household = Household(server)
    presses = await on_television(household, keys, line, eastmere, postcode)
    assert line in household.body
    assert "Next collections" in household.body
    digits = re.findall(r"<b>(\d)</b>", household.body)
    assert len(digits) == len(set(digits)), "a digit does one thing"
    await household.send()
    # 101, the address, "More" and "Remember".
    assert 3 + presses + 2 < 20
    again = Household(server, {name: value for name, value in household.cookies.items() if name == "home"})
    assert line in await again.get("/tv/my-area")
    again.headers["User-Agent"] = HBBTV
    home = await again.get("/tv/")
    assert again.path == "/tv/my-home"
    assert home.index("Green caddy") < home.index("Bins and recycling")
    await again.get("/tv/my-area")
    stored = await scalar(server.database, "SELECT encrypted FROM homes")
    assert isinstance(stored, bytes) and str(uprn).encode() not in stored
    await again.send()
    assert again.cookies["home"] and "Put these days into my calendar" in again.body, "OK alone forgets nothing"
    assert await scalar(server.database, "SELECT COUNT(*) FROM homes") == 2
    await again.get("/tv/my-area")
    await again.send(do="forget")
    assert not again.cookies["home"]
    # The calendar has an address of its own.
    assert await scalar(server.database, "SELECT COUNT(*) FROM homes") == 1
    assert "What is your postcode?" in again.body
    await again.get("/tv/")
    assert again.path == "/tv/"


@pytest.mark.parametrize("channel", ["", "/kiosk", "/text"])
async def test_a_keyboard_takes_a_postcode_a_street_or_a_pasted_address(
    server: Borough, eastmere: Gazetteer, channel: str
) -> None:
    postcode, _, line, _ = await an_address(eastmere)
    for typed in (f"{line}, Eastmere {postcode[:-3]} {postcode[-3:].lower()}", f"{line}, Eastmere"):
        household = Household(server)
        await household.get(f"{channel}/my-area")
        await household.send(answer=typed)
        assert line in household.body, typed
        await household.send(answer="0")
        assert "Next collections" in household.body
        assert line in household.body


@pytest.mark.parametrize("channel", ["", "/kiosk", "/text"])
async def test_a_card_with_the_number_of_a_property_is_understood(
    server: Borough, eastmere: Gazetteer, channel: str
) -> None:
    _, _, line, uprn = await an_address(eastmere)
    for scanned in (str(uprn), f"{uprn:012d}", f"https://uprn.uk/{uprn}", f"HTTPS://WWW.EASTMERE.EXAMPLE/?UPRN={uprn}"):
        household = Household(server)
        await household.get(f"{channel}/my-area")
        await household.send(answer=scanned)
        assert line in household.body, scanned
        await household.send(answer="0")
        assert "Next collections" in household.body
        assert not [path for path in household.visited if str(uprn) in path]
    household = Household(server)
    await household.get(f"{channel}/my-area")
    assert "We know no such postcode or street" in await household.send(answer="199999999999")


async def test_the_path_tells_nothing_and_another_browser_cannot_open_it(server: Borough, eastmere: Gazetteer) -> None:
    postcode, _, _, uprn = await an_address(eastmere)
    household, line = await household_at_home(server, eastmere)
    assert not [path for path in household.visited if str(uprn) in path or postcode in path.upper()]
    stranger = Household(server)
    assert line not in await stranger.get(household.path)
    assert stranger.path == "/my-area"


async def test_another_councils_postcode_says_which(server: Borough, eastmere: Gazetteer) -> None:
    rows = await eastmere._rows("SELECT postcode FROM directory WHERE council = 'E07099003' LIMIT 1")
    household = Household(server)
    await household.get("/my-area")
    assert "is in Hollin Vale. We can help only with addresses in Eastmere" in await household.send(answer=rows[0][0])


async def test_a_kiosk_never_remembers(server: Borough, eastmere: Gazetteer) -> None:
    household, line = await household_at_home(server, eastmere, "/kiosk")
    assert "Remember" not in household.body
    shown = household.path
    await household.get("/kiosk/leave")
    household.cookies.clear()
    assert line not in await household.get(shown)
    household.cookies["home"] = "6a0000000000000000000000000000"
    assert line not in await household.get("/kiosk/my-area")


async def test_a_home_is_forgotten_after_a_year_unused(server: Borough, eastmere: Gazetteer) -> None:
    household, line = await household_at_home(server, eastmere, remember=True)
    day = 86400
    for days in (300, 300, 364):
        server.clock.now += days * day
        assert line in await household.get("/my-area")
    server.clock.now += 366 * day
    assert line not in await household.get("/my-area")


async def test_a_network_lists_only_so_many_addresses_a_day(
    tmp_path: Path, eastmere_file: Path, eastmere: Gazetteer
) -> None:
    rows = await eastmere._rows("SELECT postcode FROM postcodes LIMIT 4")
    async with borough(tmp_path, gazetteer=str(eastmere_file), lookups_a_day="3", proxy="yes") as server:

        async def look_up(network: str, postcode: str) -> int:
            household = Household(
                server, headers={"X-Forwarded-For": network, "X-Forwarded-Proto": "https", "User-Agent": "Lynx/2.9"}
            )
            await household.get("/my-area")
            await household.send(answer=postcode)
            return household.status

        assert [await look_up("198.51.100.7", row[0]) for row in rows] == [200, 200, 200, 429]
        # The number of a property counts like a postcode: numbers can be counted up.
        assert await look_up("198.51.100.7", str((await an_address(eastmere))[3])) == 429
        assert await look_up("203.0.113.9", rows[0][0]) == 200
        server.clock.now += 86400
        assert await look_up("198.51.100.7", rows[0][0]) == 200


async def test_without_a_gazetteer_my_area_says_so(tmp_path: Path) -> None:
    async with borough(tmp_path, gazetteer=str(tmp_path / "none.db")) as server:
        household = Household(server)
        await household.get("/my-area")
        assert "has not put its list of addresses here yet" in await household.send(answer="EM4 2QT")


@pytest.mark.parametrize("channel", NUMBERS)
async def test_the_number_101_leads_there_on_every_channel(server: Borough, channel: str) -> None:
    assert (await server.get(f"{channel}/101")).headers["Location"] == f"{channel}/my-area"


async def test_no_address_is_in_the_clear_in_any_file_or_count_of_the_server(
    server: Borough, eastmere: Gazetteer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    postcode, keys, line, uprn = await an_address(eastmere)
    for channel in ("", "/kiosk"):
        household = Household(server)
        await household.get(f"{channel}/my-area")
        await household.send(answer=f"{line} {postcode}")
        await household.send(answer="0")
        await household.send(do="calendar")
    television = Household(server)
    await on_television(television, keys, line, eastmere, postcode)
    await television.send()
    assert television.cookies["home"]
    planted = [text.encode() for text in (line, postcode, f"{postcode[:-3]} {postcode[-3:]}", str(uprn))]
    written = await asyncio.to_thread(contents, tmp_path)
    assert "a.db" in written
    for name, content in written.items():
        assert not [one for one in planted if one in content], name
    told = server.parts.metrics.text()[0] + caplog.text.encode()
    assert not [one for one in planted if one in told]
    for value in (*household.cookies.values(), *television.cookies.values()):
        assert not [one for one in planted if one in value.encode()]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


async def test_a_page_with_an_address_is_kept_nowhere_and_sends_no_referrer(
    server: Borough, eastmere: Gazetteer
) -> None:
    household, line = await household_at_home(server, eastmere)
    cookie = "; ".join(f"{name}={value}" for name, value in household.cookies.items())
    answer = await server.get(household.path, Cookie=cookie)
    assert line in unescape(answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin")
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/my/0123456789abcdefghij0123456789.ics", "/api/collections/10090000007", "/tv/my-area/AbCd"]
)
def test_the_access_log_leaves_out_tokens_and_numbers(path: str) -> None:
    assert logged_path(path, 200, PRIVATE).endswith("/...")
    assert path.rpartition("/")[2] not in logged_path(path, 200, PRIVATE)


async def test_a_phone_lists_the_addresses_around_it(server: Borough, eastmere: Gazetteer) -> None:
    line, uprn = (await an_address(eastmere))[2:]
    home = await eastmere.find(uprn)
    assert home
    household = Household(server)
    assert "Use where I am now" in await household.get("/my-area")
    await household.send(**{"answer": "", "answer.at": f"{home.premises.latitude},{home.premises.longitude}"})
    assert line in household.body
    away = Household(server)
    await away.get("/my-area")
    assert "My address is not here" in await away.send(**{"answer": "", "answer.at": "57.10000,-4.50000"})


async def test_a_token_of_another_page_is_no_look_up(server: Borough) -> None:
    household = Household(server)
    await household.get("/track")
    await household.send(answer=new_reference(Random(1)))
    token = household.path.rpartition("/")[2]
    assert household.path == f"/track/{token}" and len(token) > 30
    for path in (f"/my-area/find/{token}", f"/my-area/{token}", f"/near-me/library/{token}"):
        await household.get(path)
        assert household.status == 200, path
    assert (
        await server.get(f"{MAP}/{NEAREST}/library/{token}.svg", Cookie=f"visit={household.cookies['visit']}")
    ).status == 404
    await household.get("/my-area/find")
    await household.send(answer="High Street")
    looked_up = household.path.rpartition("/")[2]
    assert len(looked_up) > 30
    await household.get(f"/track/{looked_up}")
    assert household.path == "/track"


async def test_a_long_list_is_shown_in_parts_where_there_is_a_keyboard_too(
    server: Borough, eastmere: Gazetteer
) -> None:
    household = Household(server)
    await household.get("/my-area/find")
    with Watchdog().watching() as watchdog:
        await household.send(do="streets")
    assert watchdog.stalls == []
    streets = await eastmere.streets("")
    parts = household.body.count('type="radio"')
    assert len(streets) > 100 and parts == ceil(len(streets) / 100)
    await household.send(answer="1")
    assert household.body.count('type="radio"') == 100 and streets[100].name in household.body
    await household.send(answer="0")
    assert household.body.count('type="radio"') and f"1 {streets[100].name}" in household.body
