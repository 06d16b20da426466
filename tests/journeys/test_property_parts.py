"""Conditions on the parts of an address."""

from datetime import UTC, datetime

import pytest
from support.samples.small_journeys import ENGLISH, TODAY, journey_of, read

from onestop.journeys.paths.paths import find_paths
from onestop.journeys.values.answer import Answer
from onestop.journeys.walk.payload import SubmissionDetails, payload
from onestop.journeys.walk.walk import walk
from onestop.screen import Means

ESTATE = """\
title: {en: Repair, cy: Trwsio}
asks:
  - {ask: home, text: {en: The address, cy: Y cyfeiriad}, place: property}
  - {ask: block, text: {en: Which block, cy: Pa floc}, words: {max: 20}, if: home.council_owned and home.ward is E05099001 or E05099002}
  - {ask: round, text: {en: Which day, cy: Pa ddiwrnod}, words: {max: 20}, if: home.round is friday-1}
facts:
  ours: home.council_owned
done:
  say: {en: Done., cy: Wedi gorffen.}
  send: [housing]
"""
TODAY_AT = datetime(2026, 11, 27, tzinfo=UTC)
HOME: dict[str, Answer] = {
    "uprn": 10090000007, "lines": ["14 Quay Street", "Eastmere", "EM4 2QT"], "ward": "E05099002",
    "round": ["friday-1", "garden-friday-1"], "flags": ["council_owned"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("home", "asked"),
    [
        (HOME, {"home", "block", "round"}),
        ({**HOME, "ward": "E05099003"}, {"home", "round"}),
        ({**HOME, "flags": ["listed"], "round": ["friday-2"]}, {"home"}),
        ("14 Quay Street, EM4 2QT", {"home"}),
    ],
)
def test_the_parts_of_a_property_decide_what_is_asked(home: Answer, asked: set[str]) -> None:
    journey = journey_of(ESTATE, {"touch": Means()})
    found = walk(journey, {"home": home, "block": "B", "round": "Friday"}, "touch", TODAY)
    assert set(found.answers) == asked
    assert found.facts["ours"] is ("block" in asked or home == {**HOME, "ward": "E05099003"})
    sent = payload(found, SubmissionDetails("1", TODAY_AT, "touch", "en"), ENGLISH)
    first = sent["answers"][0]  # type: ignore[index]
    assert first["value"] == home
    assert first["said"].startswith("14 Quay Street")


def test_every_path_of_the_parts_is_found() -> None:
    found = find_paths(journey_of(ESTATE, {"touch": Means()}), "touch", Means(), TODAY)
    assert {tuple(step.ask.name for step in path.steps) for path in found} == {
        ("home",), ("home", "block"), ("home", "round"), ("home", "block", "round"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("home.round is friday-1", "block.ward is E05099001", "`block` is no address: only of one may `ward` be asked"),
        ("home.round is friday-1", "home.listed is yes", "`home.listed` is yes or no"),
        ("home.round is friday-1", "home.round", "write what `home.round` must be"),
    ],
)
def test_wrong_parts_are_refused(old: str, new: str, fault: str) -> None:
    _, faults = read(ESTATE.replace(old, new), means={"touch": Means()})
    assert any(fault in one for one in faults), faults
