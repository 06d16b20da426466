"""WCAG 2.2, 1.4.4 and 1.4.10: every kind of phone page at 200 % text, and at 320 px, which is 400 % of a window of 1,280 px."""

from dataclasses import asdict

import pytest
from browser.browser_types import Open
from browser.kiosk.limits import Limits
from support.crawl import crawl
from support.markup_shapes import distinct_pages
from support.paths import LAYOUT

ZOOMED = {
    "320 px wide": ({"width": 320, "height": 256}, "100%"),
    "200 % text": ({"width": 390, "height": 844}, "200%"),
    "200 % text in a window": ({"width": 1280, "height": 1024}, "200%"),
}
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
"""WCAG 2.2, 1.4.12."""


@pytest.mark.parametrize("zoom", ZOOMED)
@pytest.mark.parametrize("spaced", [False, True], ids=["as it is", "spaced"])
def test_nothing_is_lost_or_scrolls_sideways(zoom: str, spaced: bool, open_page: Open, origin: str) -> None:
    view, size = ZOOMED[zoom]
    limits = asdict(Limits(0, 0, view["width"], view["height"], "down", 24, 0))
    page = open_page("desk", bypass_csp=True)
    page.set_viewport_size(view)  # type: ignore[arg-type]
    pages = crawl(origin, "/")
    addresses = dict.fromkeys(found.address for found in (*distinct_pages(pages, alone=True), *pages[::20]))
    assert len(addresses) > 30
    faults: dict[str, list[str]] = {}
    for address in (*addresses, "/search?q=bin", "/cy/search?q=bin", "/nowhere"):
        page.goto(address)
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
        if spaced:
            page.add_style_tag(content=SPACED)
        if found := page.evaluate(LAYOUT, limits):
            faults[address] = found
    assert not faults, f"{len(faults)} of {len(addresses)} pages: {list(faults.items())[:8]}"
