"""Fixtures: a speaker that needs no external program, and a folder of recordings."""

from pathlib import Path

import pytest
from speech.fake_engine import Mimic

from onestop.speech.recordings import Recordings
from onestop.speech.speaker import Speaker


@pytest.fixture
def mimic() -> Mimic:
    return Mimic()


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path / "speech", 1_000_000)


@pytest.fixture
def speaker(mimic: Mimic, recordings: Recordings) -> Speaker:
    return Speaker(mimic, recordings, patience=5)
