"""The journeys of the demonstration borough and the means of the real channels, read once."""

from collections.abc import Mapping

import pytest
from support.paths import ROOT
from support.samples.small_journeys import LANGUAGES, TODAY

from channels.registry import find_channels
from onestop.journeys.source.desks import read_desks
from onestop.journeys.source.folder import ReadJourneys, read_journeys
from onestop.screen import Means


@pytest.fixture(scope="session")
def means() -> Mapping[str, Means]:
    return {channel.name: channel.means for channel in find_channels()}


@pytest.fixture(scope="session")
def borough_journeys(means: Mapping[str, Means]) -> ReadJourneys:
    desks, faults = read_desks(ROOT / "content", LANGUAGES)
    assert desks and not faults
    return read_journeys(ROOT / "content", LANGUAGES, desks, means, TODAY)
