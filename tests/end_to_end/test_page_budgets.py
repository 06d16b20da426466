"""Size and markup of every page of the demonstration borough, over HTTP."""

import gzip
import re
import statistics
import xml.etree.ElementTree as ElementTree

import pytest
from support.crawl import Fetched, crawl, fetch

HBBTV = (
    "Mozilla/5.0 (Linux; Tizen 2.3) AppleWebKit/538.1 (KHTML, like Gecko)"
    " Version/2.3 TV Safari/538.1 HbbTV/1.2.1 (;Samsung;SmartTV2015;T-HKM6DEUC;;)"
)
TV_RAW, PHONE_GZIP, STYLE_GZIP, SCRIPT_GZIP = 6 * 1024, 14 * 1024, 2048, 2152
PERSONAL = re.compile(r"/ask|^(/cy|/language/\w+)?/my-area$")


def test_every_television_page_is_well_formed_and_within_its_budget(origin: str) -> None:
    """What it may weigh packed is in test_packet.py."""
    pages = crawl(origin, "/tv/")
    assert len(pages) > 1500
    for page in pages:
        ElementTree.fromstring(page.body)
    assert not [(page.address, len(page.body)) for page in pages if len(page.body) > TV_RAW]


def test_a_television_page_needs_a_cached_style_sheet_and_a_cached_script(origin: str) -> None:
    page = fetch(origin, "/tv/bins/missed-bin").body.decode()
    assert not re.search(r"<img|@import|url\(", page)
    scripts = re.findall(r'<script[^>]+src="([^"]+)"', page)
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert (len(scripts), len(styles)) == (1, 1)
    for address, budget in ((scripts[0], SCRIPT_GZIP), (styles[0], STYLE_GZIP)):
        asset = fetch(origin, address, Accept_Encoding="gzip")
        assert "immutable" in asset.headers["cache-control"]
        assert len(asset.body) <= budget, address
    script = fetch(origin, scripts[0], Accept_Encoding="gzip")
    assert gzip.decompress(script.body).startswith(b"var KEYS=")


@pytest.mark.parametrize("agent", [HBBTV])
def test_a_television_gets_the_media_type_and_doctype_of_its_family(agent: str, origin: str) -> None:
    page = fetch(origin, "/tv/", User_Agent=agent)
    assert page.headers["content-type"].startswith("application/vnd.hbbtv.xhtml+xml")
    assert b"-//HbbTV//1.1.1//EN" in page.body[:300]
    assert "user-agent" in page.headers["vary"].lower()
    ElementTree.fromstring(page.body)


def test_a_television_is_redirected_to_its_channel_and_a_browser_is_not(origin: str) -> None:
    assert b"/tv/" in fetch(origin, "/", User_Agent=HBBTV).body
    assert b'href="/bins"' in fetch(origin, "/").body


@pytest.mark.parametrize("start", ["/", "/cy/"])
def test_every_phone_page_is_one_small_response(start: str, origin: str) -> None:
    pages = crawl(origin, start)
    sizes = [len(fetch(origin, page.address, Accept_Encoding="gzip").body) for page in pages]
    assert len(sizes) > 90
    assert max(sizes) <= PHONE_GZIP
    assert statistics.median(sizes) <= PHONE_GZIP / 2
    assert not [page.address for page in pages if b'rel="stylesheet"' in page.body]
    # Personal pages may have a script, but work without it.
    assert not [page.address for page in pages if b"<script src" in page.body and not PERSONAL.search(page.address)]


@pytest.mark.parametrize("start", ["/", "/cy/", "/tv/", "/kiosk/~portrait/", "/text/"])
def test_no_link_is_broken(start: str, origin: str) -> None:
    assert [page.address for page in crawl(origin, start) if page.status != 200] == []


@pytest.mark.parametrize("start", ["/", "/tv/", "/kiosk/~portrait/"])
def test_no_page_needs_an_inline_script_or_style_attribute(start: str, origin: str) -> None:
    wrong = [page.address for page in crawl(origin, start) if _inline(page)]
    assert not wrong


def _inline(page: Fetched) -> bool:
    text = page.body.decode()
    return (
        bool(re.search(r"<[a-z][^>]* (style|on[a-z]+)=", text))
        or "unsafe-inline" in page.headers["content-security-policy"]
    )
