"""Pages are full, a service takes few, and ringing or starting is at most two presses away, by the layout itself."""

import statistics
from collections.abc import Iterator

import pytest

from bench.tv_pages import NOON, Fullness, fullness, words_of
from channels.tv import CHANNEL
from channels.tv.parts import MOST, PagePart
from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens.service import service_screen
from onestop.catalogue.source.load import LoadResult
from onestop.screen import Heading

MOST_PAGES = {"en": 820, "cy": 850}


@pytest.fixture(scope="module")
def catalogue(borough: LoadResult) -> Catalogue:
    assert borough.catalogue
    return borough.catalogue


@pytest.fixture(scope="module", params=["en", "cy"])
def measured(request: pytest.FixtureRequest, catalogue: Catalogue) -> tuple[str, Fullness]:
    return request.param, fullness(catalogue, "hbbtv", request.param)


def test_services_take_few_pages_and_those_are_full(measured: tuple[str, Fullness]) -> None:
    language, found = measured
    counts = list(found.counts.values())
    assert sum(counts) <= MOST_PAGES[language] and statistics.median(counts) <= 7
    assert found.fill >= 0.85 and found.under_half < 0.05


def test_ringing_and_starting_are_two_presses_away_at_most(measured: tuple[str, Fullness]) -> None:
    _, found = measured
    assert max(found.away) <= 2


def headings(catalogue: Catalogue) -> Iterator[tuple[str, str, int]]:
    """Yield device, address and number of each page that ends with a heading."""
    for device in ("browser", "browser.large", "maple_gecko"):
        for language in catalogue.languages:
            words = words_of(language, catalogue)
            for service in catalogue.services:
                for page in CHANNEL.lay_out(
                    service_screen(catalogue, service, words, NOON), CHANNEL.sets[device], words
                ):
                    if not page.blocks or isinstance(page.blocks[-1], Heading):
                        yield device, service.address, page.number


def test_no_page_of_a_service_ends_with_a_heading(catalogue: Catalogue) -> None:
    assert list(headings(catalogue)) == []


def test_every_page_lists_the_same_parts_each_where_it_begins(catalogue: Catalogue) -> None:
    words = words_of("en", catalogue)
    for service in catalogue.services:
        pages = CHANNEL.lay_out(service_screen(catalogue, service, words, NOON), CHANNEL.sets["browser"], words)
        lists = [page.frame["parts"] for page in pages]
        assert all(isinstance(one, tuple) and len(one) <= MOST for one in lists)
        named = {
            tuple((part.name, part.page) for part in one if isinstance(part, PagePart))
            for one in lists
            if isinstance(one, tuple)
        }
        assert len(named) == 1
        (parts,) = named
        begins = [page for _, page in parts]
        assert begins == sorted(begins) and begins[0] == 1 and begins[-1] <= len(pages)
        for number, one in enumerate(lists, 1):
            assert isinstance(one, tuple) and any(part.shown for part in one), (service.address, number)
