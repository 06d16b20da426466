"""A reading checks only the journeys whose inputs have changed since the last one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.samples.small_journeys import DESKS, LANGUAGES, MEANS, REPAIR, TODAY, changed

from onestop.authoring.node import Node
from onestop.journeys.journey import Journey
from onestop.journeys.paths.checks import check_paths
from onestop.journeys.source.folder import JourneyCache, ReadJourneys, read_journeys
from onestop.language import Translations
from onestop.screen import Means

OTHER_TITLE = changed(("Order a housing repair", "Order a repair"))
BROKEN = "title: ["


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "journeys").mkdir()
    for name in ("first", "second"):
        (tmp_path / "journeys" / f"{name}.yaml").write_text(REPAIR, encoding="utf-8")
    (tmp_path / "journeys" / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the journeys whose paths were found."""
    names: list[str] = []

    def counted(journey: Journey, file: Node, means: Mapping[str, Means], today: date) -> None:
        names.append(journey.name)
        check_paths(journey, file, means, today)

    monkeypatch.setattr("onestop.journeys.source.folder.check_paths", counted)
    return names


def read(content: Path, cache: JourneyCache, desks: Mapping[str, Translations] = DESKS) -> ReadJourneys:
    return read_journeys(content, LANGUAGES, desks, MEANS, TODAY, cache)


def test_an_unchanged_journey_is_neither_checked_again_nor_replaced(content: Path, walked: list[str]) -> None:
    cache = JourneyCache()
    before = read(content, cache)
    assert walked == ["first", "second"]
    again = read(content, cache)
    assert walked == ["first", "second"]
    assert again == before and again.journeys["first"] is before.journeys["first"]
    assert [fault.file for fault in again.faults] == [f"{content.name}/journeys/broken.yaml"]


def test_a_changed_journey_alone_is_checked_again(content: Path, walked: list[str]) -> None:
    cache = JourneyCache()
    read(content, cache)
    (content / "journeys" / "first.yaml").write_text(OTHER_TITLE, encoding="utf-8")
    again = read(content, cache)
    assert walked == ["first", "second", "first"]
    assert again.journeys["first"].title["en"] == "Order a repair"


def test_a_removed_journey_is_forgotten(content: Path, walked: list[str]) -> None:
    cache = JourneyCache()
    read(content, cache)
    (content / "journeys" / "second.yaml").unlink()
    assert list(read(content, cache).journeys) == ["first"]
    assert len(cache.checked) == 2


def test_a_journey_is_checked_again_when_any_input_changes(content: Path, walked: list[str]) -> None:
    cache = JourneyCache()
    read(content, cache)
    other_means = {name: replace(means, worst=means.worst + 1) for name, means in MEANS.items()}
    calls: tuple[Callable[[], ReadJourneys], ...] = (
        lambda: read(content, cache, {**DESKS, "other": {"en": "Other"}}),
        lambda: read_journeys(content, LANGUAGES, DESKS, other_means, TODAY, cache),
        lambda: read_journeys(content, LANGUAGES, DESKS, MEANS, TODAY + timedelta(1), cache),
        lambda: read_journeys(content, (*LANGUAGES, "pl"), DESKS, MEANS, TODAY, cache),
    )
    for call in calls:
        walked.clear()
        call()
        assert walked == ["first", "second"]


def test_without_a_desk_the_fault_appears_although_the_file_is_unchanged(content: Path) -> None:
    cache = JourneyCache()
    assert "first" in read(content, cache).journeys
    assert "first" not in read(content, cache, {}).journeys
