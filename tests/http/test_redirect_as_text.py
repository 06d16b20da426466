"""Redirects as text: a script that accepts text/uri-list gets the address instead of a redirect."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support.servers.borough_server import Borough, borough

ASK = "/tv/bins/missed-bin/ask"
LED = {"Accept": "text/uri-list"}


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path) as made:
        yield made


async def test_a_number_redirects_as_text_only_for_scripts_that_accept_it(server: Borough) -> None:
    told = await server.get("/tv/214", named=LED)
    assert (told.status, told.text) == (200, "/tv/bins/missed-bin")
    assert told.headers["Content-Type"].startswith("text/uri-list")
    # The page has the same address: no cache may keep this response in its place.
    assert told.headers["Cache-Control"] == "no-store"
    assert (await server.get("/tv/214", Accept="text/html, text/uri-list")).status == 302
    assert (await server.get("/tv/bins/missed-bin", named=LED)).text.startswith("<!DOCTYPE html")


async def test_head_sets_the_cookie_and_a_post_returns_the_next_address(server: Borough) -> None:
    begun = await server.get(ASK, method="HEAD", named=LED)
    assert (begun.status, begun.body) == (200, b"")
    cookie = begun.headers["Set-Cookie"].partition(";")[0]
    page = (await server.get(f"{ASK}/day", Cookie=cookie)).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    data = "&".join(f"{name}={value}" for name, value in {**hidden, "answer": "today"}.items()).encode()
    form = {**LED, "Content-Type": "application/x-www-form-urlencoded"}
    led = await server.get(f"{ASK}/day", method="POST", data=data, named=form, Cookie=cookie)
    assert (led.status, led.text) == (200, f"{ASK}/bin")
    data = data.replace(b"today", b"never")
    wrong = await server.get(f"{ASK}/day", method="POST", data=data, named=form, Cookie=cookie)
    assert wrong.text.startswith("<!DOCTYPE html")
