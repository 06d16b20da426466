"""HTTPS and proxies: what is shown over plain HTTP, whose address counts behind a proxy, and rate limits of code guessing."""

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from support.servers.borough_server import BIN, TO_ADDRESS, Borough, Visitor, borough, code_of

SEALED = {"X_Forwarded_Proto": "https"}


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    """Serve behind a proxy that sets X-Forwarded headers."""
    async with borough(tmp_path, proxy="yes", address="https://www.eastmere.example") as made:
        yield made


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/move", "https://www.eastmere.example/move"),
        ("/cy/move", "https://www.eastmere.example/cy/move"),
        ("/tv/move", "https://www.eastmere.example/tv/move"),
        ("/kiosk/move", "https://www.eastmere.example/kiosk/move"),
        ("/M/ABCDEFGHJKLMN", "https://www.eastmere.example/M/ABCDEFGHJKLMN"),
        (BIN, f"https://www.eastmere.example{BIN}"),
    ],
)
async def test_plain_http_pages_name_the_https_page(server: Borough, path: str, there: str) -> None:
    answer = await server.get(path)
    assert answer.status == 200
    assert f'href="{there}"' in answer.text
    assert "too long" not in answer.text


async def test_the_first_of_several_proxies_gives_the_scheme(server: Borough) -> None:
    assert "When should we have emptied it?" in (await server.get(f"{BIN}/day", X_Forwarded_Proto="https, http")).text
    assert "https://" in (await server.get(f"{BIN}/day", X_Forwarded_Proto="http, https")).text


async def test_one_guesser_is_blocked_and_others_are_not(server: Borough) -> None:
    """The client is the address that the proxy saw, whatever it sends in X-Forwarded-For or as a cookie."""
    resident = Visitor(server, X_Forwarded_For="203.0.113.9", **SEALED)
    await resident.until(BIN, TO_ADDRESS)
    code = await code_of(resident)
    assert await guessed(server, code, 120, lambda n: f"192.0.2.{n}, 198.51.100.7") == 20
    phone = Visitor(server, X_Forwarded_For="203.0.113.77", **SEALED)
    assert (await phone.send("/move", [("answer", code)]))[0] == 303


@pytest.mark.parametrize(
    ("proxies", "forwarded"),
    [
        (1, "198.51.100.7:{port}"),
        (1, "192.0.2.{n}, 198.51.100.7:{port}"),
        (2, "192.0.2.{n}:443, 198.51.100.7:{port}, 10.0.0.{n}:80"),
        (3, "192.0.2.{n},198.51.100.7:{port},10.0.0.1,[fd00::{n}]:8443"),
        (1, "[2001:db8:1:{n}::3]:{port}"),
        (1, "2001:db8:1:2::{n}"),
        (2, "[2001:db8:1:2::{n}]:{port}, [fd00::{n}]:{port}"),
        (1, "[::ffff:198.51.100.7]:{port}"),
    ],
)
async def test_ports_and_proxies_do_not_make_a_guesser_many_networks(
    proxies: int, forwarded: str, tmp_path: Path
) -> None:
    settings = {"proxy": "yes", "proxies": str(proxies), "address": "https://www.eastmere.example"}
    hops = ", 10.0.0.1" * (proxies - 1)
    async with borough(tmp_path, **settings) as server:
        resident = Visitor(server, X_Forwarded_For=f"203.0.113.9:50123{hops}", **SEALED)
        await resident.until(BIN, TO_ADDRESS)
        code = await code_of(resident)
        assert await guessed(server, code, 40, lambda n: forwarded.format(n=n + 1, port=40_000 + n)) == 20
        phone = Visitor(server, X_Forwarded_For=f"203.0.113.77:40001{hops}", **SEALED)
        assert (await phone.send("/move", [("answer", code)]))[0] == 303


