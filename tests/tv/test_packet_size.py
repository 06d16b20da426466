"""Every television page fits one packet: at most 1,400 bytes on the wire with headers, two packets with a QR code.

The same pages are checked for features that the oldest televisions lack.
"""

import http.client
import statistics
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from end_to_end.test_whole_journeys import READ, SERVICE, ways
from support.crawl import crawl
from support.resident import Resident
from tv.oldest_tv import lacking

from channels.tv import CHANNEL
from channels.tv.devices import PREFERENCES
from onestop.journeys.kinds.photo import PhotoKind
from onestop.journeys.values.answer import SKIPPED

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
    assert len(sizes) > 2000
    over = {address: size for address, size in sizes.items() if size > CHANNEL.packet * (1 + ("/phone" in address))}
    assert not over
    # Pages are well filled: the estimate of their weight is not too cautious.
    assert statistics.median(sizes.values()) > CHANNEL.packet * 0.9


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
    assert statistics.median(sizes.values()) > CHANNEL.packet * 0.8


@pytest.mark.parametrize("name", sorted(READ.journeys))
def test_every_question_of_a_journey_is_one_packet(name: str, origin: str, weigh: Weigh) -> None:
    for prefix in ("/tv", "/tv/cy"):
        for way in ways(READ.journeys[name], "tv"):
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
