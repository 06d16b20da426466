"""Pages are full, a service takes few, and ringing or starting is at most two presses away, by the layout itself."""

import statistics
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.layout.tv_pages import NOON, Fullness, fullness, words_of
from channels.tv import CHANNEL
from channels.tv.measures import head_height, head_lines, measures_for
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
    assert found.away <= 2


FAMILIES = ["hbbtv", "hbbtv.large", "maple_gecko", "maple_gecko.large", "wii"]


@pytest.mark.parametrize("device", FAMILIES)
def test_every_kind_of_set_rings_and_starts_within_two_presses(device: str, catalogue: Catalogue) -> None:
    some = replace(catalogue, services=catalogue.services[::4])
    for language in catalogue.languages:
        assert fullness(some, device, language).away <= 2, language


def test_these_are_all_kinds_of_set() -> None:
    kinds = {(bool(one.sheet), one.sizes) for one in CHANNEL.sets.values()}
    assert kinds == {(bool(CHANNEL.sets[name].sheet), CHANNEL.sets[name].sizes) for name in FAMILIES}


def test_a_title_of_many_lines_leaves_the_page_room_for_its_foot(catalogue: Catalogue) -> None:
    words = words_of("en", catalogue)
    screen = service_screen(catalogue, catalogue.services[0], words, NOON)
    long = replace(screen, title="Tell us about " + "something that takes many words to say and " * 2)
    for device in (CHANNEL.sets["browser"], CHANNEL.sets["browser.large"]):
        sizes = device.sizes
        measures = measures_for(long, words, sizes, parts=True)
        assert measures.height + head_height(long.title, sizes) <= measures_for(
            screen, words, sizes, parts=True
        ).height + head_height(screen.title, sizes)
        assert all(
            page.frame["head"] == head_lines(long.title, sizes) > 2 for page in CHANNEL.lay_out(long, device, words)
        )


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
