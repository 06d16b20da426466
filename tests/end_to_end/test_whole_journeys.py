"""Every journey on every channel over HTTP without script, from the first question to the desk's folder."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from support.delivered_case import read_case
from support.paths import CONTENT
from support.resident import Resident

from channels.registry import find_channels
from onestop.catalogue.source.load import load
from onestop.journeys.journey import Journey
from onestop.journeys.kinds.photo import PhotoKind
from onestop.journeys.paths.paths import JourneyPath as Way
from onestop.journeys.paths.paths import find_paths
from onestop.journeys.values.answer import SKIPPED
from onestop.site.journeys import journeys_of

CHANNELS = {channel.name: channel for channel in find_channels()}
MEANS = {name: channel.means for name, channel in CHANNELS.items()}
COLLECTED = datetime.now(UTC).date()
"""Only for names, which are the same on every day."""
LOADED = load(CONTENT, COLLECTED)
assert LOADED.catalogue
SERVICE = {service.journey: service.address for service in LOADED.catalogue.services if service.journey}
DESKS = {
    name: journey.done.send for name, journey in journeys_of(LOADED, CONTENT, MEANS, COLLECTED)[0].journeys.items()
}
REFERENCE = re.compile(r"\b(\d{3}) (\d{3}) (\d{4})\b")
PLACES = {"tv": "/tv", "kiosk": "/kiosk/~portrait", "mobile": "", "text": "/text"}

OF_KNOWN_HOMES = {"due"}
"""Questions about what the gazetteer knows of an address: this server has none, and each address is typed."""


@cache
def journeys(day: date) -> Mapping[str, Journey]:
    """Return the journeys of the borough as the server reads them on this day."""
    return journeys_of(LOADED, CONTENT, MEANS, day)[0].journeys


def ways(name: str, channel: str) -> list[Way]:
    """Return today's shortest and longest path to the end of a journey, and one that stops, if there is one.

    Call it in a test: tests are collected long before they run, and midnight may lie between.
    """
    assert LOADED.catalogue
    today = datetime.now(LOADED.catalogue.council.zone).date()
    paths = find_paths(journeys(today)[name], channel, MEANS[channel], today)
    asked = (way for way in paths if not OF_KNOWN_HOMES.intersection(step.ask.name for step in way.steps))
    found = sorted(asked, key=lambda way: len(way.steps))
    ends, stops = [way for way in found if not way.stopped], [way for way in found if way.stopped]
    return [ends[0], ends[-1], *stops[:1]]


def cases() -> Iterator[tuple[str, str]]:
    yield from ((name, channel) for name in sorted(SERVICE) for channel in ("tv", "kiosk", "mobile"))


@pytest.mark.parametrize(("name", "channel"), list(cases()))
def test_a_journey_is_completed_and_delivered(name: str, channel: str, origin: str, outbox: Path) -> None:
    for way in ways(name, channel):
        resident = Resident(origin)
        start = f"{PLACES[channel]}{SERVICE[name]}/ask"
        page = resident.get(start)
        for step in way.steps:
            assert page.status == 200
            page = resident.take(page, step.ask, SKIPPED if isinstance(step.ask.kind, PhotoKind) else step.answers[0])
            assert page.status == 200, page.body
            assert page.headers["cache-control"] == "no-store"
        if way.stopped:
            assert page.address.endswith("/ask/stop"), (way, page.address)
            continue
        assert page.address.endswith("/ask/check"), (page.address, [(t.ask.name, t.answers[0]) for t in way.steps])
        page = resident.send(page, {})
        if page.address.endswith("/ask/earlier"):
            # An earlier test reported the same thing.
            page = resident.send(page, {"do": ("send",)})
        assert page.address.endswith("/ask/done"), page.body
        found = REFERENCE.search(page.body)
        assert found
        delivered = [read_case(outbox / desk / f"{''.join(found.groups())}.json") for desk in DESKS[name]]
        for case in delivered:
            assert [answer["ask"] for answer in case["answers"]] == [step.ask.name for step in way.steps]
            assert (case["channel"], case["journey"]) == (channel, name)
