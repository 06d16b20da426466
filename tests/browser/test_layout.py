"""Layout of the demonstration's pages in a real browser at each device's size."""

from dataclasses import asdict

import pytest
from browser.browser_types import Open
from browser.kiosk.limits import LIMITS, Limits
from playwright.sync_api import Page
from support.crawl import crawl
from support.markup_shapes import distinct_pages
from support.paths import LAYOUT

TV = Limits(128, 36, 1152, 684, "none", 34, 0)
PORTRAIT, LANDSCAPE = LIMITS["portrait"], LIMITS["landscape"]
# Every phone page, in both languages. The paginated channels have thousands of pages: every third is checked, in other modes every
# fourth or tenth, and all pages with markup of their own.
PLAIN = "/kiosk/~portrait/"
CASES = [
    ("tv", "/tv/", "/tv/", TV, 3),
    ("tv", "/tv/", "/tv/~browser.large.contrast/", TV, 10),
    ("portrait", PLAIN, PLAIN, PORTRAIT, 3),
    ("landscape", PLAIN, "/kiosk/~landscape/", LANDSCAPE, 4),
    ("portrait", PLAIN, "/kiosk/~portrait.large/", PORTRAIT, 4),
    ("portrait", PLAIN, "/kiosk/~portrait.largest/", PORTRAIT, 6),
    ("landscape", PLAIN, "/kiosk/~landscape.largest.contrast.low/", LANDSCAPE, 6),
    ("phone", "/", "/", Limits(0, 0, 390, 844, "down", 24, 0), 1),
    ("small", "/", "/", Limits(0, 0, 240, 320, "down", 24, 0), 1),
    ("desk", "/", "/", Limits(0, 0, 1280, 900, "down", 24, 0), 1),
]


@pytest.mark.parametrize(
    ("size", "start", "mode", "limits", "every"), CASES, ids=[f"{c[0]}{c[2].replace('/', '-')}" for c in CASES]
)
def test_every_page_lies_within_its_screen(
    size: str, start: str, mode: str, limits: Limits, every: int, open_page: Open, origin: str
) -> None:
    pages = crawl(origin, start)
    chosen = dict.fromkeys(page.address for page in (*pages[::every], *distinct_pages(pages)))
    addresses = [mode + address.removeprefix(start) for address in chosen]
    assert len(addresses) > 90
    page = open_page(size)
    faults = {address: found for address in addresses if (found := _faults(page, address, limits))}
    assert not faults, f"{len(faults)} of {len(addresses)} pages: {list(faults.items())[:8]}"


def _faults(page: Page, address: str, limits: Limits) -> list[str]:
    page.goto(address, wait_until="load")
    found: list[str] = page.evaluate(LAYOUT, asdict(limits))
    return found
