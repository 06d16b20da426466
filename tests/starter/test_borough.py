"""The catalogue that `onestop init` writes passes `check` and has the council's name."""

import re
from datetime import date
from pathlib import Path

import pytest

import server
from channels.registry import find_channels
from onestop.catalogue.source.load import load
from onestop.site.check import ContentRules, check
from onestop.site.journeys import journeys_of
from onestop.starter.borough import FILES, CannotBegin, write_borough

TODAY = date(2026, 11, 27)
MEANS = {channel.name: channel.means for channel in find_channels()}
NAMES = ["Anytown", "St. Mary's", "Lynn & West (North)", "Ynys Môn", "X", "No", "A" * 24]


def test_the_starter_catalogue_has_no_faults_or_warnings() -> None:
    loaded = load(FILES, TODAY)
    journeys, faults = journeys_of(loaded, FILES, MEANS, TODAY)
    assert (*loaded.faults, *faults) == ()
    catalogue = loaded.catalogue
    assert catalogue and catalogue.languages == ("en", "cy")
    assert (len(catalogue.sections), len(catalogue.services), len(journeys.journeys)) == (2, 3, 1)


@pytest.mark.parametrize("name", NAMES)
def test_init_writes_the_name_of_the_council(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "council"
    written = write_borough(folder, name)
    loaded = load(folder, TODAY)
    assert loaded.faults == ()
    assert loaded.catalogue
    council = loaded.catalogue.council
    assert (council.name("en"), council.name("cy")) == (f"{name} Council", f"Cyngor {name}")
    assert re.fullmatch(r"https://www\.[a-z0-9-]+\.example", council.address)
    if name != "Anytown":
        assert not [file for file in written if "anytown" in file.read_text(encoding="utf-8").lower()]


@pytest.mark.parametrize(
    "name", ["", "7 Oaks", "A: b", 'A"b', "A\nb", "A [b](/c)", "*A*", "<b>", "A" * 25, "A {b}", "A #b"]
)
def test_a_name_that_is_unsafe_in_yaml_is_rejected(name: str, tmp_path: Path) -> None:
    with pytest.raises(CannotBegin, match="--name"):
        write_borough(tmp_path / "council", name)
    assert not (tmp_path / "council").exists()


def test_init_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "council.yaml").write_text("mine")
    with pytest.raises(CannotBegin, match="is not empty"):
        write_borough(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["council.yaml"]


def test_init_prints_the_next_steps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "my council"
    assert server.main(["init", str(folder), "--name", "Little Snoring"]) == 0
    said = capsys.readouterr().out
    assert f"onestop check '{folder}'" in said
    assert f"onestop serve --content '{folder}'" in said
    assert check(folder, lambda: 0.0, ContentRules(MEANS)) == 0
    assert server.main(["init", str(folder)]) == 1
    assert capsys.readouterr().err == f"onestop: {folder} is not empty\n"
