"""Every address that a capability declares, asked for in ways that no browser asks: an answer of ours, soon, and never a 5xx."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from support.loop_watchdog import Watchdog
from support.samples.eastmere import eastmere_file
from support.servers.borough_server import BIN, CHANNELS, URLENCODED, Borough, borough

from server import CAPABILITIES

__all__ = ["eastmere_file"]
# Programs that share the processor's caches double the processor time of a step now and then: a real stall comes every time.
pytestmark = [pytest.mark.slow, pytest.mark.flaky(reruns=2, only_rerun=["AssertionError"])]
KEY = "a-key-of-another-program"
VARIABLE = re.compile(r"\{[a-z]+(?::((?:[^{}]|\{[^{}]*\})*))?\}")
BELOW = ("x", "x/y/z", "1", "%C2%9B", "a" * 300, "find", "changes/x/y", "answer/x", "live/waste/1", "case/x/y", "v2/requests.json",
         "v2/services.xml", "v2/tokens/1.json", "bins/missed-bin", "library/step-free/everywhere", "E05000001/x")  # fmt: skip
DEEP = ("/desk/", "/open311/", "/track/")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")
TEXT = re.compile(rb"^Content-Type: (?:text/|application/(?:json|xhtml|xml)|image/svg)", re.IGNORECASE | re.MULTILINE)
ODD_HEADERS = (
    b"Authorization: Bearer \xff\xfe",
    b"Authorization: Basic \xff",
    b"Idempotency-Key: \xff\x80",
    b"Cookie: visit=\xff; desk=\xff; home=0\xff; desk-known=\xff.a~b.\xff; language=\xff; wish=\xff",
    b"Cookie: visit=\"\\377\\000\"; desk=\"\\342\\202\"; home=\"\\000\"; desk-known=\"\\303\".x",
    b"Cookie: " + b"; ".join(b"a%d=%d" % (number, number) for number in range(700)),
    b"Cookie: " + b"visit=" * 1300,
    b"Accept: " + b"text/html;q=0.1," * 500,
    b"Accept: text/event-stream\r\nLast-Event-ID: " + b"\xff" * 100,
    b"Accept: text/uri-list\r\nHost: \xe2",
    b"Accept-Language: " + b"cy-GB;q=0.5, " * 600,
    b"Accept-Encoding: gzip;q=1e999, br;q=-1, *;q=nan",
    b"If-None-Match: " + b", ".join([b'"a"'] * 400),
    b"If-None-Match: *",
    b"If-Match: *",
    b'If-Match: W/"\xff"',
    b"If-Modified-Since: Thu, 99 Nov 99999 99:99:99 GMT",
    b"If-Unmodified-Since: \xff",
    b"Range: bytes=" + b"0-0," * 60,
    b"Range: bytes=-99999999999999999999",
    b"Range: bytes=99999999999999999999-\r\nIf-Range: \xff",
    b"Content-Type: application/json",
    b"Content-Type: multipart/form-data; boundary*0*=''%FF; boundary*1=X",
    b"Origin: null\r\nReferer: \xff\r\nSec-Fetch-Site: \xff",
    b"Origin: http://[::1",
    b"Referer: http://[::1/",
    b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13",
    b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA",
    b"X-Forwarded-For: fe80::1%\xff, ::ffff:1.2.3.4%1, [::%25]",
    b"X-Forwarded-For: " + b"1.1.1.1," * 120,
    b"X-Forwarded-Proto: https\r\nX-Forwarded-Host: \xff",
    b"X-HTTP-Method-Override: DELETE",
    b"User-Agent: " + b"Mozilla/5.0 (" * 150,
    b"User-Agent: \xff\x9b[2J HbbTV/1.4.1 (\xff;\xff;\xff)",
    b"Sec-Purpose: prefetch\xff",
    b"Transfer-Encoding: gzip, chunked",
    b"Content-Encoding: gzip",
    b"TE: trailers\r\nTrailer: Content-Length",
)  # fmt: skip
ODD_QUERIES = (
    "?" + "&" * 8000,
    "?" + "a=b&" * 2000,
    "?" + "%" * 6000,
    "?q=%00&back=%00&service=%00&after=1.%00&state=%00&code=%00&address=%00",
    "?q=%FF%FE&back=%FF&service=%ED%A0%80&after=%FF.1&state=%FF&code=%ED%A0%80&address=%FF",
    "?after=" + "9" * 5000 + ".a&service_request_id=" + "1," * 3000,
    "?start_date=0001-01-01T00:00:00Z&end_date=0001-01-01T00:00:00Z",
    "?start_date=9999-12-31T23:59:59-23:59&end_date=9999-12-31T23:59:59-23:59",
    "?start_date=0001-01-01T00:00:00%2B23:59",
    "?end_date=" + "2" * 5000,
    "?own&part=99999&q=" + "%F0%9F%98%80" * 100,
    "?address=//evil.example/%0d%0aX:y&back=//evil.example&say=%1b[2J",
)


def form(*fields: tuple[str, str]) -> bytes:
    return "&".join(f"{name}={value}" for name, value in fields).encode()


PART = b'Content-Disposition: form-data; name="a"\r\n\r\n'
ODD_BODIES = (
    (URLENCODED, b"&" * 190_000),
    (URLENCODED, b"a" * 199_000),
    (URLENCODED, form(("token", "%00"), ("answer", "%00"), ("name", "%00"), ("password", "%00"), ("ticket", "%00"), ("code", "%00"))),
    (URLENCODED, form(("token", "%FF"), ("answer", "%ED%A0%80"))),
    (URLENCODED, form(("answer.at", "nan,nan"), ("answer", "%F0%9F%98%80" * 1000), ("do", "streets"))),
    (URLENCODED, form(("api_key", KEY), ("service_code", "street-problem"), ("lat", "nan"), ("long", "1e999"),
                      ("attribute[kind]", "hole"), ("attribute[when]", "99999-99-99"), ("description", "%00%C2%9B"))),
    (URLENCODED, form(("api_key", "%C3%BF"), ("service_code", "%00"))),
    (URLENCODED, form(("answer", "["), ("credential", "%5B" * 9000), ("passkey", "%7B" * 9000))),
    ("application/json", b"[" * 15_000),
    ("application/json", b'{"a":' * 3000),
    ("application/json", b'{"reference": "\\ud800\\u0000", "status": "\\udfff"}'),
    ("application/json", b"1" * 15_000),
    ("application/json", b"\xff\xfe\x00\x01"),
    ("multipart/form-data", b""),
    ("multipart/form-data; boundary=", b"--\r\n\r\n"),
    ('multipart/form-data; boundary="a\\"b;c"', b'--a"b;c\r\n' + PART + b'x\r\n--a"b;c--\r\n'),
    ("multipart/form-data; boundary=X; boundary=Y", b"--Y\r\n" + PART + b"x\r\n--Y--\r\n"),
    ("multipart/form-data; boundary*0*=utf-8''%0D%0A; boundary*1=X", b"--X--"),
    ("multipart/form-data; boundary=" + "=" * 70, b"--" + b"=" * 70 + b"\r\n" + PART + b"x\r\n--" + b"=" * 70 + b"--"),
    ("multipart/form-data; boundary=X", b"--X\r\n" * 10_000 + b"--X--\r\n"),
    ("multipart/form-data; boundary=X", (b"--X\r\n" + PART + b"\r\n") * 3000 + b"--X--\r\n"),
    ("multipart/form-data; boundary=X", b"--X\r\nno colon\r\n\r\nx\r\n--X--\r\n"),
    ("multipart/form-data; boundary=X", b"--X\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\nx\r\n--X--\r\n"),
    ("multipart/form-data; boundary=X", b"--X\r\nContent-Disposition: form-data; name*0*=utf-8''%FF; name*1=a;"
     b" filename*0*=utf-8''%00; filename*1=\"..\"\r\n\r\nx\r\n--X--\r\n"),
    ("multipart/form-data; boundary=X", b"--X\r\nContent-Disposition: form-data; name=\"\xff\x00\"; filename=\"\x00\"\r\n\r\nx\r\n--X--"),
    ("multipart/form-data; boundary=X", b"--X\r\nContent-Type: multipart/mixed; boundary=Y\r\n" + PART + b"--Y\r\n" + PART
     + b"x\r\n--Y--\r\n--X--\r\n"),
    ("multipart/form-data; boundary=X", b"--X\r\nContent-Transfer-Encoding: base64\r\n" + PART + b"/9j/\r\n--X--\r\n"),
    ("multipart/mixed; boundary=X", b"--X\r\n" + PART + b"x\r\n--X--\r\n"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"a=+AAA-"),
    ("text/xml", b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'),
)  # fmt: skip


def addresses() -> list[str]:
    """Return every declared address with something for each variable, and addresses below those that have more."""
    found = [f"{BIN}/day", f"{BIN}/find/{'a' * 40}", f"{BIN}/check", f"{BIN}/photo", f"{BIN}/move"]
    for number, address in enumerate(sorted({one for capability in CAPABILITIES for one in capability.addresses})):
        plain = VARIABLE.sub(_value, address)
        below = BELOW if plain in DEEP else BELOW[number % 4 :: 4]
        found += [plain, *(f"{plain}{rest}" for rest in below)] if plain.endswith("/") else [plain]
    return found


def _value(found: re.Match[str]) -> str:
    """Return a text that fits a variable of a path pattern."""
    likely = ("cy", "1", "x", "a" * 30, "bins/missed-bin", "nearest", "library", "A" * 16)
    return next((text for text in likely if re.fullmatch(found[1] or "[^/]+", text)), "x")


ADDRESSES = addresses()
SHARE = 6
"""Each address is asked in one of so many ways: each way is tried at a sixth of them."""
BEARER = b"Authorization: Bearer a-secret"
PREFIXES = sorted(channel.prefix for channel in CHANNELS)


@pytest.fixture
async def server(tmp_path: Path, eastmere_file: Path) -> AsyncIterator[Borough]:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(json.dumps(KEY).join(("open311 = [", "]\n")) + 'notify-callback = "a-secret"\n')
    secrets.chmod(0o600)
    async with borough(tmp_path, gazetteer=str(eastmere_file), secrets=str(secrets), proxy="no") as made:
        for prefix in PREFIXES:
            for path in ("/", "/nothing", BIN, "/search/x"):
                await made.get(f"{prefix}{path}")
        yield made


@pytest.fixture
def watchdog() -> Iterator[Watchdog]:
    with Watchdog().watching() as watching:
        yield watching


async def ask(server: Borough, method: str, path: str, *headers: bytes, body: bytes = b"") -> bytes:
    """Return the response to one request; it must be one of ours, without control characters."""
    lines = [f"{method} {path} HTTP/1.1".encode(), b"Host: localhost", *headers]
    if body:
        lines.append(b"Content-Length: %d" % len(body))
    answer = await server.bytes(b"\r\n".join(lines) + b"\r\n\r\n" + body, wait=10)
    head, _, content = answer.partition(b"\r\n\r\n")
    asked = (method, path[:200], headers and headers[0][:80], body[:80], head[:300])
    assert re.match(rb"HTTP/1\.1 [234]\d\d ", head), asked
    assert b"\nServer:" not in head and not CONTROLS.search(head.replace(b"\r\n", b"")), asked
    if TEXT.search(head) and b"Content-Encoding" not in head:
        assert not CONTROLS.search(content), asked
    return answer


async def test_every_method_has_an_answer_everywhere(server: Borough, watchdog: Watchdog) -> None:
    for number, address in enumerate(ADDRESSES):
        for method in METHODS:
            answer = await ask(server, method, PREFIXES[number % len(PREFIXES)] + address)
            if method == "HEAD":
                assert answer.endswith(b"\r\n\r\n")
    assert watchdog.stalls == []


async def test_odd_headers_are_answered_everywhere(server: Borough, watchdog: Watchdog) -> None:
    for number, address in enumerate(ADDRESSES):
        for header in ODD_HEADERS[number % SHARE :: SHARE]:
            await ask(server, ("GET", "HEAD", "POST")[number % 3], address, header)
    assert watchdog.stalls == []


async def test_odd_queries_are_answered_everywhere(server: Borough, watchdog: Watchdog) -> None:
    for number, address in enumerate(ADDRESSES):
        for query in ODD_QUERIES if "open311" in address or "desk" in address else ODD_QUERIES[number % SHARE :: SHARE]:
            await ask(server, "GET", address + query)
    assert watchdog.stalls == []


async def test_odd_bodies_are_answered_everywhere(server: Borough, watchdog: Watchdog) -> None:
    for number, address in enumerate(ADDRESSES):
        for kind, body in ODD_BODIES if "open311" in address else ODD_BODIES[number % SHARE :: SHARE]:
            await ask(server, "POST", address, f"Content-Type: {kind}".encode(), BEARER, body=body)
    assert watchdog.stalls == []
