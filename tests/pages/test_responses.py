"""Responses to an address: pages, redirects and errors, each on its channel."""

import asyncio
import json
import re
import threading
import xml.etree.ElementTree as ElementTree
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.servers.running_server import Clock, RunningServer

from channels.contract import Page
from onestop.capabilities.feeds import sitemap
from onestop.pages import present
from onestop.screen import Screen
from onestop.site.context import Context


@pytest.mark.parametrize(
    ("path", "status", "there"),
    [
        ("/214", 302, "/bins/missed-bin"), ("/big/214", 302, "/big/bins/missed-bin"), ("/cy/214", 302, "/cy/bins/missed-bin"),
        ("/big/~old/214", 302, "/big/~old/bins/missed-bin"), ("/100", 302, "/"), ("/big/100", 302, "/big/"), ("/200", 302, "/bins"),
        ("/big", 301, "/big/"), ("/bins/", 301, "/bins"), ("/en/bins?a=b", 301, "/bins?a=b"), ("/big/bins/bulky/9", 302, None),
    ],
)  # fmt: skip
async def test_numbers_and_other_spellings_redirect_to_the_canonical_address(
    path: str, status: int, there: str | None, server: RunningServer
) -> None:
    answer = await server.get(path)
    assert answer.status == status
    assert answer.headers["Location"] == there or (
        there is None and answer.headers["Location"].startswith("/big/bins/bulky/")
    )


async def test_home_redirects_devices_that_another_channel_claims(server: RunningServer) -> None:
    for _ in range(2):
        sent, stays = await server.get("/", User_Agent="Big set"), await server.get("/", User_Agent="Mozilla/5.0")
        assert (sent.status, sent.headers["Location"]) == (302, "/big/")
        assert stays.status == 200
        assert "User-Agent" in sent.headers["Vary"]
        assert "User-Agent" in stays.headers["Vary"]
    assert "User-Agent" not in (await server.get("/bins")).headers["Vary"]


PREFIXES = ["", "/cy", "/big", "/big/~old/cy"]


@pytest.mark.parametrize("path", ["/nothing", "/999", "/bins/missed", "/..", "/bins/../x", "/xx/bins"])
@pytest.mark.parametrize("prefix", PREFIXES)
async def test_a_missing_page_is_reported_on_the_channel_device_and_language_asked_for(
    prefix: str, path: str, server: RunningServer
) -> None:
    answer = await server.get(prefix + path)
    assert answer.status == 404
    assert "<style>" in answer.text
    assert f'href="{prefix}/' in answer.text
    assert "no-cache" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/%00", "/%ff", "/" + "a" * 10_000, "/~none/bins"])
@pytest.mark.parametrize("prefix", PREFIXES)
async def test_an_address_that_cannot_be_parsed_is_reported_on_its_channel_in_the_default_language(
    prefix: str, path: str, server: RunningServer
) -> None:
    answer = await server.get(prefix + path)
    # A path of over 2,048 bytes is not even searched for.
    assert answer.status == (414 if len(path) > 2_048 else 404)
    assert "<style>" in answer.text
    channels = set(re.findall(r'href="(/big)?/', answer.text))
    assert channels == {"/big" if prefix.startswith("/big") else ""}
    assert path not in answer.text
    assert "no-cache" in answer.headers["Cache-Control"]


async def test_a_missing_page_offers_search_and_similar_services(server: RunningServer) -> None:
    answer = await server.get("/bins/mised-bin")
    assert 'href="/bins/missed-bin"' in answer.text
    assert "search" in answer.text


async def test_other_methods_get_405_with_allow(server: RunningServer) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"):
        answer = await server.get("/big/bins", method)
        assert answer.status == 405
        assert answer.headers["Allow"] == "GET,HEAD"
        assert "<style>" in answer.text
    assert (await server.get("/healthz", "POST")).status == 405


async def test_an_oversized_body_is_rejected_before_it_is_read(server: RunningServer) -> None:
    head = b"POST /big/bins HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n"
    answer = await server.bytes(head)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"<style>" in answer


