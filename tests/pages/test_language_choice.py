"""The language of the first page: what the browser asks for, and what a resident chose, which is stronger and kept."""

import pytest
from support.servers.running_server import RunningServer

from onestop.pages.language_choice import accepted_language

LANGUAGES = ("en", "cy", "ur")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("cy", "cy"), ("cy-GB,cy;q=0.9,en;q=0.8", "cy"), ("en-GB,en;q=0.9,cy;q=0.8", "en"), ("fr,cy;q=0.4", "cy"), ("", ""),
        ("fr", ""), ("*", ""), ("en;q=0.3, UR;q=0.7", "ur"), ("cy;q=0, en", "en"), ("cy;q=x,en", "en"), ("," * 300 + "cy", ""),
        ("cy;q=0.000,ur;q=1.0", "ur"), ("x" * 5000, ""),
    ],
)  # fmt: skip
def test_the_language_a_browser_prefers_is_found(header: str, language: str) -> None:
    assert accepted_language(header, LANGUAGES) == language


async def test_a_fresh_visitor_is_sent_to_their_language_from_home_only(server: RunningServer) -> None:
    for _ in range(2):
        welsh = await server.get("/", Accept_Language="cy-GB,cy;q=0.9,en;q=0.5")
        assert (welsh.status, welsh.headers["Location"]) == (302, "/cy/")
        english = await server.get("/", Accept_Language="en-GB,cy;q=0.5")
        assert english.status == 200
        for answer in (welsh, english):
            assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].replace(" ", "").split(","))
    inside = await server.get("/bins", Accept_Language="cy")
    assert inside.status == 200
    assert "Accept-Language" not in inside.headers["Vary"]
    assert (await server.get("/cy/", Accept_Language="en")).status == 200


async def test_a_set_in_a_living_room_or_a_hall_chooses_for_itself(server: RunningServer) -> None:
    sent = await server.get("/", User_Agent="Big set", Accept_Language="cy")
    assert sent.headers["Location"] == "/big/"
    assert (await server.get("/big/", Accept_Language="cy")).status == 200


@pytest.mark.parametrize(
    ("path", "there", "kept"),
    [
        ("/language/cy/bins/missed-bin", "/cy/bins/missed-bin", "cy"), ("/language/en/bins", "/bins", "en"),
        ("/language/en", "/", "en"), ("/language/cy", "/cy/", "cy"), ("/language/en//evil.example/x", "/evil.example/x", "en"),
    ],
)  # fmt: skip
async def test_a_choice_is_kept_in_a_cookie_that_holds_only_this(
    path: str, there: str, kept: str, server: RunningServer
) -> None:
    answer = await server.get(path)
    assert (answer.status, answer.headers["Location"]) == (303, there)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Set-Cookie"].startswith(f"language={kept}; Max-Age=")


async def test_a_choice_is_stronger_than_the_browser(server: RunningServer) -> None:
    stays = await server.get("/", Accept_Language="cy", Cookie="language=en")
    assert stays.status == 200
    sent = await server.get("/", Accept_Language="en", Cookie="a=b; language=cy")
    assert (sent.status, sent.headers["Location"]) == (302, "/cy/")
    unknown = await server.get("/", Accept_Language="en", Cookie="language=xx")
    assert unknown.status == 200


@pytest.mark.parametrize("path", ["/language/xx/bins", "/language/", "/language"])
async def test_a_language_that_the_council_has_not_is_not_found(path: str, server: RunningServer) -> None:
    assert (await server.get(path)).status == 404


async def test_the_links_of_a_phone_store_the_choice(server: RunningServer) -> None:
    assert 'href="/language/cy/bins/missed-bin"' in (await server.get("/bins/missed-bin")).text
    assert 'href="/language/en/bins/missed-bin"' in (await server.get("/cy/bins/missed-bin")).text
