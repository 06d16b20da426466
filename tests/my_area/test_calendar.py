"""The calendar of a home says what its screen says."""

import json
import re
from datetime import date

import pytest
from support.household import an_address, household_at_home
from support.loop_watchdog import Watchdog
from support.servers.borough_server import Borough

from onestop.places.gazetteer.reader import Gazetteer

pytestmark = pytest.mark.slow


async def test_the_calendar_says_what_the_screen_says(server: Borough, eastmere: Gazetteer) -> None:
    uprn = (await an_address(eastmere))[3]
    household, _ = await household_at_home(server, eastmere)
    area = household.body
    await household.send(do="calendar")
    path = re.search(r"(/my/[\w-]+\.ics)", household.body)
    assert path
    answer = await server.get(path[1])
    assert answer.headers["Content-Type"].startswith("text/calendar")
    events = events_of(answer.text)
    coming = [event for event in events if event["DTSTART"] >= "20261123"]
    first = date.fromisoformat(min(event["DTSTART"] for event in coming))
    assert f"{first:%A} {first.day} {first:%B}" in area
    for event in coming:
        assert event["DTSTART"] != f"{first:%Y%m%d}" or event["SUMMARY"] in area
    assert len({event["UID"] for event in events}) == len(events)
    assert str(uprn) not in answer.text
    moved = [event for event in events if event["SEQUENCE"] == "1"]
    assert moved and all("Instead of" in event["DESCRIPTION"] for event in moved)
    assert (await server.get(path[1], If_None_Match=answer.headers["ETag"])).status == 304
    spoken = await server.get(path[1].replace("/my/", "/my/cy/"))
    assert "Bin llwyd" in spoken.text
    assert (await server.get(f"/my/{'0' * 30}.ics")).status == 404
    told = json.loads((await server.get(f"/api/collections/{uprn}")).text)["collections"]
    last = told[-1]["date"].replace("-", "")
    assert sorted((one["date"].replace("-", ""), one["names"]["en"]) for one in told) == sorted(
        (event["DTSTART"], event["SUMMARY"]) for event in coming if event["DTSTART"] <= last
    )


def events_of(text: str) -> list[dict[str, str]]:
    """Return the events of a calendar, read by the grammar of RFC 5545 and not by the library that wrote it."""
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in lines
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events:
            events[-1][name.partition(";")[0]] = value
            assert name.partition(";")[0] != "DTSTART" or name == "DTSTART;VALUE=DATE"
    return events


async def test_a_calendar_holds_the_event_loop_for_no_time_and_is_compressed(
    server: Borough, eastmere: Gazetteer
) -> None:
    household, _ = await household_at_home(server, eastmere, remember=True)
    path = re.search(r"(/my/[\w-]+\.ics)", await household.send(do="calendar"))
    assert path
    with Watchdog().watching() as watchdog:
        for _ in range(3):
            answer = await server.get(path[1], Accept_Encoding="gzip")
    assert watchdog.stalls == []
    assert answer.headers["Content-Encoding"] == "gzip" and answer.headers["Vary"] == "Accept-Encoding"
