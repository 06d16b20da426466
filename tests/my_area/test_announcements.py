"""My area announces what concerns an address: alerts of its ward, street or round, works in its street, its polling station."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support.household import HBBTV, WITH_POSTCODE, Household, an_address, household_at_home, whole
from support.servers.borough_server import Borough

from onestop.places.announcements.source import Known, read_announcements
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.near import Point
from onestop.places.notices.notice import Notice
from onestop.places.premises import Premises

GRIT, NEW_ROUND = "We grit the hills of your ward tonight", "your bins are emptied on Thursday instead"
NORTHGATE, ABBEY = (f"{WITH_POSTCODE} AND p.ward = '{code}'" for code in ("E05099001", "E05099010"))
KNOWN = Known({"E1", "E2"}, {"friday-1"})


@pytest.mark.slow
@pytest.mark.parametrize("channel", ["", "/kiosk", "/text"])
async def test_an_alert_is_shown_at_its_addresses_only(server: Borough, eastmere: Gazetteer, channel: str) -> None:
    northgate, _ = await household_at_home(server, eastmere, channel, where=NORTHGATE)
    abbey, _ = await household_at_home(server, eastmere, channel, where=f"{ABBEY} AND r.names LIKE 'friday-2%'")
    there, here = await whole(northgate), await whole(abbey)
    assert GRIT in there and GRIT not in here
    assert NEW_ROUND in here


@pytest.mark.slow
async def test_a_television_shows_the_alert_of_its_household_on_the_home_screen_beside_the_councils(
    server: Borough, eastmere: Gazetteer
) -> None:
    for where, expected in ((NORTHGATE, True), (f"{ABBEY} AND r.names NOT LIKE 'friday-2%'", False)):
        household, _ = await household_at_home(server, eastmere, where=where, remember=True)
        household.headers = {"User-Agent": HBBTV}
        home = " ".join((await household.get("/tv/")).split())
        assert household.path == "/tv/my-home"
        assert "Ice on pavements tonight." in home
        assert (GRIT in home) is expected
        # Its first sentence: My area has the whole alert.
        assert "Please leave room for the lorry" not in home
    stranger = await Household(server, headers={"User-Agent": HBBTV}).get("/tv/")
    assert "Ice on pavements tonight." in stranger and GRIT not in stranger


@pytest.mark.slow
async def test_works_in_the_street_are_announced(server: Borough, eastmere: Gazetteer) -> None:
    home = await eastmere.find((await an_address(eastmere))[3])
    assert home
    works = Notice(
        "roadworks", "EM1", "Gas main", Point(52.95, -0.1), "E05099001", date(2026, 12, 1), home.premises.usrn
    )
    server.parts.notices.by_feed["test"] = [works]
    household, _ = await household_at_home(server, eastmere)
    assert "Roadworks in your street: Gas main. Until Tuesday 1 December 2026." in await whole(household)


@pytest.mark.slow
async def test_the_polling_station_is_shown_before_an_election_only(server: Borough, eastmere: Gazetteer) -> None:
    around = (
        (date(2027, 3, 28), False),
        (date(2027, 3, 29), True),
        (date(2027, 5, 6), True),
        (date(2027, 5, 7), False),
    )
    for day, shown in around:
        server.clock.now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
        household, _ = await household_at_home(server, eastmere, where=ABBEY)
        text = await whole(household)
        assert ("Your polling station: Borough elections" in text) is shown, day
        assert ("Abbey Primary School" in text) is shown


def files(folder: Path, **texts: str) -> Path:
    (folder / "places").mkdir()
    for name, text in texts.items():
        (folder / "places" / f"{name}.yaml").write_text(text)
    return folder


def test_a_street_has_another_polling_station_than_its_ward(tmp_path: Path) -> None:
    stations = "[{name: Hall, address: A, wards: [E1]}, {name: School, address: B, streets: [7]}]"
    text = f"elections: [{{name: N, day: 2027-05-06, from: 2027-04-01, text: T, stations: {stations}}}]"
    found, faults = read_announcements(files(tmp_path, elections=text), ("en",), KNOWN)
    assert not faults
    named = [station and station.name["en"] for one in ((1, "E1"), (7, "E1"), (1, "E2"))
             if (station := found.elections[0].station_of(Premises(1, one[0], ward=one[1]))) or True]  # fmt: skip
    assert named == ["Hall", "School", None]


def test_every_fault_of_both_files_is_reported_at_once(tmp_path: Path) -> None:
    nobody = "{from: 1, until: 2026-12-01, text: T}"
    alerts = f"alerts: [{{from: 2026-12-02, until: 2026-12-01, text: T, wards: [E9], streets: [x]}}, {nobody}]"
    station = "{name: Hall, address: A, wards: [E3]}"
    elections = f"elections: [{{name: N, day: 2027-05-06, from: 2027-06-01, text: T, stations: [{station}]}}]"
    found, faults = read_announcements(files(tmp_path, alerts=alerts, elections=elections), ("en",), KNOWN)
    said = " ".join(map(str, faults))
    for wrong in (
        "`until` is before",
        "no `E9`",
        "`x` must be a USRN",
        "`1` must be a date",
        "is for nobody",
        "`from` is after",
        "no `E3`",
    ):
        assert wrong in said
    assert not found.alerts and not found.elections
