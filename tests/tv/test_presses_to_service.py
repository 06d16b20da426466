"""Key presses to a service: three digits from any page, at most five by menus."""

import re
from collections import Counter, deque
from html import unescape

import pytest
from support.crawl import fetch

from onestop.catalogue.source.load import LoadResult

ROW = re.compile(r'<a(?: id="f")?(?: class="\w+")?(?: lang="\w+")? href="([^"]+)">(?:<i></i>)?<b>(\d)</b>')
BY_NUMBER, BY_MENUS = 3, 5


def by_menus(origin: str, home: str) -> dict[str, int]:
    """Return the fewest digits from home to each page, one for each menu."""
    found, ahead = {home: 0}, deque([home])
    while ahead:
        here = ahead.popleft()
        if found[here] == BY_MENUS:
            continue
        for target, _ in ROW.findall(fetch(origin, here).body.decode()):
            address = unescape(target)
            if address not in found and "/ask" not in address:
                found[address] = found[here] + 1
                ahead.append(address)
    return found


@pytest.mark.parametrize("home", ["/tv/", "/tv/cy/"])
def test_every_service_is_five_presses_from_home_at_most(home: str, origin: str, borough: LoadResult) -> None:
    assert borough.catalogue
    presses = by_menus(origin, home)
    services = [home.rstrip("/") + service.address for service in borough.catalogue.services]
    assert [service for service in services if service not in presses] == []
    spread = Counter(presses[service] for service in services)
    print(f"{home}: presses to {len(services)} services by menus:", dict(sorted(spread.items())))
    assert max(spread) <= BY_MENUS


def test_every_service_has_a_number_of_three_digits_at_most(borough: LoadResult) -> None:
    """The third digit opens it; with fewer, OK does or two seconds do."""
    assert borough.catalogue
    assert max(len(service.number) for service in borough.catalogue.services) <= BY_NUMBER


def test_menus_do_not_depend_on_the_visitor(origin: str) -> None:
    first = fetch(origin, "/tv/bins").body
    for address in ("/tv/bins/missed-bin", "/tv/bins/missed-bin", "/tv/206"):
        fetch(origin, address)
    assert fetch(origin, "/tv/bins", Cookie="visit=0123456789abcdef").body == first


@pytest.mark.parametrize("device", ["hbbtv", "hbbtv.large", "hbbtv.large.contrast"])
def test_home_shows_my_area_the_most_used_services_and_whether_the_telephone_is_answered(
    device: str, origin: str, borough: LoadResult
) -> None:
    page = fetch(origin, f"/tv/~{device}/").body.decode()
    assert borough.catalogue
    council = borough.catalogue.council
    shown = [target for target, _ in council.most_used if f'href="/tv/~{device}{target}"' in page]
    assert shown == [target for target, _ in council.most_used][: len(shown)]
    assert len(shown) >= (1 if "large" in device else 3)
    assert f'href="/tv/~{device}/my-area"' in page
    assert re.search(rf"{council.phone}: (Open|Closed)", page)
