"""Fixtures: the small catalogue, written and loaded for each test."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from support.samples.small_content import TODAY, Changes, write_content

from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.source.load import LoadResult, load
from onestop.language import Words, load_words


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the small content folder with changes, ``write({"services/bins/missed-bin.md": ...})``, and returns
    it.
    """

    def write_into(changes: Changes | None = None) -> Path:
        return write_content(tmp_path / "content", changes or {})

    return write_into


@pytest.fixture
def small(write: Callable[..., Path]) -> LoadResult:
    return load(write(), TODAY)


@pytest.fixture
def catalogue(small: LoadResult) -> Catalogue:
    assert small.catalogue, small.faults
    return small.catalogue


@pytest.fixture(scope="session")
def english() -> Words:
    return load_words([], ["en"], ZoneInfo("Europe/London"))["en"]


@pytest.fixture(scope="session")
def welsh() -> Words:
    return load_words([], ["cy"], ZoneInfo("Europe/London"))["cy"]
