"""Search quality: what residents ask of the demonstration borough, judged by the place of the service they need.

The queries come from the names residents have for services in councils' lists of top tasks, the Local Government Services List and
forums, not from the titles of the catalogue. A query's rank is that of the first of its services.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from onestop.catalogue.search.index import SearchIndex
from onestop.catalogue.search.terms import digits, terms
from onestop.catalogue.source.load import load

CONTENT = Path(__file__).parent.parent.parent / "content"
TELEVISION_PAGE = 6
"""The fewest results on the first page of a television."""


class Judged(NamedTuple):
    language: str
    query: str
    services: frozenset[str]


def _read(name: str) -> list[Judged]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [Judged(language, query, frozenset(services.split())) for language, query, services in rows]


QUERIES, URGENT = _read("search_queries.tsv"), _read("urgent_queries.tsv")
NONE = frozenset({"-"})


@cache
def _indexes() -> Mapping[str, SearchIndex]:
    catalogue = load(CONTENT, date(2026, 11, 27)).catalogue
    assert catalogue
    return {language: SearchIndex.build(catalogue, language) for language in catalogue.languages}


def keyed(query: str) -> str:
    """Return a query as it is typed on a remote: the keys of its words, with 0 between them."""
    return "0".join(digits(word) for word in terms(query))


def ranks(language: str, typed: Callable[[str], str] = str) -> dict[str, int]:
    """Return the rank of each query's service, or 0 if it is not found."""
    index = _indexes()[language]
    found: dict[str, int] = {}
    for one in (one for one in QUERIES if one.language == language):
        addresses = [result.address for result in index.find(typed(one.query))]
        found[one.query] = next((place for place, address in enumerate(addresses, 1) if address in one.services), 0)
    return found


def reciprocal(places: Sequence[int]) -> float:
    return sum(1 / place for place in places if place) / len(places)


def share_within(places: Sequence[int], most: int) -> float:
    return sum(0 < place <= most for place in places) / len(places)


def test_the_set_is_large_and_names_services_that_exist() -> None:
    languages = [one.language for one in QUERIES]
    assert languages.count("en") >= 150
    assert languages.count("cy") >= 40
    assert len({(one.language, one.query) for one in QUERIES}) == len(QUERIES)
    there = {thing.address for thing in _indexes()["en"].things.things}
    assert not [one for one in QUERIES if not one.services or not one.services <= there]


@pytest.mark.parametrize(("language", "least", "first_three"), [("en", 0.97, 0.98), ("cy", 0.95, 0.98)])
def test_the_service_that_is_needed_comes_first(language: str, least: float, first_three: float) -> None:
    found = ranks(language)
    places = list(found.values())
    not_first = {query: place for query, place in found.items() if place != 1}
    assert reciprocal(places) >= least, not_first
    assert share_within(places, 3) >= first_three, not_first


def test_digits_find_it_on_the_first_page_of_a_television() -> None:
    found = ranks("en", keyed)
    missed = {query: place for query, place in found.items() if not 0 < place <= TELEVISION_PAGE}
    assert share_within(list(found.values()), TELEVISION_PAGE) >= 0.97, missed


def _called_for(one: Judged, typed: Callable[[str], str] = str) -> bool:
    """Return whether a query gets the urgent answer that it should, or none."""
    answer = _indexes()[one.language].urgent_answer(typed(one.query))
    return (answer.target if answer else "-") in one.services


def test_urgent_queries_get_the_answer_they_call_for() -> None:
    queries = [one for one in URGENT if one.services != NONE]
    missed = [one.query for one in queries if not _called_for(one)]
    assert len(queries) >= 70
    assert not missed
    by_keys = [one.query for one in queries if one.language == "en" and not _called_for(one, keyed)]
    assert len(by_keys) <= 0.05 * len(queries), by_keys


def test_queries_that_are_not_urgent_get_no_such_answer() -> None:
    quiet = [one for one in URGENT if one.services == NONE]
    assert len(quiet) >= 40
    assert not [one.query for one in quiet if not _called_for(one)]


def test_english_is_found_on_welsh_pages_and_welsh_on_english_ones() -> None:
    """The other language's service is found, and the result says in which language its text is."""
    welsh, english = _indexes()["cy"], _indexes()["en"]
    found = welsh.find("priodi")[0]
    assert (found.address, found.language) == ("/care/get-married", "en")
    assert welsh.find("pothole")[0].address == "/roads/pothole"
    assert welsh.find("pothole")[0].language == "cy"
    assert english.find("llyfrgell")[0].address in {"/leisure/libraries", "/leisure/join-library"}
    assert english.find("priodas")[0].address == "/care/get-married"