async def test_an_exception_is_logged_and_shown_without_its_traceback(
    server: RunningServer, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await server.get("/big/fails")
    assert answer.status == 500
    assert "<style>" in answer.text
    assert "Traceback" not in answer.text
    assert "cannot be made" not in answer.text
    assert "builtins.RuntimeError" in caplog.text and " in own_screen: raise " in caplog.text


async def test_an_exception_while_rendering_the_error_page_still_gets_a_page(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onestop.pages.errors.problem", lambda *_: 1 / 0)
    answer = await server.get("/nothing")
    assert answer.status == 500
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /bins HTTP/1.1\r\nBad Header: x\r\n\r\n",
        b"GET /bins HTTP/1.1\r\nHost: a\r\nContent-Length: nine\r\n\r\n",
        b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
async def test_malformed_http_gets_a_400_page_and_is_closed(request_bytes: bytes, server: RunningServer) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(request_bytes)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"<style>" in answer
    assert b"<h1" in answer


PATHS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="#?", exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["/", "/big/", "/cy/", "/big/~old/", "/search/", "/a-z/", "/phone/", "/preview/", "/static/", "/pictures/"]),
    PATHS,
    st.dictionaries(st.sampled_from(["Accept", "Cookie", "User-Agent", "Accept-Language", "Range", "If-Modified-Since"]),
                    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=30)),
)  # fmt: skip
async def test_any_path_and_headers_get_a_complete_response(
    server: RunningServer, start: str, path: str, headers: dict[str, str]
) -> None:
    answer = await server.get(start + quote(path, safe="/%"), named=headers)
    assert answer.status in (200, 301, 302, 404)
    if answer.status in (200, 404):
        assert "</html>" in answer.text
        assert "Content-Security-Policy" in answer.headers
        assert re.search(r"<style>|stylesheet", answer.text)


async def test_content_security_policy_allows_the_style_by_its_hash_only(server: RunningServer) -> None:
    for path in ("/", "/bins/missed-bin", "/big/", "/nothing", "/preview/"):
        answer = await server.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert ("style-src 'sha256-" in policy) == ("<style>" in answer.text)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Server" not in answer.headers


async def test_a_search_is_not_cached(server: RunningServer) -> None:
    answer = await server.get("/search?q=+missed++bin%0a")
    assert 'href="/bins/missed-bin"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(server.parts.cache) == 0
    digits = await server.get("/big/search/647")
    assert digits.status == 200
    assert "/big/search/647" in server.parts.cache.shelves
    for asked in ("%00", "%ff", "/", "a" * 5000, "<b>&quot;", "."):
        assert (await server.get(f"/search?q={asked}")).status in (200, 404)


async def test_a_query_is_escaped(server: RunningServer) -> None:
    answer = await server.get("/search?q=<script>alert(1)</script>")
    assert "<script>alert" not in answer.text


async def test_healthz_is_200_only_with_a_catalogue(server: RunningServer) -> None:
    ready = await server.get("/healthz")
    assert (ready.status, json.loads(ready.body)["services"]) == (200, 3)
    server.parts.sites.current, kept = None, server.parts.sites.current
    starting = await server.get("/healthz")
    assert (starting.status, json.loads(starting.body)["status"]) == (503, "starting")
    page = await server.get("/bins")
    assert (page.status, page.headers["Retry-After"]) == (503, "3")
    assert (await server.bytes(b"nonsense\r\n\r\n")).startswith(b"HTTP/1.1 503")
    server.parts.sites.current = kept


async def test_metrics_count_responses_of_application_and_fast_path(server: RunningServer) -> None:
    for _ in range(3):
        tag = (await server.get("/bins/missed-bin")).headers["ETag"]
    await server.get("/bins/missed-bin", If_None_Match=tag)
    await server.get("/nothing")
    said = (await server.get("/metrics")).text
    assert 'onestop_requests_total{channel="small",status="200"} 3.0' in said
    assert 'onestop_requests_total{channel="small",status="304"} 1.0' in said
    assert 'onestop_requests_total{channel="small",status="404"} 1.0' in said
    assert 'onestop_visits_total{channel="small"} 4.0' in said
    assert "onestop_prepared_hits_total 3.0" in said
    assert "onestop_catalogue_services 3.0" in said
    assert 'onestop_render_seconds_count{channel="small"} 2.0' in said
    # The first page and the 404: prepared pages are not timed.
    assert "onestop_response_seconds_count 2.0" in said
    assert "onestop_connections 1.0" in said
    assert re.search(r"^onestop_connections_limit [1-9]", said, re.MULTILINE)


