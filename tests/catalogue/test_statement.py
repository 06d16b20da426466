"""The accessibility statement: read, translated, shown, and warned about when it is missing or old."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.paths import CONTENT, ROOT
from support.render_screen import words_for

from channels.mobile import CHANNEL
from onestop.authoring.faults import Fault
from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.source.load import load
from onestop.catalogue.statement.statement import Statement, read_statement, statement_screen
from onestop.screen import Heading
from onestop.starter.borough import write_borough

TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    folder = tmp_path_factory.mktemp("borough")
    write_borough(folder)
    loaded = load(folder, TODAY)
    assert loaded.catalogue
    yield loaded.catalogue


def read(folder: Path, catalogue: Catalogue, today: date = TODAY) -> tuple[Statement | None, tuple[Fault, ...]]:
    return read_statement(folder, "content", catalogue, today)


def write(folder: Path, text: str) -> Path:
    (folder / "accessibility.md").write_text(
        f"---\ntitle: Accessibility\nreviewed: 2026-11-01\n---\n{text}\n", encoding="utf-8"
    )
    return folder


def test_the_starter_and_the_borough_have_one_in_each_language_without_faults(catalogue: Catalogue) -> None:
    for folder in (ROOT / "onestop" / "starter" / "files", CONTENT):
        own = load(folder, TODAY).catalogue
        assert own
        found, faults = read(folder, own)
        assert not faults
        assert found
        for language in ("en", "cy"):
            screen = statement_screen(found, own, words_for(CHANNEL, language))
            assert (screen.address, screen.language) == ("/accessibility", language)
            # The parts of the regulations' model statement.
            assert sum(isinstance(block, Heading) for block in screen.blocks) == 8


def test_a_missing_one_and_one_older_than_a_year_are_warnings(tmp_path: Path, catalogue: Catalogue) -> None:
    found, faults = read(tmp_path, catalogue)
    assert found is None
    assert [(fault.file, fault.severity) for fault in faults] == [("content/accessibility.md", "warning")]
    write(tmp_path, "We try.")
    assert [fault.language for fault in read(tmp_path, catalogue)[1]] == ["cy"]
    found, faults = read(tmp_path, catalogue, date(2027, 11, 15))
    assert found
    assert "more than a year ago" in faults[0].message
    assert {fault.severity for fault in faults} == {"warning"}


def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path, catalogue: Catalogue) -> None:
    found, faults = read(write(tmp_path, "See [this](/nothing/here)."), catalogue)
    assert found is None
    assert "/nothing/here" in faults[0].message
    found, _ = read(write(tmp_path, "See [this](/contact/visit-us)."), catalogue)
    assert found


def test_without_a_translation_it_is_shown_in_its_own_language(tmp_path: Path, catalogue: Catalogue) -> None:
    found, _ = read(write(tmp_path, "We try."), catalogue)
    assert found
    assert statement_screen(found, catalogue, words_for(CHANNEL, "cy")).language == "en"
