"""No kiosk page and no column of one ends with a heading."""

import pytest
from support.render_screen import words_for

from bench.layout.tv_pages import NOON
from channels.kiosk import CHANNEL
from onestop.catalogue.screens.service import service_screen
from onestop.catalogue.source.load import LoadResult
from onestop.screen import Heading


@pytest.mark.parametrize("device", ["portrait.large", "landscape", "landscape.large"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_no_column_ends_with_a_heading(device: str, language: str, borough: LoadResult) -> None:
    assert borough.catalogue
    words = words_for(CHANNEL, language)
    for service in borough.catalogue.services:
        screen = service_screen(borough.catalogue, service, words, NOON)
        for page in CHANNEL.lay_out(screen, CHANNEL.devices[device], words):
            columns = page.frame["columns"]
            assert isinstance(columns, tuple)
            for column in (page.blocks, *columns):
                assert not column or not isinstance(column[-1], Heading), (service.address, page.number)
