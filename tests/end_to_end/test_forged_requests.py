"""Request smuggling, forged Host headers, header injection, and replayed cookies, forms and codes."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support.programs.databases import scalar
from support.servers.borough_server import BIN, TO_ADDRESS, URLENCODED, Borough, Visitor, borough, code_of

EVIL = "evil.example"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path) as made:
        yield made


HOSTS = (
    {"Host": EVIL},
    {"X-Forwarded-Host": EVIL},
    {"X-Forwarded-Server": EVIL, "X-Host": EVIL},
    {"Forwarded": f"host={EVIL};proto=https"},
    {"X-Original-URL": f"//{EVIL}/", "X-Rewrite-URL": f"//{EVIL}/"},
    {"X-Forwarded-Prefix": f"//{EVIL}", "X-Forwarded-For": EVIL},
)


PATHS = ("/bins", "/tv/bins", "/214", "/bins/", "/kiosk/~portrait/bins", BIN, f"/tv{BIN}", "/move", "/nowhere")


async def test_no_response_repeats_the_host_header(server: Borough) -> None:
    """A cached page must not contain a host that one request has named."""
    for path in PATHS:
        for headers in (*HOSTS, *HOSTS):
            answer = await server.get(path, named=headers)
            assert EVIL not in answer.text and EVIL not in str(answer.headers), (headers, answer)
        absolute = await server.bytes(f"GET http://{EVIL}{path} HTTP/1.1\r\nHost: {EVIL}\r\n\r\n".encode())
        assert EVIL.encode() not in absolute
        doubled = await server.bytes(f"GET //{EVIL}{path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert b"Location: //" not in doubled and b"Location: http" not in doubled


HIDDEN_REQUEST = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
POST = f"POST {BIN}/day HTTP/1.1\r\nHost: a\r\nContent-Type: {URLENCODED}\r\n".encode()
CHUNKED = b"0\r\n\r\n" + HIDDEN_REQUEST
SMUGGLED = {
    "both lengths": POST + b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n" % len(CHUNKED) + CHUNKED,
    "lengths the other way": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n" + CHUNKED,
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN_REQUEST) + HIDDEN_REQUEST,
    "a list of lengths": POST + b"Content-Length: 0, %d\r\n\r\n" % len(HIDDEN_REQUEST) + HIDDEN_REQUEST,
    "a length with a sign": POST + b"Content-Length: +%d\r\n\r\n" % len(HIDDEN_REQUEST) + HIDDEN_REQUEST,
    "a space before the colon": POST + b"Content-Length : %d\r\n\r\n" % len(HIDDEN_REQUEST) + HIDDEN_REQUEST,
    "a folded header": POST + b"X: a\r\n Content-Length: %d\r\nContent-Length: 0\r\nTransfer-Encoding:\r\n chunked\r\n\r\n" % 9 + CHUNKED,
    "an unknown coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n" + CHUNKED,
    "a coding after chunked": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n" + CHUNKED,
    "a chunk of minus one": POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n" + HIDDEN_REQUEST,
    "a chunk too long": POST + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff1\r\n" + HIDDEN_REQUEST,
    "a bare line feed": b"GET /bins HTTP/1.1\nHost: a\nContent-Length: %d\n\n" % len(HIDDEN_REQUEST) + HIDDEN_REQUEST,
    "a carriage return in a header": b"GET /bins HTTP/1.1\r\nHost: a\r\nX: b\rContent-Length: 9\r\n\r\n" + HIDDEN_REQUEST[:0],
    "a NUL in a header": b"GET /bins HTTP/1.1\r\nHost: a\r\nX: b\x00c\r\n\r\n",
    "a GET with a body": b"GET /bins HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN_REQUEST) + HIDDEN_REQUEST,
    "a GET in chunks": b"GET /bins HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(HIDDEN_REQUEST)
    + HIDDEN_REQUEST + b"\r\n0\r\n\r\n",
}  # fmt: skip


async def test_request_smuggling_is_rejected(server: Borough) -> None:
    """Also for prepared pages, which the fast path sends without parsing."""
    for host in ("localhost", "a"):
        await server.get("/bins", Host=host)
    assert b'"services"' in await server.everything(HIDDEN_REQUEST)
    answers = await asyncio.gather(*(server.everything(sent) for sent in SMUGGLED.values()))
    for how, got in zip(SMUGGLED, answers, strict=True):
        assert b'"services"' not in got, (how, got)
        assert got.count(b"HTTP/1.1 200") <= 1, (how, got)


async def test_header_injection_is_rejected(server: Borough) -> None:
    visitor = Visitor(server)
    await visitor.until(BIN, TO_ADDRESS)
    slipped = "x\r\nSet-Cookie: visit=planted\r\n\r\n<html>"
    for path in (
        "/bins%0d%0aSet-Cookie:visit=planted", "/BINS/%0D%0ASet-Cookie:visit=planted", "/tv/214%0aSet-Cookie:visit=planted",
        "/search?q=%0d%0aSet-Cookie:visit=planted", "/M/ABCDEFGHJKLMN%0d%0aSet-Cookie:visit=planted",
    ):  # fmt: skip
        assert "planted" not in str((await server.get(path)).headers)
    for path, name in (
        (f"{BIN}/home", "answer"),
        ("/move", "answer"),
        ("/move", "code"),
        (f"{BIN}/bin", "do"),
        (f"{BIN}/bin", "draft"),
    ):
        sent = [(name, slipped)]
        body = dict(re.findall(r'name="(token|seen|draft)" value="([^"]*)"', await visitor.get(path)))
        answer = await server.post(
            path, [*sent, *((key, value) for key, value in body.items() if key != name)], visitor.cookie
        )
        assert "planted" not in str(answer.headers)


async def test_a_foreign_cookie_is_not_a_session(server: Borough) -> None:
    for word in (
        "visit=x",
        "visit=" + "0" * 30 + '"; visit=y',
        "visit=../../x",
        "visit=" + "é" * 30,
        "__Host-visit=" + "0" * 30,
    ):
        answer = await server.get(f"{BIN}/day", named={"Cookie": word.encode().decode("latin-1")})
        assert answer.status == 200
        assert re.fullmatch(r"visit=[0-9a-f]{8}[A-Za-z0-9_-]{22}; .*", answer.headers["Set-Cookie"])


async def test_many_cookies_do_not_block_the_server(server: Borough) -> None:
    for size in (3, 12, 70):
        bomb = "; ".join(f"c{n}={'x' * 1000}" for n in range(size))
        got = await server.everything(f"GET {BIN}/day HTTP/1.1\r\nHost: a\r\nCookie: {bomb}\r\n\r\n".encode())
        assert got.startswith((b"HTTP/1.1 200", b"HTTP/1.1 400", b"HTTP/1.0 400", b"HTTP/1.1 431")), got[:100]
        assert (await server.get("/bins")).status == 200


async def test_cookie_form_and_code_are_invalid_after_the_session_ended(server: Borough) -> None:
    """The next visitor of a kiosk may have kept the cookie, the form and the code of the last one."""
    visitor, journey = Visitor(server), f"/kiosk{BIN}"
    await visitor.until(journey, TO_ADDRESS)
    page, cookie = await visitor.get(journey), visitor.cookie
    await server.get("/kiosk/leave", Cookie=cookie, Sec_Fetch_Site="same-origin")
    thief = Visitor(server)
    thief.cookie = cookie
    status, _ = await thief.answer(f"{journey}/home", [("answer", "1 Thief Lane, EM4 2QT")], page)
    assert status in (303, 410)
    assert "When should we have emptied it?" in await thief.get(journey)
    assert (await thief.answer(f"{journey}/check", [], page))[0] in (303, 410)
    assert await cases_of(server) == 0


async def test_a_link_in_a_mail_does_not_take_the_cookie_of_a_first_answer(server: Borough) -> None:
    phone = Visitor(server)
    page = await phone.get(BIN)
    left = await server.get("/kiosk/leave", Cookie=phone.cookie, Sec_Fetch_Site="none")
    assert left.status == 303 and "Set-Cookie" not in left.headers and "Clear-Site-Data" not in left.headers
    assert (await phone.answer(f"{BIN}/day", [("answer", "today")], page))[0] == 303
    kiosk = Visitor(server)
    await kiosk.get(f"/kiosk{BIN}")
    left = await server.get("/kiosk/leave", Cookie=kiosk.cookie, Sec_Fetch_Site="same-origin")
    assert "Clear-Site-Data" in left.headers


async def test_a_code_or_ticket_can_be_used_once(server: Borough) -> None:
    set_, phone, thief = Visitor(server), Visitor(server), Visitor(server)
    await set_.until(BIN, TO_ADDRESS)
    code = await code_of(set_)
    ticket = re.search(r"/M/([A-Z0-9]{13})", await set_.get(f"{BIN}/move"))
    assert ticket
    assert (await phone.send("/move", [("code", ticket[1])]))[0] == 303
    for given in (code, ticket[1], ticket[1].lower(), f"{code} "):
        assert (await thief.send("/move", [("code", given)]))[0] == 200
        assert "has been used" in thief.body
    assert "What is the address" not in await thief.get(BIN)


async def test_recordings_of_personal_pages_are_for_their_visitor_and_never_kept(server: Borough) -> None:
    visitor = Visitor(server)
    await visitor.until(BIN, TO_ADDRESS)
    for path in (BIN, f"{BIN}/home", "/move", f"{BIN}/check"):
        for place in ("", "/tv", "/kiosk/~portrait"):
            for ending in (".mp3", ".wav"):
                address = f"/speech/at{place}{path}{ending}"
                own, of_a_stranger = await server.get(address, Cookie=visitor.cookie), await server.get(address)
                assert own.headers["Cache-Control"] == "no-store" or own.status == 404, address
                assert of_a_stranger.status == 404 or of_a_stranger.headers["Cache-Control"] == "no-store", address


async def cases_of(server: Borough) -> int:
    found = await scalar(server.database, "SELECT COUNT(*) FROM cases")
    assert isinstance(found, int)
    return found
