"""Passkeys: added, used to sign in, removed; and refused without a fingerprint or PIN, replayed, copied, or from another origin."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from staff.authenticator import Authenticator
from staff.officer_browser import OfficerBrowser, StaffServer

from onestop.staff.session import RECENT

pytestmark = pytest.mark.slow
ORIGIN = "https://www.eastmere.example"
ASKED = re.compile(r'data-(?:create|get)="(.*?)" hidden', re.DOTALL)


def asked(browser: OfficerBrowser) -> dict[str, Any]:
    found = ASKED.search(browser.body)
    assert found, browser.body
    options: dict[str, Any] = json.loads(found[1])
    return options


async def with_passkey(server: StaffServer, device: Authenticator, name: str = "hale") -> OfficerBrowser:
    browser = OfficerBrowser(server.borough)
    await browser.sign_in(name)
    await browser.get("/desk/account")
    assert asked(browser)["authenticatorSelection"]["userVerification"] == "required"
    await browser.send("/desk/account/passkey", credential=device.create(asked(browser)))
    return browser


async def sign_in(server: StaffServer, device: Authenticator) -> OfficerBrowser:
    browser = OfficerBrowser(server.borough)
    await browser.get("/desk/sign-in")
    await browser.send("/desk/passkey", credential=device.get(asked(browser)))
    return browser


@pytest.mark.parametrize("counts", [True, False])
async def test_an_officer_signs_in_with_a_passkey_alone_until_it_is_removed(server: StaffServer, counts: bool) -> None:
    device = Authenticator(ORIGIN, counts=counts)
    owner = await with_passkey(server, device)
    for _ in range(2):
        browser = await sign_in(server, device)
        assert browser.status == 200 and "J. Hale" in browser.body
    await owner.get("/desk/account")
    await owner.send("/desk/account/remove-passkey")
    assert (await sign_in(server, device)).status == 403


async def test_a_passkey_without_fingerprint_or_pin_is_neither_added_nor_accepted(server: StaffServer) -> None:
    assert (await with_passkey(server, Authenticator(ORIGIN, verifies=False))).status == 403
    device = Authenticator(ORIGIN)
    await with_passkey(server, device)
    device.verifies = False
    assert (await sign_in(server, device)).status == 403


@pytest.mark.parametrize(
    "origin",
    [
        "https://www.eastmere.example.evil.example",
        "http://www.eastmere.example",
        "https://eastmere.example",
        f"{ORIGIN}/",
    ],
)
async def test_another_origin_is_refused(server: StaffServer, origin: str) -> None:
    assert (await with_passkey(server, Authenticator(origin))).status == 403
    device = Authenticator(ORIGIN)
    await with_passkey(server, device)
    device.origin = origin
    assert (await sign_in(server, device)).status == 403


async def test_an_answer_is_accepted_once_and_from_its_own_browser_only(server: StaffServer) -> None:
    device = Authenticator(ORIGIN, counts=False)
    await with_passkey(server, device)
    browser = OfficerBrowser(server.borough)
    await browser.get("/desk/sign-in")
    answer, cookies, fields = device.get(asked(browser)), dict(browser.cookies), browser.form("/desk/passkey")
    stolen = OfficerBrowser(server.borough)
    await stolen.get("/desk/sign-in")
    await stolen.send("/desk/passkey", credential=answer)
    assert stolen.status == 403
    statuses = []
    for _ in range(2):
        again = OfficerBrowser(server.borough, cookies=dict(cookies))
        statuses.append((await again.request("/desk/passkey", {**fields, "credential": answer})).status)
    assert statuses == [303, 403]


async def test_a_challenge_expires(server: StaffServer) -> None:
    device = Authenticator(ORIGIN)
    await with_passkey(server, device)
    browser = OfficerBrowser(server.borough)
    await browser.get("/desk/sign-in")
    server.borough.clock.now += 601
    await browser.send("/desk/passkey", credential=device.get(asked(browser)))
    assert browser.status == 403


async def test_a_copy_of_an_authenticator_is_noticed_by_its_count(server: StaffServer) -> None:
    device = Authenticator(ORIGIN)
    await with_passkey(server, device)
    copy = replace(device)
    assert (await sign_in(server, device)).status == 200
    assert (await sign_in(server, copy)).status == 403
    device.count = -1
    device.counts = True
    assert (await sign_in(server, device)).status == 403


async def test_a_passkey_signs_in_only_its_own_officer(server: StaffServer) -> None:
    hale, lee = Authenticator(ORIGIN), Authenticator(ORIGIN)
    await with_passkey(server, hale)
    await with_passkey(server, lee, "lee")
    lee.handle, own = hale.handle, lee.handle
    assert (await sign_in(server, lee)).status == 403
    lee.handle = own
    lee.credential = hale.credential
    assert (await sign_in(server, lee)).status == 403


@pytest.mark.parametrize(
    "answer",
    ["", "{}", "[]", "null", "[" * 9000, '{"response": 1}', '{"response": {"clientDataJSON": "AAAA"}}', "x" * 30_000],
)
async def test_nonsense_is_refused(server: StaffServer, answer: str) -> None:
    browser = OfficerBrowser(server.borough)
    await browser.get("/desk/sign-in")
    await browser.send("/desk/passkey", credential=answer)
    assert browser.status == 403


async def test_a_passkey_confirms_only_its_own_officer(server: StaffServer) -> None:
    hale, lee = Authenticator(ORIGIN), Authenticator(ORIGIN)
    await with_passkey(server, hale)
    await with_passkey(server, lee, "lee")
    browser = await sign_in(server, hale)
    server.borough.clock.now += RECENT + 1
    for device, status in ((lee, 403), (hale, 200)):
        await browser.get("/desk/confirm?back=/desk/account")
        await browser.send("/desk/confirm/passkey", credential=device.get(asked(browser)))
        assert browser.status == status
    assert browser.path == "/desk/account" and "Do that now" not in browser.body


async def test_a_challenge_of_the_sign_in_page_confirms_nothing(server: StaffServer) -> None:
    device = Authenticator(ORIGIN)
    await with_passkey(server, device)
    browser = await sign_in(server, device)
    server.borough.clock.now += RECENT + 1
    await browser.get("/desk/sign-in")
    answer = device.get(asked(browser))
    await browser.get("/desk/confirm")
    await browser.send("/desk/confirm/passkey", credential=answer)
    assert browser.status == 403
