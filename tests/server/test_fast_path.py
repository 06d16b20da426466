"""Prepared pages: the fast path sends the same bytes as the application, to the same visitors."""

import asyncio
import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.servers.running_server import Clock, RunningServer, read_response, without_date

pytestmark = pytest.mark.usefixtures("loop_watchdog")
BROWSER = b"User-Agent: Mozilla/5.0\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\n"
PAGES = (
    b"/",
    b"/bins",
    b"/bins/missed-bin",
    b"/cy/bins/missed-bin",
    b"/big/",
    b"/big/bins/bulky/2",
    b"/big/~old/bins",
    b"/nothing",
)
VARIANTS = (b"User-Agent: Big Old set\r\n", b"User-Agent: Big\r\n", b"Accept-Encoding: identity\r\n", b"", BROWSER)


def ask(path: bytes, headers: bytes) -> bytes:
    return b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n"


async def application_response(web: RunningServer, request: bytes) -> bytes:
    """Return the application's response, with every cache emptied first."""
    web.parts.cache.drop()
    return await web.bytes(request)


@pytest.mark.parametrize("headers", VARIANTS)
async def test_fast_path_sends_the_applications_bytes(headers: bytes, server: RunningServer) -> None:
    for path in PAGES:
        request = ask(path, headers)
        first = without_date(await application_response(server, request))
        answers = await server.bytes(request, request, request)
        again = [without_date(await server.bytes(request)) for _ in range(2)]
        assert again == [first, first]
        assert answers.count(b"HTTP/1.1 ") == 3
    assert server.parts.counter.requests.total() > 0


async def test_fast_path_is_taken_for_a_repeated_request(server: RunningServer) -> None:
    request = ask(b"/bins", BROWSER)
    await server.bytes(request, request, request, request)
    ready = server.parts.cache.shelves["/bins"].pages[""]
    assert ready.sent == 3
    assert server.server.requests_count == 1


