"""The fictional gazetteer of Eastmere, made and imported once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from onestop.places.files.recognise import read_files
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.gazetteer.writer import write_gazetteer
from scripts.make_gazetteer import make

ADDRESSES = 60_000


@pytest.fixture(scope="session")
def eastmere_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eastmere")
    make(folder, ADDRESSES)
    found = read_files([folder / f"{name}.csv" for name in ("addresses", "rounds", "postcodes", "councils")])
    assert not found.faults
    write_gazetteer(folder / "gazetteer.db", found)
    return folder / "gazetteer.db"


@pytest.fixture
def eastmere(eastmere_file: Path) -> Iterator[Gazetteer]:
    gazetteer = Gazetteer(eastmere_file)
    yield gazetteer
    gazetteer.close()
