"""Display preferences over HTTP: stored, applied, removed; and pictures resized for televisions."""

import http.client
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from support.crawl import Fetched, fetch

from channels.tv import CHANNEL
from channels.tv.devices import PREFERENCES, SLOTS
from channels.tv.sizes import USUAL

TIZEN = "Mozilla/5.0 (SMART-TV; LINUX; Tizen 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/5.0 TV Safari/537.36"
HBBTV = "Mozilla/5.0 (Linux; Tizen 2.3) HbbTV/1.2.1 (;Samsung;SmartTV2015;T-HKM6DEUC;;)"
PICTURED = {
    "/bins/missed-bin": "A bin from behind",
    "/cy/bins/missed-bin": "Bin o'r cefn",
    "/homes/report-a-repair": "The open cupboard",
    "/roads/parking-permit": "A street sign",
}
IMAGE = re.compile(r'<img src="([^"]+)" alt="([^"]+)" width="(\d+)" height="(\d+)"/>')


@dataclass
class Television:
    """A client with a User-Agent and cookies, which follows no redirects."""

    origin: str
    agent: str = TIZEN
    keeps: bool = True
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, address: str, preference: str | None = None, **more: str) -> tuple[int, dict[str, str], str]:
        headers = {"User-Agent": self.agent, **{name.replace("_", "-"): value for name, value in more.items()}}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None if preference is None else f"wish={preference}"
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection(urlsplit(self.origin).netloc, timeout=20)) as line:
            line.request("GET" if body is None else "POST", address, body, headers)
            answer = line.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            self._keep(headers.get("set-cookie", ""))
            return answer.status, headers, answer.read().decode()

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        if name and self.keeps:
            self.cookies.pop(name, None)
            if "Max-Age=0" not in cookie:
                self.cookies[name] = value


@pytest.fixture
def television(origin: str) -> Television:
    return Television(origin)


@pytest.mark.parametrize("preference", PREFERENCES[1:])
@pytest.mark.parametrize("language", ["", "/cy"])
def test_a_preference_applies_immediately_and_at_the_next_visit(
    preference: str, language: str, television: Television
) -> None:
    status, headers, _ = television.ask(f"/tv{language}/display", preference)
    assert (status, headers["location"]) == (303, f"/tv/~tizen.{preference}{language}/")
    assert headers["cache-control"] == "no-store"
    status, _, page = television.ask(headers["location"])
    assert status == 200
    assert f'href="/tv/~tizen.{preference}{language}/bins"' in page
    for home in ("/tv/", "/tv/cy/"):
        status, headers, _ = television.ask(home)
        assert (status, headers["location"]) == (302, home.replace("/tv", f"/tv/~tizen.{preference}", 1))
        assert headers["cache-control"] == "no-store"
        assert "Max-Age=31622400" in headers["set-cookie"], "it is remembered for another while"


def test_the_cookie_holds_only_the_preference_and_is_scoped_to_the_channel(television: Television) -> None:
    _, headers, _ = television.ask("/tv/display", "large")
    attributes = {"wish=large", "Max-Age=31622400", "Path=/tv", "HttpOnly", "SameSite=Lax"}
    assert set(headers["set-cookie"].split("; ")) == attributes
    assert set(television.ask("/tv/")[1]["set-cookie"].split("; ")) == attributes
    # The script requests only the target of the redirect.
    television.cookies = {}
    status, headers, there = television.ask("/tv/display", "contrast", Accept="text/uri-list")
    assert (status, there) == (200, "/tv/~tizen.contrast/")
    assert television.cookies == {"wish": "contrast"}


def test_a_preference_can_be_removed(television: Television) -> None:
    television.ask("/tv/display", "large")
    status, headers, _ = television.ask("/tv/~tizen.large/display", "")
    assert (status, headers["location"]) == (303, "/tv/")
    assert television.cookies == {}
    assert television.ask("/tv/")[0] == 200


def test_without_cookies_the_address_keeps_the_preference(television: Television) -> None:
    television.keeps = False
    _, headers, _ = television.ask("/tv/display", "large")
    _, _, home = television.ask(headers["location"])
    for address in set(re.findall(r'href="(/[^"]*)"', home)) - {"/static/"}:
        if not address.startswith(("/speech/", "/static/")):
            assert address.startswith("/tv/~tizen.large/"), address
    status, headers, _ = television.ask("/tv/~tizen.large/214")
    assert (status, headers["location"]) == (302, "/tv/~tizen.large/bins/missed-bin")


def test_a_preference_survives_a_change_of_family(television: Television) -> None:
    television.ask("/tv/display", "large.contrast")
    television.agent = HBBTV
    assert television.ask("/tv/")[1]["location"] == "/tv/~hbbtv.large.contrast/"


@pytest.mark.parametrize(
    "kept", ["huge", "", "large.large", "contrast.large", "~", "%6carge", "l" * 5000, "large/../..", '"large"']
)
def test_an_invalid_preference_cookie_is_ignored(kept: str, television: Television) -> None:
    television.cookies = {"wish": kept, "visit": "nobody"}
    status, headers, _ = television.ask("/tv/")
    assert status == 200
    assert "set-cookie" not in headers