async def test_personal_header_bytes_are_not_cached(server: RunningServer) -> None:
    request = ask(b"/bins", BROWSER + b"Cookie: a=b\r\n")
    answers = [without_date(await server.bytes(request)) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert server.server.fast_path.parsed == {}


HEADERS = st.lists(
    st.sampled_from(
        [
            b"Accept-Encoding: gzip", b"Accept-Encoding: gzip;q=0", b"Accept-Encoding: *", b"accept-encoding: GZIP;q=0.5",
            b"User-Agent: Big", b"User-Agent: Old", b"If-None-Match: *", b'If-None-Match: "x", W/"y"', b"Connection: close",
            b"Connection: keep-alive", b"Expect: 100-continue", b"Upgrade: websocket", b"Content-Length: 0", b"X: \xff", b"Bad header",
            b"Content-Length: 3", b"Transfer-Encoding: chunked", b"Range: bytes=0-1", b"Host:",
        ]
    ),
    max_size=5,
)  # fmt: skip
LINES = st.tuples(
    st.sampled_from([b"GET", b"HEAD", b"POST", b"OPTIONS", b"get", b"BREW", b""]),
    st.sampled_from([b"/", b"/bins", b"/bins?x=1", b"/big/bins", b"/%00", b"http://x/bins", b"*", b"bins", b"/bins x"]),
    st.sampled_from([b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2.0", b"HTTP/1.1 "]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, HEADERS)
async def test_any_request_gets_the_same_response_from_cache(
    server: RunningServer, line: tuple[bytes, bytes, bytes], headers: list[bytes]
) -> None:
    request = b" ".join(line) + b"\r\nHost: localhost\r\n" + b"".join(header + b"\r\n" for header in headers) + b"\r\n"
    server.parts.cache.drop()
    answers = [without_date(await server.bytes(request)) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    status = int(answers[0].split(b" ")[1])
    assert 100 <= status < 500 or (status == 505 and line[2] == b"HTTP/2.0")
    assert b"Traceback" not in answers[0]


async def test_responses_to_pipelined_requests_keep_their_order(server: RunningServer) -> None:
    bins, home = ask(b"/bins", BROWSER), ask(b"/", BROWSER)
    await server.bytes(bins, home)
    expected = [without_date(await server.bytes(one)) for one in (bins, home, bins)]
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(bins + home[:20])
    await asyncio.sleep(0.05)
    writer.write(home[20:] + bins)
    got = [without_date(await read_response(reader)) for _ in range(3)]
    writer.close()
    assert got == expected


async def test_a_request_body_is_never_parsed_as_a_request(server: RunningServer) -> None:
    hidden = ask(b"/bins", BROWSER)
    await server.bytes(hidden, hidden)
    post = b"POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(hidden)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(post)
    await asyncio.sleep(0.1)
    writer.write(hidden)
    got = await reader.read(65536)
    await asyncio.sleep(0.1)
    writer.close()
    assert got.startswith(b"HTTP/1.1 405 ")
    assert got.count(b"HTTP/1.1") == 1


async def test_each_encoding_has_its_own_etag_and_the_same_content(server: RunningServer) -> None:
    plain = await server.get("/bins/bulky")
    packed = await server.get("/bins/bulky", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip", True), ("br, gzip;q=0.1", True), ("gzip;q=0", False), ("*;q=0", False), ("*", True), ("identity", False),
     ("gzip; q=0.000", False), ("*, gzip;q=0", False), ("gzip;q=nonsense", False), ("GZIP", True), ("", False)],
)  # fmt: skip
async def test_gzip_is_sent_only_to_clients_that_accept_it(accepted: str, packed: bool, server: RunningServer) -> None:
    for _ in range(2):
        answer = await server.get("/bins/bulky", Accept_Encoding=accepted)
        assert ("Content-Encoding" in answer.headers) is packed


async def test_a_matching_etag_gets_304_without_a_body(server: RunningServer) -> None:
    first = await server.get("/bins", Accept_Encoding="gzip")
    tag = first.headers["ETag"]
    for asked in (tag, f'"other", W/{tag}', "*"):
        again = await server.get("/bins", Accept_Encoding="gzip", If_None_Match=asked)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert (await server.get("/bins", Accept_Encoding="gzip", If_None_Match='"other"')).status == 200


async def test_head_returns_the_headers_of_get(server: RunningServer) -> None:
    whole, head = await server.get("/bins"), await server.get("/bins", "HEAD")
    assert head.body == b""
    assert {**head.headers, "Date": ""} == {**whole.headers, "Date": ""}


async def test_a_page_is_not_sent_after_it_expires(server: RunningServer, clock: Clock) -> None:
    closing = datetime(2026, 11, 23, 17, 0, tzinfo=UTC).timestamp()
    said = (await server.get("/bins/missed-bin")).text
    clock.now = closing - 61
    assert (await server.get("/bins/missed-bin")).headers["Cache-Control"] == "max-age=60"
    clock.now = closing - 7.5
    short = await server.get("/bins/missed-bin")
    assert short.headers["Cache-Control"] == "max-age=7"
    assert short.text == said
    clock.now = closing
    later = await server.get("/bins/missed-bin")
    assert later.text != said
    assert later.headers["Cache-Control"] == "max-age=60"


async def test_each_device_gets_its_own_page_of_an_address(server: RunningServer) -> None:
    for _ in range(2):
        old, new = await server.get("/big/bins", User_Agent="Old"), await server.get("/big/bins", User_Agent="New")
        assert old.headers["Content-Type"].startswith("application/xhtml+xml")
        assert new.headers["Content-Type"].startswith("text/html")
        assert "User-Agent" in old.headers["Vary"]
    named = await server.get("/big/~old/bins", User_Agent="New")
    assert named.headers["Content-Type"].startswith("application/xhtml+xml")
    assert "User-Agent" not in named.headers["Vary"]


async def test_concurrent_requests_render_a_page_once(server: RunningServer) -> None:
    made: list[str] = []
    finder = server.parts.presenter.observe
    object.__setattr__(server.parts.presenter, "observe", lambda channel, seconds: made.append(channel))
    answers = await asyncio.gather(*(server.get("/search/waste") for _ in range(20)))
    object.__setattr__(server.parts.presenter, "observe", finder)
    assert {answer.body for answer in answers} == {answers[0].body}
    assert made == ["small"]


async def test_page_cache_evicts_the_oldest_beyond_its_bound(server: RunningServer) -> None:
    pages = server.parts.cache
    pages.bound = 40_000
    for number in range(40):
        await server.get(f"/search/{number + 100}x")
        await server.get("/bins")
    assert pages.size <= 40_000
    assert pages.size == sum(ready.size for ready in pages)
    assert "/bins" in pages.shelves
    assert "/search/100x" not in pages.shelves
    assert server.parts.counter.requests["small", 200] + sum(ready.sent for ready in pages) == 80
