"""The guide to adding a kind of answer works: its module, in a folder of its own, becomes a kind."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.paths import ROOT
from support.samples.answer_kinds import assert_drawn, assert_pressed, assert_spoken, assert_stored, journeys
from support.samples.small_journeys import ENGLISH, TODAY, TOUCH, journey_of, read

from channels.contract import Channel
from channels.registry import find_channels
from onestop.journeys import kinds
from onestop.journeys.journey import Journey
from onestop.journeys.kind import Refused
from onestop.journeys.kinds.registry import find_kinds
from onestop.journeys.paths.paths import find_paths
from onestop.journeys.values.answer import Answer
from onestop.journeys.walk.answer_text import say_answer
from onestop.journeys.walk.submitted_answer import parse_answer
from onestop.journeys.walk.walk import walk

GUIDE = (ROOT / "docs" / "adding-a-question-kind.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^### `([^`]+)`\n\n```\w+\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE))
MODULE, JOURNEY = "onestop/journeys/kinds/percent.py", "content/journeys/solar.yaml"


@pytest.fixture(autouse=True)
def percent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Return the kind of the guide, found by the registry together with those of the program."""
    (tmp_path / Path(MODULE).name).write_text(FILES[MODULE], encoding="utf-8")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(tmp_path)])
    find_kinds.cache_clear()
    yield
    find_kinds.cache_clear()
    sys.modules.pop("onestop.journeys.kinds.percent", None)


@pytest.fixture
def journey(percent: None) -> Journey:
    return journey_of(FILES[JOURNEY], {"touch": TOUCH})


def test_the_guide_has_the_module_and_a_journey() -> None:
    assert set(FILES) == {MODULE, JOURNEY}
    assert "percent" in find_kinds()


@pytest.mark.parametrize("channel", find_channels(), ids=lambda channel: str(channel.name))
def test_every_channel_renders_the_new_kind(channel: Channel) -> None:
    for trial in journeys(find_kinds()["percent"]):
        assert_drawn(trial, channel)
        assert_pressed(trial, channel)


def test_an_answer_of_the_new_kind_is_spoken_and_stored() -> None:
    for trial in journeys(find_kinds()["percent"]):
        assert_spoken(trial, next(iter(find_channels())))
        assert_stored(trial, ENGLISH)


@pytest.mark.parametrize(("text", "answer"), [("25", 25), (" 25 %", 25), ("100%", 100), ("２５％", 25)])
def test_a_percentage_is_parsed(journey: Journey, text: str, answer: Answer) -> None:
    ask = journey.asks[0]
    assert parse_answer(ask, {"answer": (text,)}, ENGLISH, TODAY) == answer
    assert say_answer(ask, answer, ENGLISH) == f"{answer}%"


@pytest.mark.parametrize("text", ["", "101", "-1", "2,5", "half", "\u200b"])
def test_an_invalid_percentage_is_refused(journey: Journey, text: str) -> None:
    found = parse_answer(journey.asks[0], {"answer": (text,)}, ENGLISH, TODAY)
    assert found == Refused("Enter a number from 0 to 100")


def test_conditions_compare_it_and_paths_are_told_apart_by_it(journey: Journey) -> None:
    assert [ask.name for ask in walk(journey, {"share": 26}, "touch", TODAY).path] == ["share", "trees"]
    assert [ask.name for ask in walk(journey, {"share": 25}, "touch", TODAY).path] == ["share"]
    found = find_paths(journey, "touch", TOUCH, TODAY)
    assert [(len(path.steps), path.count) for path in found] == [(1, 1), (2, 2)]


def test_mistakes_in_the_new_kind_are_reported_at_their_position() -> None:
    _, faults = read(FILES[JOURNEY].replace("share > 25%", "share > many"))
    assert any("`many` is not a percentage, which `share` is: write one like 25%" in fault for fault in faults)
    _, faults = read(FILES[JOURNEY].replace("{min: 0, max: 100}", "{min: 90, max: 10}"))
    assert any("has a `min` above its `max`" in fault for fault in faults)
