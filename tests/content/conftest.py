"""The journeys of the demonstration borough, read once with the channels that there are."""

from collections.abc import Mapping

import pytest
from conftest import CONTENT, TODAY

from channels.registry import find_channels
from onestop.catalogue.load import Loaded
from onestop.journeys.desks import read_desks
from onestop.journeys.load import ReadJourneys, read_journeys
from onestop.language import Said
from onestop.screen import Means


@pytest.fixture(scope="session")
def means() -> Mapping[str, Means]:
    return {channel.name: channel.means for channel in find_channels()}


@pytest.fixture(scope="session")
def desks(borough: Loaded) -> Mapping[str, Said]:
    found, faults = read_desks(CONTENT, borough.parts.languages)
    assert not faults
    return found


@pytest.fixture(scope="session")
def read(borough: Loaded, desks: Mapping[str, Said], means: Mapping[str, Means]) -> ReadJourneys:
    return read_journeys(CONTENT, borough.parts.languages, desks, means, TODAY)
