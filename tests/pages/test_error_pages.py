"""Error pages are rendered once for a status and a set of suggestions; the address is inserted into the bytes that are kept."""

from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path

import pytest
from support.servers.borough_server import Borough, borough

from onestop.pages.page_template import PageTemplates

PREFIXES = ("", "/cy", "/text", "/text/cy", "/tv", "/tv/cy", "/kiosk", "/kiosk/~portrait.large", "/kiosk/cy")
PATHS = ("/zzxq", "/zzxq/it's+%26%3Cb%3E", "/zzxq/caf%C3%A9", "/zzxq/the-address-that-was-not-found", "/zzxq/2")


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path) as made:
        yield made


async def test_a_kept_page_is_what_rendering_it_for_the_address_gives(server: Borough) -> None:
    errors = server.parts.errors
    for prefix, path in product(PREFIXES, PATHS):
        kept = await server.get(prefix + path)
        site = server.parts.sites.current
        assert site and kept.status == 404
        address = site.addresses.parse(prefix + path)
        assert address
        context = errors.context(site, address, {})
        similar = site.indexes[address.language].nearest(address.neutral, 5)
        assert kept.text.encode() == errors.presented(context, 404, similar).plain.body


async def test_pages_of_many_addresses_are_rendered_once(server: Borough) -> None:
    templates = PageTemplates()
    object.__setattr__(server.parts.errors, "templates", templates)
    for number in range(40):
        assert (await server.get(f"/zzxq-{number}")).status == 404
    assert len(templates) == 1


@pytest.mark.parametrize("prefix", ["/tv", "/kiosk", "", "/text"])
async def test_a_number_that_nothing_has_says_so_and_lists_its_neighbours(server: Borough, prefix: str) -> None:
    shown = await server.get(f"{prefix}/219")
    assert shown.status == 404
    assert "no page has this number" in shown.text.lower()
    assert "215" in shown.text


async def test_emergency_numbers_lead_to_what_to_do(server: Borough) -> None:
    for number in ("999", "112"):
        assert (await server.get(f"/tv/{number}")).headers["Location"] == f"/tv/search/{number}"
        assert "Ring 999 now" in (await server.get(f"/tv/search/{number}")).text


async def test_every_number_of_three_digits_leads_somewhere_or_says_that_it_does_not(server: Borough) -> None:
    for number in range(100, 1000, 7):
        shown = await server.get(f"/tv/{number}")
        assert shown.status == 302 or "No page has this number" in shown.text
