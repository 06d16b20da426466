"""What every test may count on: the demonstration borough, read once, and a real server on a real port."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support.every_kind import Everything, write_everything
from support.paths import CONTENT
from support.server_process import serving

from onestop.catalogue.source.load import LoadResult, load

TODAY = date(2026, 11, 23)
# A machine that has other work to do is slow at making examples; that says nothing of what is tested.
settings.register_profile("busy", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("busy")


@pytest.fixture(scope="session")
def borough() -> LoadResult:
    """The demonstration borough as its loader reads it."""
    return load(CONTENT, TODAY)


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server of `origin` keeps what it keeps."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="session")
def outbox(server_folder: Path) -> Path:
    """The folder its cases are delivered to."""
    return server_folder / "outbox"


@pytest.fixture(scope="session")
def origin(server_folder: Path) -> Iterator[str]:
    """The address of `python server.py` serving the demonstration borough in a process of its own."""
    with serving(server_folder, CONTENT) as address:
        yield address


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everything]:
    """A server of a journey that asks one question of every kind."""
    folder = tmp_path_factory.mktemp("everything")
    with serving(folder, write_everything(folder)) as address:
        yield Everything(address, folder / "outbox")
