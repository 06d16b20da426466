"""Residents find the nearest library, open now, on every channel."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.household import HBBTV, OPTION, Household, an_address, household_at_home, whole
from support.servers.borough_server import Borough, borough

from onestop.capability import private_segments
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.near import Point, direction
from onestop.server.access_log import logged_path, private_part
from server import CAPABILITIES

PRIVATE = private_part(private_segments(CAPABILITIES))

pytestmark = pytest.mark.slow
NAME = re.compile(r"(Central Library|Quayside Library, Harbour Centre|Saltings Library|St Brannoc's Community Library)")


@pytest.fixture
async def server(tmp_path: Path, eastmere_file: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path, gazetteer=str(eastmere_file)) as made:
        yield made


@pytest.mark.parametrize("channel", ["", "/kiosk", "/tv", "/text"])
async def test_the_number_102_leads_to_the_kinds_of_places(server: Borough, channel: str) -> None:
    assert (await server.get(f"{channel}/104")).headers["Location"] == f"{channel}/near-me"
    household = Household(server)
    await household.get(f"{channel}/near-me")
    text = await whole(household)
    for name in ("Libraries", "Recycling centres", "One stop shops", "Pharmacies", "Public toilets"):
        assert name in text


@pytest.mark.parametrize("channel", ["", "/kiosk", "/text"])
async def test_a_typed_postcode_lists_the_nearest_first(server: Borough, eastmere: Gazetteer, channel: str) -> None:
    postcode, _, _, _ = await an_address(eastmere)
    household = Household(server)
    await household.get(f"{channel}/near-me/library")
    await household.send(answer=postcode)
    text = await whole(household)
    metres = [float(far) * (1000 if unit == "km" else 1) for far, unit in re.findall(r"([\d.]+) (km|m)\.\s", text)]
    assert len(metres) >= 6
    assert metres[:6] == sorted(metres[:6])
    assert postcode not in " ".join(household.visited).upper()


async def test_a_television_finds_by_digits_and_by_the_list_of_streets(server: Borough, eastmere: Gazetteer) -> None:
    _, keys, _, _ = await an_address(eastmere)
    household = Household(server, headers={"User-Agent": HBBTV})
    await household.get("/tv/near-me/library")
    await household.send(answer=keys)
    while options := OPTION.findall(household.body):
        await household.send(answer=options[0][0])
    assert re.search(r"[\d.]+ (km|m)\.", household.body)
    streets = Household(server, headers={"User-Agent": HBBTV})
    await streets.get("/tv/near-me/pharmacy")
    await streets.send(do="streets")
    for _ in range(9):
        options = OPTION.findall(streets.body)
        if not options:
            break
        await streets.send(answer=options[0][0])
    assert re.search(r"[\d.]+ (km|m)\.", streets.body)


async def test_a_phone_sends_where_it_is(server: Borough) -> None:
    household = Household(server)
    assert "Use where I am now" in await household.get("/near-me/library")
    await household.send(**{"answer": "", "answer.at": "52.91810,-0.08760"})
    assert NAME.findall(household.body)[0] == "Quayside Library, Harbour Centre"
    assert "52.9181" not in " ".join(household.visited)


async def test_open_now_is_true_to_the_minute(server: Borough) -> None:
    household = Household(server)
    at = {"answer": "", "answer.at": "52.94500,-0.12200"}
    # Central Library closes at 18:00 on a Wednesday and opens at 09:00 on a Thursday.
    for time, told in (
        (datetime(2026, 11, 25, 17, 59, 59, tzinfo=UTC), "Open until 18:00 today"),
        (datetime(2026, 11, 25, 18, 0, 0, tzinfo=UTC), "Closed now. Opens at 09:00 tomorrow"),
        (datetime(2026, 11, 26, 8, 59, 59, tzinfo=UTC), "Closed now. Opens at 09:00 today"),
        (datetime(2026, 11, 26, 9, 0, 0, tzinfo=UTC), "Open until 19:30 today"),
    ):
        server.clock.now = time.timestamp()
        await household.get("/near-me/library/find")
        await household.send(**at)
        first = household.body[household.body.index("Central Library") :].partition("</li>")[0]
        assert told in first, first


async def test_step_free_comes_first_if_asked(server: Borough) -> None:
    household = Household(server)
    await household.get("/near-me/library")
    await household.send(**{"answer": "", "answer.at": "52.95900,-0.06200"})
    assert NAME.findall(household.body)[0] == "St Brannoc's Community Library"
    link = re.search(r'href="(/near-me/library/step-free/[^"]+)"', household.body)
    assert link
    await household.get(link[1])
    names = NAME.findall(household.body)
    assert names[0] != "St Brannoc's Community Library" and names[-1] == "St Brannoc's Community Library"
    assert "One step of 15 cm at the door" in household.body
    everywhere = await household.get("/near-me/library/step-free/all")
    assert NAME.findall(everywhere)[-1] == "St Brannoc's Community Library"


async def test_a_known_home_is_not_asked_where_it_is(server: Borough, eastmere: Gazetteer) -> None:
    household, _ = await household_at_home(server, eastmere, remember=True)
    await household.get("/near-me/recycling")
    assert re.search(r"Recycling Centre.*?[\d.]+ (km|m)\.", household.body, re.DOTALL)
    # On a kiosk the next visitor is somebody else.
    kiosk = Household(server, dict(household.cookies))
    assert "Near which postcode or street?" in await kiosk.get("/kiosk/near-me/recycling")


async def test_my_area_shows_the_nearest_of_four_kinds(server: Borough, eastmere: Gazetteer) -> None:
    household, _ = await household_at_home(server, eastmere)
    near = household.body.partition("Near you")[2]
    for kind in ("Library", "Recycling Centre", "Pharmacy"):
        assert kind in near
    assert len(re.findall(r"[\d.]+ (?:km|m)\. (?:Open|Closed)", near)) == 4


async def test_a_list_is_kept_nowhere_and_the_log_has_no_token(server: Borough) -> None:
    household = Household(server)
    await household.get("/near-me/library")
    await household.send(**{"answer": "", "answer.at": "52.94500,-0.12200"})
    cookie = "; ".join(f"{name}={value}" for name, value in household.cookies.items())
    answer = await server.get(household.path, Cookie=cookie)
    assert answer.headers["Cache-Control"] == "no-store"
    assert logged_path(household.path, 200, PRIVATE) == "/near-me/..."
    stranger = Household(server)
    assert "km." not in await stranger.get(household.path)


async def test_unknown_kinds_and_postcodes(server: Borough) -> None:
    assert (await server.get("/near-me/castle")).status == 404
    household = Household(server)
    await household.get("/near-me/library")
    assert "We have no address with the postcode" in await household.send(answer="EM4 9ZZ")
    await household.send(do="all")
    assert household.path == "/near-me/library/all"
    assert len(NAME.findall(household.body)) >= 4


async def test_without_a_gazetteer_the_list_has_no_distances(tmp_path: Path) -> None:
    async with borough(tmp_path, gazetteer=str(tmp_path / "none.db")) as server:
        household = Household(server)
        await household.get("/near-me/library")
        await household.send(answer="EM4 2QT")
        assert "Central Library" in household.body


async def test_phone_and_kiosk_have_a_map_drawn_here_and_a_television_has_words(server: Borough) -> None:
    at = {"answer": "", "answer.at": "52.94500,-0.12000"}
    for channel in ("", "/kiosk"):
        household = Household(server)
        await household.get(f"{channel}/near-me/library")
        if channel:
            await household.send(answer="Market Street")
            await household.get("/near-me/library/find")
        await household.send(**at)
        if channel:
            await household.get(f"/kiosk{household.path}")
        found = re.search(r'<img src="(/near-me-map/[^"]+)" alt="([^"]*)"', await whole(household))
        assert found
        assert re.search(r"Map: 1 Central Library, 150 m to the west\. 2 ", found[2]), found[2]
        cookie = "; ".join(f"{name}={value}" for name, value in household.cookies.items())
        picture = await server.get(found[1], Cookie=cookie)
        assert picture.headers["Content-Type"] == "image/svg+xml" and picture.headers["Cache-Control"] == "no-store"
        drawn = ElementTree.fromstring(picture.text)
        numbers = [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}text") if one.get("class") == "n"]
        assert sorted(filter(None, numbers)) == ["1", "2", "3", "4", "5", "6"]
        streets = [one for one in drawn.iter("{http://www.w3.org/2000/svg}path") if one.get("class") == "s"]
        assert len(streets[0].get("d", "")) > 500
        # Without the cookie it is nobody's.
        assert (await server.get(found[1])).status == 404
        assert logged_path(found[1], 200, PRIVATE) == "/near-me-map/..."
    assert (await server.get("/near-me-map/nearest/library/all.svg")).status == 200
    assert (await server.get("/near-me-map/nearest/castle/all.svg")).status == 404
    television = await server.get("/tv/near-me/library/all")
    assert "near-me-map" not in television.text


def test_directions() -> None:
    here = Point(52.9, -0.1)
    around = (
        (0.01, 0),
        (0.01, 0.0166),
        (0, 0.01),
        (-0.01, 0.0166),
        (-0.01, 0),
        (-0.01, -0.0166),
        (0, -0.01),
        (0.01, -0.0166),
    )
    found = [direction(here, Point(here.latitude + high, here.longitude + wide)) for high, wide in around]
    assert found == ["N", "NE", "E", "SE", "S", "SW", "W", "NW"]