async def test_sitemap_lists_every_screen_in_each_of_its_languages(server: RunningServer) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    answer = await server.get("/sitemap.xml")
    found = ElementTree.fromstring(answer.body)
    places = [place.text for place in found.iter(f"{space}loc")]
    origin = "https://www.eastmere.example"
    assert places == [
        f"{origin}{path}"
        for path in (
            "/",
            "/cy/",
            "/bins",
            "/cy/bins",
            "/bins/missed-bin",
            "/cy/bins/missed-bin",
            "/bins/bulky",
            "/bins/garden",
        )
    ]
    assert server.parts.cache.shelves["/sitemap.xml"].pages[""].plain.body == answer.body
    assert (await server.get("/sitemap.xml")).body == answer.body
    links = found.findall(f"{space}url[5]/{{http://www.w3.org/1999/xhtml}}link")
    assert [link.get("hreflang") for link in links] == ["en", "cy"]


async def test_a_long_sitemap_is_split(server: RunningServer) -> None:
    site = server.parts.sites.current
    assert site is not None
    index = sitemap(site, None, most=3)
    assert index is not None
    assert index.plain.body.count(b"<sitemap>") == 3
    parts = [sitemap(site, number, most=3) for number in (1, 2, 3)]
    assert sum(part.plain.body.count(b"<url>") for part in parts if part) == 8
    assert sitemap(site, 4, most=3) is None
    assert (await server.get("/sitemap-2.xml")).status == 404


async def test_robots_txt_allows_only_the_channel_without_a_prefix(server: RunningServer) -> None:
    said = (await server.get("/robots.txt")).text
    assert "Disallow: /big/\n" in said
    assert "Sitemap: https://www.eastmere.example/sitemap.xml" in said


async def test_favicon_is_the_crest(server: RunningServer) -> None:
    icon = await server.get("/favicon.ico")
    assert icon.headers["Content-Type"].startswith("image/svg+xml")
    ElementTree.fromstring(icon.body)


async def test_a_static_file_is_immutable_at_its_address(server: RunningServer) -> None:
    page = await server.get("/preview/bins")
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
    assert len(addresses) > 1
    for address in addresses:
        file = await server.get(address, Accept_Encoding="gzip")
        assert file.status == 200
        assert file.headers["Cache-Control"].endswith("immutable")
        assert file.headers["Content-Encoding"] == "gzip"
    assert (await server.get("/static/preview.0000000000.css")).status == 404


async def test_preview_shows_the_requested_address(server: RunningServer) -> None:
    assert 'value="/bins/missed-bin"' in (await server.get("/preview/214")).text
    assert 'value="/cy/bins/missed-bin"' in (await server.get("/preview/cy/bins/missed-bin")).text
    asked = await server.get("/preview?address=cy/bins")
    assert (asked.status, asked.headers["Location"]) == (302, "/preview/cy/bins")
    outside = await server.get("/preview?address=//example.org/%0d%0aX:1")
    assert outside.headers["Location"].startswith("/preview/example.org")
    assert "X" not in outside.headers


async def test_idle_connections_are_closed_and_active_ones_are_not(server: RunningServer, clock: Clock) -> None:
    await server.get("/bins")
    assert len(server.server.connections) == 1
    await server.server.close_bad(clock())
    assert (await server.get("/bins")).status == 200
    clock.now += 80
    await server.server.close_bad(clock())
    assert all(connection.transport is None for connection in server.server.connections)


async def test_a_long_screen_is_laid_out_once_and_not_on_the_event_loop(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    lay_out = present._lay_out

    def observed(context: Context, screen: Screen) -> tuple[Page, ...]:
        threads.append(threading.get_ident())
        return lay_out(context, screen)

    monkeypatch.setattr(present, "_lay_out", observed)
    monkeypatch.setattr(present, "SHORT", 1)
    assert (await server.get("/bins/missed-bin")).status == 200
    assert len(threads) == 1 and threads[0] != threading.get_ident()
