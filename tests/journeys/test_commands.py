"""`check` reads journeys with the catalogue, `paths` draws one; a service leads to its journey."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from support.paths import ROOT
from support.samples.small_content import FILES, TODAY, write_content
from support.samples.small_journeys import MEANS, REPAIR

from onestop.catalogue.screens import screen_at
from onestop.catalogue.source.load import load
from onestop.language import load_words
from onestop.screen import Action
from onestop.site.check import ContentRules, check, show_paths
from server import main

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BIN = "services/bins/missed-bin.md"
DESKS = "housing: {en: Housing repairs, cy: Atgyweiriadau tai}\n"
Write = Callable[[Mapping[str, str]], Path]


def clock() -> float:
    return 0.0


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_into(more: Mapping[str, str]) -> Path:
        head = FILES[BIN].replace("lgsl: 577\n", "lgsl: 577\njourney: repair\n")
        folder = write_content(tmp_path / "content", {BIN: head, **{k: v for k, v in more.items() if k == BIN}})
        (folder / "journeys").mkdir()
        for name, text in {"desks.yaml": DESKS, "journeys/repair.yaml": REPAIR, **more}.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write_into


def test_a_content_folder_with_a_journey_passes(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(write({}), clock, ContentRules(MEANS)) == 0
    said = capsys.readouterr().out
    # The warning is that there is no accessibility statement.
    assert ", 1 journeys: 0 errors, 1 warnings" in said and "accessibility.md" in said


def test_missing_and_unused_journeys_are_reported(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write({BIN: FILES[BIN].replace("lgsl: 577\n", "lgsl: 577\njourney: repairs\n")})
    assert check(folder, clock, ContentRules(MEANS)) == 1
    said = capsys.readouterr().out
    assert f"content/{BIN}:6:10: there is no journey `repairs`; did you mean `repair`?" in said
    assert "content/journeys/repair.yaml:1:1: warning: no service leads to this journey" in said


def test_a_fault_of_a_journey_fails_the_check(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(write({"desks.yaml": DESKS.replace("housing", "houses")}), clock, ContentRules(MEANS)) == 1
    assert "there is no desk `housing` in desks.yaml; did you mean `houses`?" in capsys.readouterr().out


def test_errors_are_listed_before_warnings_and_missing_translations_in_one_line(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write({BIN: FILES[BIN].replace("lgsl: 577", "lgsl: none")})
    (folder / "services/bins/missed-bin.cy.md").unlink()
    assert check(folder, clock, ContentRules(MEANS)) == 1
    said = capsys.readouterr().out.splitlines()
    assert "warning" not in said[0] and f"{BIN}:5:" in said[0]
    assert said[-2].startswith("warning: 1 files lack texts in `cy`: ")


def test_one_file_is_checked_alone(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write({BIN: FILES[BIN].replace("lgsl: 577", "lgsl: none"), "holidays.yaml": "holidays: ["})
    assert check(folder / BIN, clock, ContentRules(MEANS)) == 1
    said = capsys.readouterr().out
    assert f"{folder / BIN}: 1 errors" in said and "holidays.yaml" not in said
    assert check(folder / "services/roads/gritting.md", clock, ContentRules(MEANS)) == 0
    assert check(folder / "nothing.md", clock, ContentRules(MEANS)) == 1


def test_content_without_journeys_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(write_content(tmp_path / "content", {}), clock, ContentRules(MEANS)) == 0
    assert " journeys" not in capsys.readouterr().out


def test_the_paths_of_one_journey_are_drawn(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write({})
    assert show_paths(folder / "journeys" / "repair.yaml", MEANS) == 0
    said = capsys.readouterr().out
    assert "Order a housing repair (repair, edition" in said and "danger: gas -> stops, 1 press" in said
    assert show_paths(folder / "journeys" / "nothing.yaml", MEANS) == 1
    (folder / "journeys" / "repair.yaml").write_text(REPAIR.replace("who: tenant", "who: lodger"), encoding="utf-8")
    assert show_paths(folder / "journeys" / "repair.yaml", MEANS) == 1
    assert "journeys/repair.yaml:2:6: `lodger` is none of" in capsys.readouterr().out


def test_a_journey_over_its_budget_is_drawn_with_its_faults(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    file = write({}) / "journeys" / "repair.yaml"
    tight = {name: replace(means, median=1, worst=1) for name, means in MEANS.items()}
    assert show_paths(file, tight) == 1
    said = capsys.readouterr().out
    assert f"{file}:1:8: takes 6 presses on `remote`" in said and "danger: gas -> stops, 1 press" in said
    file.write_text(REPAIR.replace("    thin: {en: Please ring me, cy: Ffoniwch fi}\n", ""), encoding="utf-8")
    assert show_paths(file, MEANS) == 1
    said = capsys.readouterr().out
    assert "cannot be answered on `remote`" in said and "->" not in said


def test_a_file_outside_a_catalogue_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "journeys").mkdir()
    file = tmp_path / "journeys" / "repair.yaml"
    file.write_text(REPAIR, encoding="utf-8")
    assert show_paths(file, MEANS) == 1
    assert f"{file} is not in the journeys of a catalogue" in capsys.readouterr().err


def test_a_fault_names_the_path_as_given(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write({BIN: FILES[BIN].replace("number: 214", "number: many")})
    check(folder, clock, ContentRules(MEANS))
    assert f"{folder / BIN}:2:9: " in capsys.readouterr().out


def test_the_commands_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["paths", str(ROOT / "content" / "journeys" / "missed-bin.yaml")]) == 0
    drawn = capsys.readouterr().out
    assert "presses: fewest" in drawn and "-> sent" in drawn
    assert main(["check", str(ROOT / "content")]) == 0
    with pytest.raises(SystemExit):
        main(["paths"])


@pytest.mark.parametrize(("start", "label"), [("", "Start now"), ("start: Report it now\n", "Report it now")])
def test_a_service_leads_to_its_journey_near_the_top(tmp_path: Path, start: str, label: str) -> None:
    head = FILES[BIN].replace("lgsl: 577\n", f"lgsl: 577\njourney: missed-bin\n{start}")
    loaded = load(write_content(tmp_path / "content", {BIN: head}), TODAY)
    assert loaded.catalogue, loaded.faults
    words = load_words([ROOT / "onestop" / "language"], ["en", "cy"], ZoneInfo("Europe/London"))
    screen = screen_at(loaded.catalogue, "/bins/missed-bin", words["en"], NOW)
    assert screen and screen.blocks[1] == Action(label, "/bins/missed-bin/ask")
    welsh = screen_at(loaded.catalogue, "/bins/missed-bin", words["cy"], NOW)
    assert welsh and welsh.blocks[1] == Action("Dechrau nawr", "/bins/missed-bin/ask")
    other = screen_at(loaded.catalogue, "/roads/gritting", words["en"], NOW)
    assert other and not any(isinstance(block, Action) for block in other.blocks)
