"""Parsing in worker processes gives the same result as parsing in one process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.samples.small_content import GRITTING, TODAY, Changes

from onestop.catalogue.source import worker_processes as crowd
from onestop.catalogue.source.load import load

MANY: Changes = {
    f"services/roads/street-{place}.md": GRITTING.replace("608", f"{6000 + place}") for place in range(40)
} | {
    "services/roads/broken.md": "broken",
    "services/roads/unknown.md": GRITTING.replace("608", "6999") + "\nSee [this](/roads/nowhere).\n",
}


@pytest.fixture
def folder(write: Callable[..., Path]) -> Path:
    return write(MANY)


def test_worker_processes_parse_the_same_as_one_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = load(folder, TODAY)
    monkeypatch.setattr(crowd, "MANY", 10)
    monkeypatch.setattr(crowd, "_cores", lambda: 3)
    told: list[tuple[int, int]] = []
    together = load(folder, TODAY, lambda done, total: told.append((done, total)))
    assert together.faults == alone.faults
    assert together.content.services == alone.content.services
    assert list(together.content.services) == list(alone.content.services)
    assert told[-1] == (46, 46)


def test_files_of_a_failed_worker_are_parsed_in_this_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = load(folder, TODAY)
    monkeypatch.setattr(crowd, "MANY", 10)
    monkeypatch.setattr(crowd, "_cores", lambda: 2)
    for broken in ("/nowhere/python", "/bin/false"):
        monkeypatch.setattr("sys.executable", broken)
        assert load(folder, TODAY).content.services == alone.content.services
