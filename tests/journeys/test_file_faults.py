"""Faults of a whole file, of the desks, and of the services that name journeys."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from support.samples.small_journeys import DESKS, LANGUAGES, MEANS, REPAIR, TODAY, changed, place, read

from onestop.journeys.source.desks import read_desks
from onestop.journeys.source.folder import JourneyUse, ReadJourneys, check_uses, read_edition, read_journeys


def test_malformed_yaml_is_reported_with_its_likely_cause() -> None:
    for bad in ("title: {en: {size}, cy: x}}", "title: a: b"):
        (fault,) = read(bad)[1]
        assert (
            "this is not YAML" in fault and "`: `" in fault and "comma or a brace inside `{en: ..., cy: ...}`" in fault
        )
    (fault,) = read("title: {en: It's, this, cy: 'Hyn}")[1]
    assert "1:29: the quote that begins here has no end" in fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1:1: `asks` is missing: it must be given"),
        ("title: {en: T, cy: T}\nasks: none\ndone: {say: x, send: [housing]}", "2:7: `asks` must be a list"),
        ("title: {en: T, cy: T}\nasks: [a]\n", "2:8: `0` must be a mapping"),
        ("title: [", "1:1: this is not YAML"),
        ("- a\n- b", "1:1: expected `key: value` lines here"),
        ("done: {say: x}\nasks: []", "1:7: `send` is missing: name the desks it is sent to"),
    ],
)
def test_a_file_that_is_no_journey_is_reported(text: str, fault: str) -> None:
    journey, faults = read(text)
    assert journey is None
    assert any(one.startswith(fault) for one in faults), faults


def test_missing_translations_are_warnings_and_a_missing_language_is_one() -> None:
    journey, faults = read(changed(("text: {en: Add a photo, cy: Ychwanegu llun}", "text: Add a photo")))
    assert journey
    assert faults == [f"{place('text: {en: Add a photo')}: warning: `text` has no text in `cy`: write it"]
    english = "title: T\nasks:\n  - {ask: one, text: T, pick: {a: A, b: B}}\ndone: {say: D, send: [housing]}\n"
    journey, faults = read(english)
    assert journey and faults == ["1:1: warning: is not translated: no text has `cy`"]


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "content").mkdir(exist_ok=True)
    return folder / "content"


def test_a_folder_without_journeys_has_none(tmp_path: Path) -> None:
    folder = write(tmp_path, {})
    assert read_desks(folder, LANGUAGES) == ({}, ())
    assert read_journeys(folder, LANGUAGES, {}, MEANS, TODAY) == ReadJourneys({}, (), {})


def test_every_file_is_read_and_named_in_its_faults(tmp_path: Path) -> None:
    files = {"journeys/repair.yaml": REPAIR, "journeys/broken.yaml": "title: [", "journeys/.repair.yaml.swp": "x"}
    read_all = read_journeys(write(tmp_path, files), LANGUAGES, DESKS, MEANS, TODAY)
    assert list(read_all.journeys) == ["repair"] and read_all.sources["repair"] == REPAIR
    assert [(fault.file, fault.line, fault.column) for fault in read_all.faults] == [
        ("content/journeys/broken.yaml", 1, 1)
    ]


def test_desks_have_names_in_every_language(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {"desks.yaml": "housing: {en: Housing, cy: Tai}\nwaste: Waste\nBad Name: {en: B, cy: D}\n"}
    )
    desks, faults = read_desks(folder, LANGUAGES)
    assert desks["housing"] == {"en": "Housing", "cy": "Tai"} and desks["waste"] == {"en": "Waste"}
    assert sorted(map(str, faults)) == [
        "content/desks.yaml:2:1: warning: `waste` has no text in `cy`: write it",
        "content/desks.yaml:3:1: `Bad Name` is no name: write at most 30 small letters, digits and hyphens",
    ]


def test_a_missing_journey_is_an_error_and_an_unused_one_a_warning() -> None:
    read_all = ReadJourneys({}, (), {"housing-repair": "", "missed-bin": ""})
    uses = (JourneyUse("missed-bin", "content/a.md", (3, 10)), JourneyUse("housing-repairs", "content/b.md", (5, 10)))
    assert list(map(str, check_uses(uses, read_all, "content"))) == [
        "content/b.md:5:10: there is no journey `housing-repairs`; did you mean `housing-repair`?",
        "content/journeys/housing-repair.yaml:1:1: warning: no service leads to this journey: "
        "write `journey: housing-repair` in the head of one",
    ]


def test_an_older_edition_is_read_without_its_channels_and_desks() -> None:
    journey, _ = read(REPAIR)
    again = read_edition("trial", REPAIR, LANGUAGES)
    assert journey and again
    assert (again.edition, again.steps, again.facts) == (journey.edition, journey.steps, journey.facts)
    assert read_edition("trial", "title: [", LANGUAGES) is None
