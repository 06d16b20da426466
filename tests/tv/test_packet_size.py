"""Every television page fits one packet: at most 1,400 bytes on the wire with headers, two packets with a QR code.

The same pages are checked for features that the oldest televisions lack.
"""

import gzip
import http.client
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from end_to_end.test_whole_journeys import SERVICE, ways
from support.crawl import crawl, fetch
from support.resident import Resident
from tv.oldest_tv import lacking

from channels.tv import CHANNEL
from channels.tv.devices import PREFERENCES
from onestop.journeys.kinds.photo import PhotoKind
from onestop.journeys.values.answer import SKIPPED

pytestmark = pytest.mark.slow

PICTURED = ("/tv/bins/missed-bin/4", "/tv/bins/collection-days/7", "/tv/have-your-say/one-stop-shops/8")
# The family whose pages are the largest: its doctype is the longest.
HBBTV = "Mozilla/5.0 (Linux; Tizen 2.3) HbbTV/1.2.1 (;Samsung;SmartTV2015;T-HKM6DEUC;;)"
Weigh = Callable[[str, str], int]


@pytest.fixture
def weigh(origin: str) -> Iterator[Weigh]:
    """Return a function that gives the bytes of a response as they come from the socket, for a visitor with this cookie."""
    with closing(http.client.HTTPConnection(urlsplit(origin).netloc)) as connection:

        def weighed(address: str, cookie: str = "") -> int:
            sent = {"Accept-Encoding": "gzip", "User-Agent": HBBTV} | ({"Cookie": cookie} if cookie else {})
            connection.request("GET", address, headers=sent)
            answer = connection.getresponse()
            lines = [
                f"HTTP/1.1 {answer.status} {answer.reason}",
                *(f"{k}: {v}" for k, v in answer.getheaders()),
                "",
                "",
            ]
            return len("\r\n".join(lines)) + len(answer.read())

        yield weighed


def test_every_page_is_one_packet_that_the_oldest_set_can_draw(origin: str, weigh: Weigh) -> None:
    jar = Resident(origin, HBBTV)
    jar.get("/tv/bins/missed-bin/ask")
    cookie = _cookie(jar)
    pages = crawl(origin, "/tv/", HBBTV)
    assert not {page.address: lacks for page in pages if (lacks := lacking(page.body.decode()))}
    sizes = {page.address: weigh(page.address, cookie) for page in pages}
    assert len(sizes) > 1500
    over = {address: size for address, size in sizes.items() if size > CHANNEL.packet * (1 + ("/phone" in address))}
    assert not over


@pytest.mark.parametrize("preference", PREFERENCES[1:])
def test_pages_with_display_preferences_are_one_packet(preference: str, origin: str, weigh: Weigh) -> None:
    """A sample of the pages, and all that are never split by weight. Pages with pictures are among them."""
    jar = Resident(origin, HBBTV)
    jar.get("/tv/bins/missed-bin/ask")
    cookie = _cookie(jar)
    sampled = [page.address for page in crawl(origin, "/tv/", HBBTV)[:: 12 if preference == PREFERENCES[-1] else 40]]
    always = ["/tv/", "/tv/cy/", "/tv/display", "/tv/cy/display", *PICTURED]
    sizes = {
        address: weigh(address, cookie)
        for page in (*sampled, *always)
        for family in ("hbbtv", "maple_gecko", "tizen")
        if family == "hbbtv" or page in always
        for address in [page.replace("/tv", f"/tv/~{family}.{preference}", 1)]
    }
    over = {address: size for address, size in sizes.items() if size > CHANNEL.packet * (1 + ("/phone" in address))}
    assert not over


@pytest.mark.parametrize("name", sorted(SERVICE))
def test_every_question_of_a_journey_is_one_packet(name: str, origin: str, weigh: Weigh) -> None:
    for prefix in ("/tv", "/tv/cy"):
        for way in ways(name, "tv"):
            resident = Resident(origin, HBBTV)
            page = resident.get(f"{prefix}{SERVICE[name]}/ask")
            for step in way.steps:
                assert weigh(page.address, _cookie(resident)) <= CHANNEL.packet, page.address
                answer = SKIPPED if isinstance(step.ask.kind, PhotoKind) else step.answers[0]
                page = resident.take(page, step.ask, answer)
            assert weigh(page.address, _cookie(resident)) <= CHANNEL.packet, page.address
            move = f"{prefix}{SERVICE[name]}/ask/move"
            assert way.stopped or weigh(move, _cookie(resident)) <= CHANNEL.packet * 2


def _cookie(resident: Resident) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in resident.jar)


@pytest.mark.parametrize("preference", PREFERENCES)
def test_a_first_visit_is_page_style_and_script_and_the_style_is_kept(preference: str, origin: str) -> None:
    page = fetch(origin, CHANNEL.sets["hbbtv"].preferences[preference].join(("/tv/~", "/")), User_Agent=HBBTV)
    (sheet,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"/>', page.body.decode())
    loaded = re.findall(r'\bsrc="([^"]+)"', page.body.decode())
    assert len(loaded) == 1
    style = fetch(origin, sheet, Accept_Encoding="gzip")
    assert style.status == 200 and "immutable" in style.headers["cache-control"]
    assert len(style.body) <= 2048
    assert not re.search(r"""url\((?!"data:)|@import""", gzip.decompress(style.body).decode())


def test_a_family_that_keeps_nothing_has_its_style_in_the_page(origin: str) -> None:
    for name, family in CHANNEL.families.items():
        page = fetch(origin, f"/tv/~{name}/bins", User_Agent=HBBTV).body.decode()
        assert ("<style>" in page) == (not family.caches) == ('rel="stylesheet"' not in page), name


def test_a_search_shows_six_results_at_once_on_every_family(origin: str) -> None:
    """A family that keeps no style sheet has it in the same packet, and so fewer results."""
    for name, family in CHANNEL.families.items():
        page = fetch(origin, f"/tv/~{name}/search/737").body.decode()
        shown = len(re.findall(r"<span>\d{3}</span></a>", page))
        assert shown >= (6 if family.caches else 4), (name, shown)
