"""The screen of search results: counts, urgent words, references, other languages."""

from pathlib import Path

import pytest
from catalogue.shown import NOON, menu_of
from support.samples.small_content import TODAY, write_content

from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens import (
    reference_screen,
    search_screen,
)
from onestop.catalogue.search.index import SearchIndex
from onestop.catalogue.source.load import load
from onestop.language import Words
from onestop.screen import (
    Facts,
    Menu,
    Note,
    Paragraph,
    Run,
    Search,
)

SEARCHED = """
urgent:
  - words: {en: [wife/husband hits, "999"], cy: [gŵr taro]}
    say: {en: Ring 999 now., cy: Ffoniwch 999 nawr.}
    ring:
      - {name: {en: Police, cy: Heddlu}, phone: "999"}
    target: /roads/gritting
"""


@pytest.mark.parametrize(
    ("language", "query"),
    [
        ("en", "my husband hit me"),
        ("en", "hits wife!"),
        ("en", "4872263 4487"),
        ("en", "69048722630448063"),
        ("en", "999"),
        ("en", "husbend hits"),
        ("cy", "mae fy ngŵr yn fy nharo"),
        ("cy", "my husband hits me"),
    ],
)
def test_an_urgent_query_shows_whom_to_ring_above_the_results(
    tmp_path: Path, english: Words, welsh: Words, language: str, query: str
) -> None:
    searched = load(write_content(tmp_path / "content", {"search.yaml": SEARCHED}), TODAY).catalogue
    assert searched
    index = SearchIndex.build(searched, language)
    screen = search_screen(searched, index, query, english if language == "en" else welsh, NOON)
    note, facts, _, menu = screen.blocks[1:]
    assert isinstance(note, Note)
    assert isinstance(facts, Facts)
    assert isinstance(menu, Menu)
    assert (note.kind, "999" in note.text[0].text) == ("warning", True)
    assert facts.rows[0][1][0].target == "tel:999"
    assert menu.items[0].target == "/roads/gritting"


def test_other_queries_are_not_urgent(tmp_path: Path) -> None:
    searched = load(write_content(tmp_path / "content", {"search.yaml": SEARCHED}), TODAY).catalogue
    assert searched
    index = SearchIndex.build(searched, "en")
    assert not any(map(index.urgent_answer, ["husband", "hits", "missed bin", "husbandry", "", "4878"]))


def test_a_complete_query_has_no_search_field(catalogue: Catalogue, english: Words) -> None:
    screen = search_screen(catalogue, SearchIndex.build(catalogue, "en"), "7684653", english, NOON, typed=True)
    assert (screen.kind, screen.address) == ("results", "/search/7684653/results")
    assert not any(isinstance(block, Search) for block in screen.blocks)


def test_a_result_in_another_language_says_so(catalogue: Catalogue, welsh: Words) -> None:
    screen = search_screen(catalogue, SearchIndex.build(catalogue, "cy"), "bin", welsh, NOON)
    menu = next(block for block in screen.blocks if isinstance(block, Menu))
    translated = {
        address for address, thing in catalogue.by_address.items() if "cy" in getattr(thing, "texts", {"cy": 1})
    }
    assert {item.target for item in menu.items if not item.language} <= translated
    assert all(item.language == "en" for item in menu.items if item.target not in translated)


def test_a_search_shows_the_number_of_results(catalogue: Catalogue, english: Words) -> None:
    screen = search_screen(catalogue, SearchIndex.build(catalogue, "en"), " missed  bin ", english, NOON)
    assert screen.blocks[0] == Search("missed bin")
    assert screen.blocks[1] == Paragraph((Run("2 services found"),))
    assert screen.address == "/search/missed%20bin"
    assert menu_of(screen).items[0].target == "/bins/missed-bin"


def test_a_search_without_results_says_what_to_do(catalogue: Catalogue, english: Words) -> None:
    screen = search_screen(catalogue, SearchIndex.build(catalogue, "en"), "zzzz{0}", english, NOON)
    assert screen.title == "Search: zzzz{0}"
    assert screen.blocks[1:] == (Paragraph((Run("Nothing found. Try another word, or look through the A to Z."),)),)
    empty = search_screen(catalogue, SearchIndex.build(catalogue, "en"), "", english, NOON)
    assert (empty.blocks, empty.address, empty.title) == ((Search(),), "/search", "Search")


def test_a_reference_typed_into_search_leads_to_where_it_is_followed(catalogue: Catalogue, english: Words) -> None:
    found = menu_of(reference_screen(catalogue, "123 456 7890", "1234567890", english))
    assert [(item.target, item.number) for item in found.items] == [("/track", "102")]
