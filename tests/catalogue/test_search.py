"""Search by words, prefixes, typing errors, numbers and telephone keys."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.samples.small_content import FILES, TODAY, Changes, write_content

from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.search.index import SearchIndex
from onestop.catalogue.search.matches import SLIPPED, slips
from onestop.catalogue.search.postings import post
from onestop.catalogue.search.spelling import distance, one_letter_off, skeleton
from onestop.catalogue.search.stems import mutated, stemmer, stemmers
from onestop.catalogue.search.terms import digits, fold, terms
from onestop.catalogue.source.load import load, reload

SERVICES = {
    "services/bins/collection-days.md": (
        201,
        "Find your bin collection day",
        "When we empty your bins.",
        "rubbish day, calendar",
    ),
    "services/bins/bulky-waste.md": (
        205,
        "Book a bulky waste collection",
        "We collect up to five items.",
        "sofa, mattress",
    ),
    "services/roads/pothole.md": (601, "Report a pothole", "Tell us and we make the road safe.", "hole, road repairs"),
    "services/roads/parking-permit.md": (
        603,
        "Get a parking permit",
        "For residents and visitors.",
        "car, street parking",
    ),
    "services/roads/parking-fine.md": (604, "Pay a parking fine", "Pay or challenge it.", "ticket, penalty"),
}
BODY = "---\nnumber: {}\ntitle: {}\nsummary: {}\nlgsl: 1\nwords: [{}]\nreviewed: 2026-10-01\n---\nText.\n"
CHANGES: Changes = {name: BODY.format(*parts) for name, parts in SERVICES.items()}


@pytest.fixture(scope="module")
def found_in(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    catalogue = load(write_content(tmp_path_factory.mktemp("search") / "content", CHANGES), TODAY).catalogue
    assert catalogue
    return catalogue


@pytest.fixture(scope="module")
def index(found_in: Catalogue) -> SearchIndex:
    return SearchIndex.build(found_in, "en")


def numbers(index: SearchIndex, query: str, limit: int = 20) -> list[str]:
    return [found.number for found in index.find(query, limit)]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("missed bin", "214"),
        ("Report a Missed Bin", "214"),
        ("how do I report a missed bin?", "214"),
        ("bins", "200"),
        ("bin collection", "201"),
        ("mattress", "205"),
        ("matress", "205"),
        ("matt", "205"),
        ("potholes", "601"),
        ("pohtole", "601"),
        ("pothloe", "601"),
        ("road repair", "601"),
        ("parking permit", "603"),
        ("parking ticket", "604"),
        ("not collected", "214"),
        ("before you report", "214"),
        ("sbwriel", "214"),
        ("608", "608"),
        ("number 608", "608"),
        ("7684653", "601"),
        ("6288", "205"),
        ("727546 73", "603"),
        ("7275460737", "603"),
    ],
)
def test_the_first_result_is_the_expected_service(index: SearchIndex, query: str, number: str) -> None:
    assert numbers(index, query)[:1] == [number]


def test_the_keys_737_find_repairs(index: SearchIndex) -> None:
    assert set(numbers(index, "737")) >= {"601", "608", "214"}


def test_a_service_number_ranks_before_keypad_matches(index: SearchIndex) -> None:
    assert numbers(index, "2")[:4] == ["200", "201", "205", "214"]
    assert numbers(index, "60")[:5] == ["600", "601", "603", "604", "608"]


def test_services_with_all_words_rank_before_those_with_one(index: SearchIndex) -> None:
    found = numbers(index, "parking fine")
    assert found[0] == "604"
    assert set(found) >= {"603", "600"}


def test_the_number_of_results_is_limited(index: SearchIndex) -> None:
    assert len(index.find("report", 1)) == 1
    assert index.find("report", 0) == ()


@pytest.mark.parametrize("query", ["", "   ", "?!", "zzzzqqqq", "0", "1", "10101", "\x00", "🗑"])
def test_an_empty_query_has_no_results(index: SearchIndex, query: str) -> None:
    assert index.find(query) == ()


@given(st.text(max_size=200) | st.text("0123456789 ", max_size=40))
def test_any_query_returns_results_without_an_error(index: SearchIndex, query: str) -> None:
    found = index.find(query, 5)
    assert len(found) <= 5
    assert len({one.address for one in found}) == len(found)


def test_a_misspelt_address_finds_similar_services(index: SearchIndex) -> None:
    assert index.nearest("/bins/mised-bin")[0].address == "/bins/missed-bin"
    assert index.nearest("/pothole.html")[0].address == "/roads/pothole"
    assert index.nearest("/%00/../") == ()


def test_a_section_is_found_with_its_icon(index: SearchIndex) -> None:
    found = index.find("roads and parking")[0]
    assert (found.address, found.icon, found.title) == ("/roads", "car", "Roads and parking")


def test_welsh_search_falls_back_to_english_texts(found_in: Catalogue) -> None:
    index = SearchIndex.build(found_in, "cy")
    assert index.find("gollwyd")[0].title == "Rhoi gwybod am fin a gollwyd"
    assert index.find("pothole")[0].title == "Report a pothole"
    assert index.find("biniau")[0].title == "Biniau"
    assert index.find("missed")[0].number == "214"


def test_welsh_words_are_found_in_every_mutation(found_in: Catalogue) -> None:
    index = SearchIndex.build(found_in, "cy")
    assert "214" in [found.number for found in index.find("bin")]
    assert index.find("ngraeanu")[0].number == "608"
    assert set(mutated("bin", "cy")) >= {"fin", "min"}
    assert "pont" in set(mutated("bont", "cy"))
    assert list(mutated("bin", "en")) == []


def test_words_are_folded_to_lower_case_without_accents() -> None:
    assert fold("Tŷ Gŵyl CAFÉ ﬁne") == "ty gwyl cafe fine"
    assert terms("Renew your driver’s licence – online") == ["renew", "your", "drivers", "licence", "online"]
    assert digits("repairs") == "7372477"


def test_a_typing_error_is_one_deletion_insertion_substitution_or_swap() -> None:
    slips = set(one_letter_off("bins"))
    assert slips >= {"ins", "bis", "bibs", "ibns", "binns", "binsy", "abins"}
    assert "bi" not in slips


def test_all_services_with_both_words_are_found_in_a_large_catalogue(tmp_path_factory: pytest.TempPathFactory) -> None:
    many: dict[str, str | bytes | None] = {
        f"services/roads/street-{place}.md": BODY.format(
            60000 + place,
            f"Lamp {'repair' if place % 40 else 'parking'} {place}",
            "Text",
            "light" if place % 25 else "fine",
        )
        for place in range(1, 1001)
    }
    catalogue = load(write_content(tmp_path_factory.mktemp("many") / "content", {**FILES, **many}), TODAY).catalogue
    assert catalogue
    found = SearchIndex.build(catalogue, "en").find("lamp parking fine", 5)
    assert {one.title for one in found} == {f"Lamp parking {place}" for place in range(200, 1001, 200)}


def test_an_updated_index_finds_the_same_as_a_new_one(tmp_path: Path) -> None:
    folder = write_content(tmp_path / "content", CHANGES)
    first = load(folder, TODAY)
    assert first.catalogue
    before = SearchIndex.build(first.catalogue, "en")
    changed, gone = folder / "services/bins/bulky-waste.md", folder / "services/roads/pothole.md"
    changed.write_text(changed.read_text().replace("sofa", "zebra"))
    gone.unlink()
    second = reload(reload(first, folder, frozenset([changed, gone]), TODAY), folder, frozenset(), TODAY)
    assert second.catalogue
    updated, new = SearchIndex.build(second.catalogue, "en", before), SearchIndex.build(second.catalogue, "en")
    assert len(updated.segments) == 2
    for query in (
        "zebra",
        "sofa",
        "zebra day",
        "bin day",
        "parking fine",
        "parkin",
        "pothole",
        "roads",
        "7275",
        "601",
        "b",
    ):
        assert updated.find(query) == new.find(query), query
    assert updated.find("zebra")[0].address == "/bins/bulky-waste"
    assert updated.find("pothole") == ()


@given(st.text("abdeinprstw", min_size=5, max_size=12))
def test_limiting_typing_errors_to_the_common_prefix_misses_none(word: str) -> None:
    vocabulary = ("bind", "bins", "parking", "permit", "pothole", "waste", "water", word[:2] + word[3:])
    postings = post([dict.fromkeys(vocabulary, 1)], stemmers("en"))
    found = {postings.vocabulary[number] for number, counts in slips(postings, word).items() if counts == SLIPPED}
    assert found == {slip for slip in one_letter_off(word) if postings.word(slip) is not None}


def test_a_word_that_sounds_alike_is_found() -> None:
    postings = post([dict.fromkeys(("library", "cemetery", "labour"), 1)], stemmers("en"))
    assert [postings.vocabulary[number] for number in slips(postings, "libery")] == ["library"]
    assert [postings.vocabulary[number] for number in slips(postings, "cemmetary")] == ["cemetery"]
    assert skeleton("library") == skeleton("libery") == "lbr"
    assert (distance("libery", "library"), distance("form", "from"), distance("", "abc")) == (2, 1, 3)


def test_short_words_are_not_corrected(index: SearchIndex) -> None:
    assert index.find("pode") == ()


@pytest.mark.parametrize("forms", ["biniau finiau miniau bin", "cathod gathod nghathod chathod cath", "ysgol ysgolion"])
def test_welsh_words_have_one_stem_in_every_form(forms: str) -> None:
    stem = stemmer("cy")
    first, *others = forms.split()
    known = {stem(form) for form in (first, *mutated(first, "cy"))}
    assert all(known & {stem(form) for form in (other, *mutated(other, "cy"))} for other in others)


def test_words_written_together_are_found(index: SearchIndex) -> None:
    assert numbers(index, "parkingpermit")[0] == "603"
    assert numbers(index, "wastecollection")[0] == "205"
    assert numbers(index, "pot hole")[0] == "601"


def test_body_text_is_found_after_titles_and_keywords(index: SearchIndex) -> None:
    assert numbers(index, "text")
    assert numbers(index, "parking text")[0] in {"603", "604"}


def test_threads_that_stem_at_once_do_not_disturb_each_other() -> None:
    words = [
        f"{head}{tail}" for head in ("collect", "nation", "relation") for tail in ("ing", "ions", "ally", "alization")
    ]
    stem = stemmer("en")
    alone = [stem(word) for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda _: [stem(word) for word in words], range(400)))
    finally:
        sys.setswitchinterval(before)
    assert all(one == alone for one in found)