def test_other_cookies_do_not_interfere(television: Television) -> None:
    television.cookies = {"swish": "contrast", "visit": "x", "wish": "large", "z": "wish=contrast"}
    assert television.ask("/tv/")[1]["location"] == "/tv/~tizen.large/"


def test_only_home_reads_the_cookie_and_has_vary_cookie(television: Television) -> None:
    television.cookies = {"wish": "large"}
    for address in ("/tv/bins", "/tv/~tizen/", "/tv/search", "/kiosk/"):
        status, headers, _ = television.ask(address)
        assert "cookie" not in headers.get("vary", "").lower(), address
        assert status == 200
    # The home of phones varies by the cookie of the language, and leads a television to its own.
    assert television.ask("/")[1]["location"] == "/tv/"
    television.cookies = {}
    assert television.ask("/tv/")[1]["vary"] == "Accept-Encoding,User-Agent,Cookie"


def test_an_unknown_preference_or_a_form_of_another_site_is_rejected(television: Television) -> None:
    for preference in ("huge", "large.huge"):
        assert television.ask("/tv/display", preference)[0] == 400
    assert television.ask("/tv/display", "large", Origin="https://elsewhere.example")[0] == 403
    for address in ("/tv/bins", "/kiosk/number", "/kiosk/~portrait/attract", "/display", "/kiosk/display"):
        assert television.ask(address, "large")[0] in (404, 405), address
    assert television.cookies == {}


def test_application_and_fast_path_redirect_to_the_preferred_device(origin: str) -> None:
    host, port = urlsplit(origin).netloc.split(":")
    plain = f"GET /tv/ HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {TIZEN}\r\n".encode()
    kept = plain + b"Cookie: wish=contrast\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=20) as line:
        responses = [_answer(line, request) for request in (kept, plain + b"\r\n", kept, plain + b"\r\n", kept)]
    assert [b"/tv/~tizen.contrast/" in answer.split(b"\r\n\r\n")[0] for answer in responses] == [
        True,
        False,
        True,
        False,
        True,
    ]
    assert [answer[:12] for answer in responses] == [b"HTTP/1.1 302", b"HTTP/1.1 200"] * 2 + [b"HTTP/1.1 302"]


def _answer(line: socket.socket, request: bytes) -> bytes:
    line.sendall(request)
    got = b""
    while b"\r\n\r\n" not in got:
        got += line.recv(65536)
    length = int(re.search(rb"Content-Length: (\d+)", got)[1])  # type: ignore[index]
    while len(got.split(b"\r\n\r\n", 1)[1]) < length:
        got += line.recv(65536)
    return got


def test_the_diagnostics_page_shows_the_modes_and_its_links_keep_them(television: Television) -> None:
    for number, there in (("990", "about-this-set"), ("991", "display")):
        _, headers, _ = television.ask(f"/tv/~tizen.large.contrast/cy/{number}")
        assert headers["location"] == f"/tv/~tizen.large.contrast/cy/{there}"
    _, _, page = television.ask("/tv/~tizen.large.contrast/about-this-set")
    assert "larger text · strong contrast" in page and '<a id="u" href="/tv/~tizen.large.contrast/">' in page
    assert "larger text" not in television.ask("/tv/about-this-set")[2]
    assert television.ask("/tv/~nothing/about-this-set")[0] == 404


@pytest.mark.parametrize("address", PICTURED)
def test_pictures_are_small_and_immutable(address: str, origin: str) -> None:
    source, description, width, height = next(_pictures(origin, address, TIZEN))
    assert description.startswith(PICTURED[address])
    assert SLOTS[USUAL].width // 2 <= int(width) <= SLOTS[USUAL].width and int(height) <= SLOTS[USUAL].height
    picture = fetch(origin, source)
    assert picture.status == 200 and len(picture.body) <= SLOTS[USUAL].bytes < 8192
    assert picture.headers["content-type"] in ("image/png", "image/jpeg")
    assert "immutable" in picture.headers["cache-control"]


def test_a_slow_family_gets_descriptions_instead_of_pictures(origin: str) -> None:
    assert CHANNEL.sets["hbbtv"].slow and CHANNEL.sets["hbbtv.large"].slot is None
    assert not list(_pictures(origin, "/bins/missed-bin", HBBTV))
    pages = "".join(page.body.decode() for page in _all_pages(origin, "/bins/missed-bin", HBBTV))
    assert "In a picture on other screens: A bin from behind" in pages


def _pictures(origin: str, address: str, agent: str) -> Iterator[tuple[str, str, str, str]]:
    return (found for page in _all_pages(origin, address, agent) for found in IMAGE.findall(page.body.decode()))


def _all_pages(origin: str, address: str, agent: str) -> Iterator[Fetched]:
    first = fetch(origin, f"/tv{address}", User_Agent=agent)
    yield first
    total = int(re.search(r"(\d+)</output>", first.body.decode())[1])  # type: ignore[index]
    yield from (fetch(origin, f"/tv{address}/{number}", User_Agent=agent) for number in range(2, total + 1))
