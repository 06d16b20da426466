"""Results of a search are rendered once for what was found; the query is inserted into the bytes that are kept."""

from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from support.servers.borough_server import Borough, borough

from onestop.capabilities.catalogue import MISSED
from onestop.capabilities.missed_words import SEEN
from onestop.catalogue.search.index import QUERIES_KEPT, SearchIndex
from onestop.pages.page_template import PageTemplates

PREFIXES = ("", "/cy", "/ur", "/text", "/tv", "/kiosk", "/kiosk/~portrait.large")
QUERIES = (
    "missed bin", " bin  'and' \"wheels\" ", "<b>&amp; bin", "caf\u00e9 bin 5", "e", "Search", "query", "fire", "zzxq", "12",
    "TheQueryThatWasSearchedFor bin", "a/b.c bin%20", "1234 5678", "bin\ufffe\x85",
)  # fmt: skip


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path) as made:
        object.__setattr__(made.parts.handler, "templates", PageTemplates())
        yield made


def rendered(server: Borough, prefix: str, query: str) -> bytes:
    """Return the page of a query, rendered for nobody else."""
    site = server.parts.sites.current
    assert site
    address = site.addresses.parse(f"{prefix}/search")
    assert address
    address = address.at(f"/search/{' '.join(query.replace('/', ' ').split())}")
    context = server.parts.errors.context(site, address, {})
    screen = server.parts.screens.find(context)
    assert screen
    return server.parts.presenter.present(context, screen, varies=(), cached="no-store").plain.body


async def test_a_kept_page_is_what_rendering_it_for_the_query_gives(server: Borough) -> None:
    for prefix, query in product(PREFIXES, QUERIES):
        path = f"{prefix}/search?q={quote(query)}"
        first, again = await server.get(path), await server.get(path)
        if first.status == 404:
            continue
        assert first.text.encode() == again.text.encode() == rendered(server, prefix, query), path
        assert first.headers["Cache-Control"] == "no-store"


async def test_a_kept_page_is_the_same_compressed(server: Borough) -> None:
    packed = await server.get("/search?q=missed%20bin%20%3C", Accept_Encoding="gzip")
    assert packed.text.encode() == rendered(server, "", "missed bin <")


async def test_results_of_many_queries_are_rendered_once_and_hold_none_of_them(server: Borough) -> None:
    for number in range(40):
        assert (await server.get(f"/search?q=planted{chr(97 + number % 26)}{number // 26}xqz")).status == 200
    kept = server.parts.handler.templates
    assert len(kept) == 1
    assert not any(b"planted" in part for page in kept for part in page.plain if isinstance(part, bytes))


async def test_only_a_page_that_flows_is_kept(server: Borough) -> None:
    for prefix in ("/ur", "/text", "/tv", "/kiosk"):
        await server.get(f"{prefix}/search?q=bin")
    assert not len(server.parts.handler.templates)


async def test_a_missed_word_is_counted_at_every_request(server: Borough) -> None:
    before = MISSED.counted["en", "zumbaclass"]
    for _ in range(SEEN + 2):
        await server.get("/search?q=zumbaclass")
    assert MISSED.counted["en", "zumbaclass"] == before + SEEN + 2


async def test_a_query_is_forgotten_with_the_edition_and_bounded(server: Borough) -> None:
    site = server.parts.sites.current
    assert site
    index = SearchIndex.build(site.catalogue, "en", site.indexes["en"])
    assert not index.remembers("bin")
    for number in range(QUERIES_KEPT + 2):
        index.find(f"bin {number}")
    assert index.remembers(f" BIN  {number}")
    assert len(index.findings) == 2


async def test_a_mistyped_address_is_not_remembered(server: Borough) -> None:
    assert (await server.get("/m/plantedticket")).status == 404
    site = server.parts.sites.current
    assert site
    assert not any("plantedticket" in words for index in site.indexes.values() for words in index.findings)
