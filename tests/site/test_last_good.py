"""One broken file of the borough, in any way: everything else is served as before, an alert of the same moment included."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.paths import CONTENT

from channels.registry import find_channels
from onestop.site.current import Sites
from onestop.site.site import Site

ALERT = "on: yes\ntitle: {en: Flood in the market., cy: Llifogydd yn y farchnad.}\n"
NAMES = sorted(
    path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*") if path.suffix in (".md", ".yaml", ".svg")
)
KINDS = (
    "council.yaml",
    "desks.yaml",
    "crest.svg",
    "holidays.yaml",
    "services/roads/section.yaml",
    "services/bins/missed-bin.md",
    "services/bins/missed-bin.cy.md",
    "journeys/missed-bin.yaml",
)
FILES = (*KINDS, *random.Random(12).sample([name for name in NAMES if name.startswith("services/")], 6))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BREAK: dict[str, Callable[[Path], object]] = {
    "truncated": cut,
    "empty": lambda path: path.write_bytes(b""),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 9),
    "tab": lambda path: path.write_bytes(path.read_bytes().replace(b": ", b":\t\t[", 1)),
    "quote": lambda path: path.write_bytes(path.read_bytes().replace(b": ", b': "', 1)),
    "key": lambda path: path.write_bytes(path.read_bytes().replace(b": ", b"x: ", 1)),
    "deleted": Path.unlink,
    "pipe": pipe,
    "unreadable": lambda path: path.chmod(0),
    "loop": loop,
    "folder": folder,
}


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("borough") / "content"))


@pytest.fixture(scope="module")
def sites(borough: Path, tmp_path_factory: pytest.TempPathFactory) -> Sites:
    found = Sites(borough, find_channels(), tmp_path_factory.mktemp("cache"))
    found.take(found.read())
    found.save_copies()
    return found


@pytest.fixture
def broken(borough: Path) -> Iterator[Callable[[str, str], Path]]:
    """Return a function that breaks a file in one of the ways, and mend it afterwards."""
    saved: list[tuple[Path, bytes]] = []

    def broken_file(name: str, way: str) -> Path:
        path = borough / name
        saved.append((path, path.read_bytes()))
        BREAK[way](path)
        return path

    yield broken_file
    for path, raw in saved:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
        path.write_bytes(raw)


def address_of(name: str) -> str:
    return "/" + name.partition("/")[2].partition(".")[0]


def shown(site: Site | None) -> dict[str, object]:
    assert site
    catalogue = site.catalogue
    return {
        **{service.address: service for service in catalogue.services},
        **{section.address: section.number for section in catalogue.sections},
        "journeys": {name: journey.edition for name, journey in site.journeys.items()},
        "routes": site.routes,
        "council": catalogue.council,
        "holidays": catalogue.holidays,
    }


def changed_file(sites: Sites, *paths: Path) -> Site | None:
    site = sites.read_again(frozenset(paths))
    sites.take(site)
    return site


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("way", BREAK)
def test_everything_else_is_served_as_before(
    sites: Sites, borough: Path, broken: Callable[[str, str], Path], name: str, way: str
) -> None:
    before = shown(changed_file(sites, borough / name))
    alert = borough / "alert.yaml"
    usual = alert.read_text()
    alert.write_text(ALERT)
    try:
        site = changed_file(sites, broken(name, way), alert)
        if way == "deleted" and name.startswith("services/") and not name.endswith("section.yaml"):
            site = changed_file(sites)
        if way in ("deleted", "truncated"):
            # The first is a wish, and what is left of a text may be a text.
            before.pop(address_of(name), None)
        found = shown(site)
        assert site and [one.titles["en"] for one in site.catalogue.alerts] == ["Flood in the market."]
        assert {key: found.get(key) for key in before} == before
        if way == "binary":
            assert f"content/{name}" in sites.held or name.startswith("journeys/") or name == "desks.yaml"
    finally:
        alert.write_text(usual)
        changed_file(sites, alert)


@pytest.mark.parametrize("name", KINDS)
def test_a_start_with_a_broken_file_serves_the_copy_of_the_last_good_one(
    sites: Sites, borough: Path, broken: Callable[[str, str], Path], name: str
) -> None:
    before = shown(changed_file(sites, borough / name))
    sites.save_copies()
    broken(name, "binary")
    restarted = Sites(borough, find_channels(), sites.cache)
    assert shown(restarted.read()) == before


@pytest.mark.parametrize("name", KINDS[1:])
def test_a_first_start_leaves_only_the_broken_file_out(
    sites: Sites, borough: Path, broken: Callable[[str, str], Path], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = shown(changed_file(sites, borough / name))
    broken(name, "binary")
    first = Sites(borough, find_channels())
    site = first.read()
    first.take(site)
    assert f"content/{name}:2:118: the byte 0x80 is not UTF-8" in caplog.text
    missing = before.keys() - shown(site).keys()
    assert missing <= {address_of(name)}
    assert first.status()["errors"]
