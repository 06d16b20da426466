"""The fictional gazetteer of Eastmere, made and imported once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from onestop.places.gazetteer.reader import Gazetteer
from scripts.make_gazetteer import make_into

ADDRESSES = 60_000


@pytest.fixture(scope="session")
def eastmere_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("eastmere") / "gazetteer.db"
    assert make_into(file, ADDRESSES) >= ADDRESSES
    return file


@pytest.fixture
def eastmere(eastmere_file: Path) -> Iterator[Gazetteer]:
    gazetteer = Gazetteer(eastmere_file)
    yield gazetteer
    gazetteer.close()
