"""search.yaml: the words of residents, and every fault in it."""

from pathlib import Path

import pytest
from support.samples.small_content import TODAY, write_content

from onestop.catalogue.search.index import SearchIndex
from onestop.catalogue.source.load import LoadResult, load

GOOD = """
services:
  /bins/missed-bin: {en: [dustcart drove past], cy: [lori heb ddod]}
same:
  - [wagon, dustcart]
urgent:
  - words: {en: [wife/husband hits], cy: [gŵr taro]}
    say: {en: Ring 999., cy: Ffoniwch 999.}
    ring:
      - {name: {en: Police, cy: Heddlu}, phone: "999"}
    target: /bins/missed-bin
"""


def loaded(tmp_path: Path, text: str) -> LoadResult:
    return load(write_content(tmp_path / "content", {"search.yaml": text}), TODAY)


def faults(tmp_path: Path, text: str) -> list[str]:
    return [
        str(fault).partition("search.yaml:")[2]
        for fault in loaded(tmp_path, text).faults
        if "search.yaml" in str(fault)
    ]


def test_words_of_residents_find_a_service_in_every_language(tmp_path: Path) -> None:
    catalogue = loaded(tmp_path, GOOD).catalogue
    assert catalogue
    english, welsh = (SearchIndex.build(catalogue, language) for language in ("en", "cy"))
    assert english.find("dustcart")[0].address == "/bins/missed-bin"
    assert english.find("wagon")[0].address == "/bins/missed-bin"
    assert english.find("92466")[0].address == "/bins/missed-bin"
    assert welsh.find("lori")[0].address == "/bins/missed-bin"


def test_changed_words_are_indexed_anew(tmp_path: Path) -> None:
    first, second = (
        loaded(tmp_path / "a", GOOD).catalogue,
        loaded(tmp_path / "b", GOOD.replace("drove", "hurtled")).catalogue,
    )
    assert first
    assert second
    index = SearchIndex.build(second, "en", SearchIndex.build(first, "en"))
    assert index.find("hurtled")[0].address == "/bins/missed-bin"
    assert index.find("drove") == ()


def test_a_catalogue_needs_no_such_file(tmp_path: Path) -> None:
    assert load(write_content(tmp_path / "content", {}), TODAY).catalogue


def test_a_good_file_has_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        (
            "/bins/missed-bin: {en",
            "/bins/mised-bin: {en",
            "3:3: warning: there is no service `/bins/mised-bin`; did you mean `/bins/missed-bin`?",
        ),
        ("target: /bins/missed-bin", "target: /bins/none", "there is no service `/bins/none`"),
        ("cy: [lori", "fr: [lori", "`fr` is no language of council.yaml"),
        ("say: {en: Ring 999., cy: Ffoniwch 999.}", "say: {cy: Ffoniwch 999.}", "`say` has no text in `en`: write it"),
        ("say: {en: Ring 999., cy: Ffoniwch 999.}", "say: {en: Ring 999.}", "`say` has no text in `cy`: write it"),
        ('phone: "999"', 'phone: "nine"', "`nine` is not right: write a UK number"),
        ("[wagon, dustcart]", "[wagon]", "`same.1` "),
        ("[wagon, dustcart]", "[wagon, the]", "`the` has only words that search leaves out"),
        ("wife/husband hits", "my/your", "`my/your` has only words that search leaves out"),
        ("same:", "sane:", "there is no key `sane` here; did you mean `same`?"),
    ],
)
def test_faults_are_reported_with_their_place(tmp_path: Path, good: str, bad: str, message: str) -> None:
    found = faults(tmp_path, GOOD.replace(good, bad))
    assert any(message in fault for fault in found), found
