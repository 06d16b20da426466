"""Reloading parses only the changed files, and gives the same result as loading everything."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support.samples.small_content import FILES, GRITTING, TODAY

from onestop.catalogue.source.load import LoadResult, load, reload
from onestop.catalogue.source.service_file import ServiceFile, read_service

BIN, GRIT = "services/bins/missed-bin.md", "services/roads/gritting.md"


@pytest.fixture
def folder(write: Callable[..., Path]) -> Path:
    return write()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of service files that are parsed from now on."""
    names: list[str] = []

    def noting(path: Path, file: ServiceFile, *, translation: bool, today: date) -> ServiceFile:
        names.append(path.name)
        return read_service(path, file, translation=translation, today=today)

    monkeypatch.setattr("onestop.catalogue.source.worker_processes.read_service", noting)
    return names


def after(loaded: LoadResult, folder: Path, changes: dict[str, str | None]) -> LoadResult:
    """Return the result of reloading until nothing changes any more."""
    for name, text in changes.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
    again = reload(loaded, folder, frozenset(folder / name for name in changes), TODAY)
    return reload(again, folder, frozenset(), TODAY) if again.unsettled else again


def same(one: LoadResult, other: LoadResult) -> bool:
    return one.faults == other.faults and one.files == other.files and shown(one) == shown(other)


def shown(loaded: LoadResult) -> tuple[object, ...]:
    catalogue = loaded.catalogue
    assert catalogue
    return catalogue.sections, catalogue.services, catalogue.letters, catalogue.alerts


@pytest.mark.parametrize(
    ("changes", "files"),
    [
        ({BIN: FILES[BIN].replace("Report a", "Tell us of a")}, ["missed-bin.md"]),
        ({BIN: None}, []),
        ({"services/bins/missed-bin.cy.md": None}, []),
        ({"services/roads/new.md": GRITTING.replace("608", "609")}, ["new.md"]),
        ({"services/bins/section.yaml": FILES["services/bins/section.yaml"].replace("trash-2", "trash")}, []),
        ({"alert.yaml": FILES["alert.yaml"].replace("\non: yes", "\non: no")}, []),
        ({"council.yaml": FILES["council.yaml"].replace("01632 960 100", "01632 960 101")}, []),
        ({"holidays.yaml": "holidays: []\n"}, []),
    ],
)
def test_only_changed_files_are_parsed_again(
    folder: Path, read: list[str], changes: dict[str, str | None], files: list[str]
) -> None:
    loaded = load(folder, TODAY)
    read.clear()
    again = after(loaded, folder, changes)
    assert sorted(read) == files
    assert same(again, load(folder, TODAY))


def test_another_list_of_languages_parses_every_file_again(folder: Path, read: list[str]) -> None:
    council = re.sub(r", cy: [^}]*", "", FILES["council.yaml"]).replace("[en, cy]", "[en]")
    loaded = load(folder, TODAY)
    read.clear()
    again = after(loaded, folder, {"council.yaml": council})
    assert sorted(read) == ["gritting.md", "missed-bin.md"]
    assert again.catalogue and again.catalogue.languages == ("en",)


def test_a_faulty_change_can_be_corrected(folder: Path, read: list[str]) -> None:
    loaded = load(folder, TODAY)
    broken = after(loaded, folder, {GRIT: "broken"})
    assert shown(broken) == shown(loaded)
    assert broken.held == {f"content/{GRIT}"}
    read.clear()
    mended = after(broken, folder, {GRIT: GRITTING})
    assert read == ["gritting.md"]
    assert same(mended, loaded)


def test_an_unreadable_council_file_can_be_corrected_without_parsing_all_files(folder: Path, read: list[str]) -> None:
    loaded = load(folder, TODAY)
    broken = after(loaded, folder, {"council.yaml": "name: ["})
    assert shown(broken) == shown(loaded)
    assert [fault.file for fault in broken.faults] == ["content/council.yaml"]
    read.clear()
    mended = after(broken, folder, {"council.yaml": FILES["council.yaml"]})
    assert read == []
    assert same(mended, loaded)


def test_reloading_does_not_modify_the_catalogue_in_use(folder: Path) -> None:
    loaded = load(folder, TODAY)
    assert loaded.catalogue
    before = loaded.catalogue.services[0]
    after(loaded, folder, {BIN: FILES[BIN].replace("Report a", "Tell us of a")})
    assert loaded.catalogue.services[0] is before
    assert before.title("en") == "Report a missed bin"


def test_a_new_file_is_read_without_being_listed_as_changed(folder: Path) -> None:
    loaded = load(folder, TODAY)
    (folder / "services/roads/new.md").write_text(GRITTING.replace("608", "609"))
    again = reload(loaded, folder, frozenset(), TODAY)
    assert again.catalogue
    assert again.catalogue.numbered("609")


def test_progress_is_reported_until_all_files_are_read(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    load(folder, TODAY, lambda done, total: told.append((done, total)))
    assert told[-1] == (4, 4)