@pytest.mark.parametrize("language", ["", "/cy"])
async def test_guessers_on_many_networks_block_no_resident(language: str, server: Borough) -> None:
    """Short codes are refused then, and residents hand over by a longer one: also those on a guesser's network."""
    resident = Visitor(server, X_Forwarded_For="203.0.113.9", **SEALED)
    await resident.until(BIN, TO_ADDRESS)
    code = await code_of(resident)
    assert await guessed(server, code, 60, lambda n: f"198.51.100.{n}") == 30
    phone = Visitor(server, X_Forwarded_For="198.51.100.7", **SEALED)
    assert (await phone.send(f"{language}/move", [("answer", code)]))[0] == 429
    assert {"": "it is longer and works at once", "/cy": "hirach ac yn gweithio ar unwaith"}[language] in phone.body
    longer = re.search(r">(\d{3} \d{3} \d{3} \d{3})<", await resident.get(f"{BIN}/move"))
    assert longer
    assert (await phone.send("/move", [("answer", longer[1])]))[0] == 303
    assert "What is the address" in await phone.get(BIN)


async def guessed(server: Borough, code: str, times: int, network: Callable[[int], str]) -> int:
    """Return how many wrong codes were looked up before the rest were refused."""
    statuses = []
    for n in range(times):
        guesser = Visitor(server, X_Forwarded_For=network(n), **SEALED)
        statuses.append((await guesser.send("/move", [("answer", f"{(int(code) + 1 + n) % 1_000_000:06}")]))[0])
    taken = statuses.count(200)
    assert set(statuses[taken:]) == {429}
    return taken


async def test_a_hand_over_asks_which_of_two_drafts_to_keep(server: Borough) -> None:
    """A link sent by a stranger must not replace a draft without asking."""
    stranger, resident = Visitor(server, **SEALED), Visitor(server, **SEALED)
    await stranger.until(BIN, TO_ADDRESS[:1])
    ticket = re.search(r"/M/[A-Z0-9]{13}", await stranger.get(f"{BIN}/move"))
    assert ticket
    await resident.until(BIN, TO_ADDRESS)
    assert (await resident.answer("/move", [], await resident.get(ticket[0])))[0] == 200
    asked = resident.body
    assert "Go on with which?" in asked
    assert await resident.answer("/move", [], asked) == (303, BIN)
    assert "What is the address" in await resident.get(BIN)
    instead = re.search(r'name="instead" value="([^"]+)"', asked)
    assert instead
    assert await resident.answer("/move", [("instead", instead[1])], asked) == (303, BIN)
    assert "Which was missed?" in await resident.get(BIN)


async def test_wrong_codes_do_not_start_a_session_each(server: Borough) -> None:
    """An expired session's cookie is exchanged once, so that attempts are counted together."""
    visitor = Visitor(server, **SEALED)
    await visitor.until(f"/kiosk{BIN}", TO_ADDRESS[:1])
    server.clock.now += 330
    statuses = [(await visitor.send("/kiosk/move", [("answer", f"{n:06}")]))[0] for n in range(10)]
    assert statuses == [200] * 6 + [429] * 4


async def test_https_responses_carry_strict_transport_security(server: Borough) -> None:
    """The first response comes from the application, the next from the fast path, the last is a 304."""
    heads = []
    for _ in range(3):
        answer = await server.get("/bins", X_Forwarded_Proto="https, http")
        heads.append([*(name for name, value in answer.headers.items()), answer.headers["Strict-Transport-Security"]])
    assert heads[0] == heads[1] == heads[2]
    tag = answer.headers["ETag"]
    unchanged = await server.get("/bins", X_Forwarded_Proto="https", If_None_Match=tag)
    assert unchanged.status == 304 and "Strict-Transport-Security" in unchanged.headers
    for headers in ({}, {"X_Forwarded_Proto": "http"}, {"X_Forwarded_Proto": "http, https"}):
        for path in ("/bins", "/move", "/nothing"):
            assert "Strict-Transport-Security" not in (await server.get(path, named=headers)).headers


@pytest.mark.parametrize(
    "path",
    ["/%6detrics", "/%6Detrics?x", "/metric%73", "/%70review", "/preview%2f", "/%70review/bins", "/%2e/metrics",
     "/./metrics", "//metrics", "/preview/%2e%2e/metrics", "/Metrics", "/metrics/", "/healt%68z"],
)  # fmt: skip
async def test_paths_that_a_proxy_hides_have_no_other_spelling(server: Borough, path: str) -> None:
    answer = await server.bytes(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    assert b"onestop_" not in answer and b"<iframe" not in answer and b'"catalogue"' not in answer
    assert not answer.startswith(b"HTTP/1.1 200"), answer[:300]
