"""The cache of parsed files gives the same catalogue as parsing, and ignores damaged, foreign or outdated files."""

import os
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from onestop.catalogue import cache_file
from onestop.catalogue.cache_file import read_chunks, write_chunks
from onestop.catalogue.resident_words import ResidentWords
from onestop.catalogue.search import segments
from onestop.catalogue.search.fields import Thing, weights
from onestop.catalogue.search.index import SearchIndex
from onestop.catalogue.source import load as loading
from onestop.catalogue.source.load import LoadResult, load
from onestop.catalogue.source.service_file import ServiceFile, read_service

pytestmark = pytest.mark.slow

CONTENT = Path(__file__).parent.parent.parent / "content"
TODAY = date(2026, 11, 27)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of files that are parsed; every catalogue counts as large enough for a cache."""
    names: list[str] = []

    def noting(path: Path, file: ServiceFile, *, translation: bool, today: date) -> ServiceFile:
        names.append(path.name)
        return read_service(path, file, translation=translation, today=today)

    monkeypatch.setattr("onestop.catalogue.source.worker_processes.read_service", noting)
    monkeypatch.setattr(loading, "WORTHWHILE", 1)
    monkeypatch.setattr(loading, "WORTH_WRITING", 1)
    monkeypatch.setattr(segments, "WORTHWHILE", 1)
    return names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "files"


def again(folder: Path, cache: Path, parsed: list[str]) -> LoadResult:
    parsed.clear()
    return load(folder, TODAY, cache=cache)


def test_a_second_start_parses_nothing_and_has_the_same_catalogue(folder: Path, cache: Path, parsed: list[str]) -> None:
    file = folder / "services" / "bins" / "missed-bin.md"
    text = file.read_text(encoding="utf-8")
    assert 'hours: "Mo-Fr' in text
    file.write_text(text.replace('hours: "Mo-Fr', 'hours: "Dec 24 off; Mo-Fr'), encoding="utf-8")
    first = load(folder, TODAY, cache=cache)
    assert parsed
    second = again(folder, cache, parsed)
    assert parsed == []
    assert second.content.services == first.content.services
    assert second.faults == first.faults
    assert second.catalogue and first.catalogue and second.catalogue.services == first.catalogue.services


def test_only_a_file_with_other_bytes_is_parsed_even_if_its_size_and_time_are_the_same(
    folder: Path, cache: Path, parsed: list[str]
) -> None:
    load(folder, TODAY, cache=cache)
    file = folder / "services" / "bins" / "missed-bin.md"
    before, text = file.stat(), file.read_text(encoding="utf-8")
    file.write_text(text.replace("bin", "bun"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    changed = again(folder, cache, parsed)
    assert parsed == ["missed-bin.md"]
    assert changed.content.services == load(folder, TODAY).content.services


def test_a_file_with_a_fault_is_parsed_at_every_start(folder: Path, cache: Path, parsed: list[str]) -> None:
    file = folder / "services" / "bins" / "missed-bin.md"
    file.write_text(file.read_text(encoding="utf-8").replace("lgsl:", "lgls:"), encoding="utf-8")
    first = load(folder, TODAY, cache=cache)
    second = again(folder, cache, parsed)
    assert parsed == ["missed-bin.md"]
    assert second.faults == first.faults
    assert any("lgls" in fault.message for fault in second.faults)


def _cut(cache: Path) -> None:
    cache.write_bytes(cache.read_bytes()[:-10])


def _flip_a_bit(cache: Path) -> None:
    raw = bytearray(cache.read_bytes())
    raw[len(raw) // 2] ^= 1
    cache.write_bytes(raw)


def _let_others_write(cache: Path) -> None:
    cache.chmod(0o666)


def _replace_by_a_link(cache: Path) -> None:
    cache.rename(cache.with_name("elsewhere"))
    cache.symlink_to(cache.with_name("elsewhere"))


@pytest.mark.parametrize("spoil", [_cut, _flip_a_bit, _let_others_write, _replace_by_a_link, Path.unlink])
def test_a_damaged_or_foreign_cache_is_ignored_and_rewritten(
    spoil: object, folder: Path, cache: Path, parsed: list[str]
) -> None:
    assert callable(spoil)
    first = load(folder, TODAY, cache=cache)
    spoil(cache)
    second = again(folder, cache, parsed)
    assert parsed
    assert second.content.services == first.content.services
    again(folder, cache, parsed)
    assert parsed == []


def test_a_cache_of_another_version_is_not_used(
    folder: Path, cache: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder, TODAY, cache=cache)
    monkeypatch.setattr(cache_file, "version_stamp", lambda: b"another version.")
    again(folder, cache, parsed)
    assert len(parsed) > 50


def test_a_cache_that_cannot_be_written_is_only_a_warning(
    folder: Path, tmp_path: Path, parsed: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a-file").write_text("not a folder")
    loaded = load(folder, TODAY, cache=tmp_path / "a-file" / "files")
    assert loaded.catalogue
    assert "cannot be cached" in caplog.text


def test_a_cache_is_readable_by_its_own_account_only(cache: Path) -> None:
    write_chunks(cache, [["one"], ["two"]])
    assert cache.stat().st_mode & 0o777 == 0o600
    assert list(read_chunks(cache)) == [["one"], ["two"]]


def test_a_cached_index_finds_the_same_and_only_changed_services_are_indexed(
    folder: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = load(folder, TODAY).catalogue
    assert catalogue
    made = SearchIndex.build(catalogue, "en", cache=tmp_path)
    indexed: list[str] = []

    def noting(thing: Thing, language: str, residents: ResidentWords) -> Mapping[str, int]:
        indexed.append(thing.address)
        return weights(thing, language, residents)

    monkeypatch.setattr(segments, "weights", noting)
    cached = SearchIndex.build(catalogue, "en", cache=tmp_path)
    assert indexed == []
    assert cached.find("missed bin") == made.find("missed bin") != ()
    file = folder / "services" / "bins" / "missed-bin.md"
    file.write_text(file.read_text(encoding="utf-8").replace("title: Report", "title: Xylophone"), encoding="utf-8")
    other = load(folder, TODAY).catalogue
    assert other
    cached = SearchIndex.build(other, "en", cache=tmp_path)
    assert indexed == ["/bins/missed-bin"]
    assert cached.find("xylophone")[0].address == "/bins/missed-bin"
