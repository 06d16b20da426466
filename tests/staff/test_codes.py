"""Time-based codes and recovery codes: set up, asked for, used once; and confirmation before a change of credentials."""

import asyncio
import re

import pyotp
import pytest
from staff.officer_browser import PASSWORD, OfficerBrowser, StaffServer

from onestop.staff.proof.one_time_code import new_secret, use_code
from onestop.staff.session import RECENT
from onestop.store.database import Database
from onestop.store.tables.staff import officer_codes, officers

pytestmark = pytest.mark.slow
SECRET = re.compile(r'<p class="secret">([A-Z2-7]+)</p>')
RECOVERY = re.compile(r"<li>([a-z2-9]{5}-[a-z2-9]{5})</li>")
NOW = 1_795_000_000


async def with_codes(server: StaffServer) -> tuple[OfficerBrowser, pyotp.TOTP, list[str]]:
    """Sign in and set up codes; return the browser, the device and the recovery codes."""
    browser = OfficerBrowser(server.borough)
    await browser.sign_in()
    await browser.send("/desk/account/codes")
    found = SECRET.search(browser.body)
    assert found, browser.body
    device = pyotp.TOTP(found[1])
    await browser.send("/desk/account/confirm-codes", code="000000")
    assert browser.status == 403
    await browser.send("/desk/account/confirm-codes", code=device.at(int(server.borough.clock())))
    recovery = RECOVERY.findall(browser.body)
    assert len(set(recovery)) == 10, browser.body
    return browser, device, recovery


async def test_a_password_alone_does_not_sign_in_an_officer_with_codes(server: StaffServer) -> None:
    _, device, _ = await with_codes(server)
    server.borough.clock.now += 30
    browser = OfficerBrowser(server.borough)
    await browser.sign_in()
    assert browser.path.startswith("/desk/code")
    half = browser.secret
    assert "Sign-in name" in await OfficerBrowser(server.borough, cookies={"desk": half}).get("/desk/account")
    await browser.get("/desk/code")
    await browser.send("/desk/code", code=device.at(int(server.borough.clock())))
    assert browser.status == 200 and "J. Hale" in browser.body
    assert browser.secret != half
    assert "Sign-in name" in await OfficerBrowser(server.borough, cookies={"desk": half}).get("/desk/account")


async def test_a_code_is_used_once(server: StaffServer) -> None:
    _, device, _ = await with_codes(server)
    server.borough.clock.now += 30
    code = device.at(int(server.borough.clock()))
    paths = []
    for _ in range(2):
        browser = OfficerBrowser(server.borough)
        await browser.sign_in()
        await browser.send("/desk/code", code=code)
        paths.append((browser.path, browser.status))
    assert paths == [("/desk/account", 200), ("/desk/code", 403)]


async def test_a_recovery_code_is_used_once_and_others_still_work(server: StaffServer) -> None:
    _, _, recovery = await with_codes(server)
    statuses = []
    for code in (recovery[0], recovery[0], recovery[1].upper().replace("-", " ")):
        browser = OfficerBrowser(server.borough)
        await browser.sign_in()
        await browser.send("/desk/code", code=code)
        statuses.append(browser.status)
    assert statuses == [200, 403, 200]
    assert "8 recovery codes are left." in browser.body


async def test_codes_are_not_guessed(server: StaffServer) -> None:
    _, device, _ = await with_codes(server)
    server.borough.clock.now += 30
    browser = OfficerBrowser(server.borough)
    await browser.sign_in()
    statuses = []
    for number in range(8):
        await browser.send("/desk/code", code=f"{number:06}")
        statuses.append(browser.status)
    assert statuses == [403] * 6 + [429] * 2
    await browser.send("/desk/code", code=device.at(int(server.borough.clock())))
    assert browser.status == 429


async def test_two_servers_accept_one_of_the_same_code(database: Database) -> None:
    secret = new_secret()
    officer = await database.run(lambda tx: officers.add(tx, "hale", "J. Hale", "officer", (), NOW))
    assert officer
    await database.run(lambda tx: officer_codes.begin(tx, officer, secret))
    code = pyotp.TOTP(secret).at(NOW)
    used = await asyncio.gather(*(database.run(lambda tx: use_code(tx, officer, code, NOW)) for _ in range(8)))
    assert sorted(used) == [""] * 7 + ["code"]
    late = pyotp.TOTP(secret).at(NOW - 30)
    assert await database.run(lambda tx: use_code(tx, officer, late, NOW)) == ""


async def test_credentials_are_changed_only_after_a_recent_proof(server: StaffServer) -> None:
    browser = OfficerBrowser(server.borough)
    await browser.sign_in()
    before = browser.secret
    server.borough.clock.now += RECENT + 1
    await browser.send("/desk/account/password", password="another horse battery", again="another horse battery")
    assert browser.path == "/desk/confirm?back=/desk/account"
    await browser.send("/desk/confirm", password="wrong")
    assert browser.status == 403
    await browser.send("/desk/confirm", password=PASSWORD)
    assert browser.path == "/desk/account" and browser.secret != before
    await browser.send("/desk/account/password", password="short", again="short")
    assert browser.status == 403
    await browser.send("/desk/account/password", password="another horse battery", again="another horse battery")
    assert browser.path == "/desk/account"
    await OfficerBrowser(server.borough).sign_in("hale", "another horse battery")


async def test_a_new_password_ends_every_other_session(server: StaffServer) -> None:
    here, there = OfficerBrowser(server.borough), OfficerBrowser(server.borough)
    await here.sign_in()
    await there.sign_in()
    await here.send("/desk/account/password", password="another horse battery", again="another horse battery")
    assert "J. Hale" in await here.get("/desk/account")
    assert "Sign-in name" in await there.get("/desk/account")
