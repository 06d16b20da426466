"""Pages of a kiosk are full, and a service takes few, by the layout itself."""

import statistics

import pytest
from support.render_screen import words_for

from bench.layout.kiosk_pages import kiosk_fullness
from bench.layout.tv_pages import NOON
from channels.kiosk import CHANNEL
from channels.kiosk.devices import DEVICES
from onestop.catalogue.screens.home import home_screen
from onestop.catalogue.source.load import LoadResult

# Pages of all services, median and most of one service, and the mean fill of columns. In larger text on a landscape display they
# were 1,665, 14, 50 and 73 % when each page had the alert and a line for the section; in the largest 3,473, 27, 195 and 82 % when
# each had its title above the text.
MOST = {
    "portrait": (620, 5, 13, 0.91),
    "landscape": (720, 6, 18, 0.81),
    "portrait.large": (890, 7, 19, 0.90),
    "landscape.large": (920, 7, 21, 0.80),
    "landscape.larger": (1570, 12, 58, 0.87),
    "landscape.largest": (2300, 18, 76, 0.83),
}

HOMES = {"landscape.larger": {"en": 2, "cy": 2}, "landscape.largest": {"en": 2, "cy": 3}}


@pytest.mark.parametrize("device", MOST)
def test_services_take_few_pages_and_those_are_full(device: str, borough: LoadResult) -> None:
    assert borough.catalogue
    found = kiosk_fullness(borough.catalogue, device, "en")
    counts = list(found.counts.values())
    pages, median, worst, fill = MOST[device]
    assert sum(counts) <= pages and statistics.median(counts) <= median and max(counts) <= worst
    assert found.fill >= fill


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize(
    "device",
    [
        "portrait", "portrait.low", "portrait.large", "landscape", "landscape.low", "landscape.large", "landscape.larger",
        "landscape.largest",
    ],
)  # fmt: skip
def test_home_is_one_page(device: str, language: str, borough: LoadResult) -> None:
    """Welsh in large text has the longest labels and takes more, as both do in the two largest sizes of a wide display."""
    assert borough.catalogue
    words = words_for(CHANNEL, language)
    pages = CHANNEL.lay_out(home_screen(borough.catalogue, words, NOON, area=True), DEVICES[device], words)
    assert len(pages) <= HOMES.get(device, {"en": 1, "cy": 2 if "large" in device else 1})[language]
