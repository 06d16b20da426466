"""An officer signs in with a password, sees their sessions and ends them; no session is fixed, forged or outlives its time."""

import re
from urllib.parse import quote

import pytest
from staff.officer_browser import OfficerBrowser, StaffServer

from onestop.staff.forms import sign_in
from onestop.staff.session import IDLE, WHOLE
from onestop.store.ids import token_digest
from onestop.store.tables.staff import officers

pytestmark = pytest.mark.slow
CHOSEN = "6a1b2c3dAAAAAAAAAAAAAAAAAAAAAA"
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/bins",
    "/desk//evil.example",
    "/desk/../bins",
    "/deskevil",
)


async def signed_in(server: StaffServer, name: str = "hale") -> OfficerBrowser:
    browser = OfficerBrowser(server.borough)
    await browser.sign_in(name)
    assert browser.path == "/desk/account", browser.body
    return browser


async def test_a_page_of_the_desk_leads_to_sign_in_and_back(server: StaffServer) -> None:
    browser = OfficerBrowser(server.borough)
    await browser.get("/cy/desk/account")
    assert browser.path == "/cy/desk/sign-in?back=/desk/account" and "Mewngofnodi" in browser.body
    await browser.get("/desk/account")
    await browser.sign_in(page=browser.path)
    assert browser.path == "/desk/account"
    assert "J. Hale" in browser.body and "Firefox, Windows" in browser.body


@pytest.mark.parametrize("back", ELSEWHERE)
async def test_sign_in_leads_to_no_page_outside_the_desk(server: StaffServer, back: str) -> None:
    browser = OfficerBrowser(server.borough)
    await browser.get(f"/desk/sign-in?back={quote(back, safe='')}")
    fields = {**browser.form("/desk/sign-in"), "name": "hale", "password": "correct horse battery"}
    assert fields["back"] == "/desk"
    answer = await browser.request("/desk/sign-in", {**fields, "back": back})
    assert (answer.status, answer.headers["Location"]) == (303, "/desk")


async def test_a_secret_that_the_client_chose_is_never_a_session(server: StaffServer) -> None:
    browser = OfficerBrowser(server.borough, cookies={"desk": CHOSEN})
    await browser.sign_in()
    assert browser.path == "/desk/account"
    assert browser.secret != CHOSEN
    attacker = OfficerBrowser(server.borough, cookies={"desk": CHOSEN})
    assert "Sign-in name" in await attacker.get("/desk/account")


async def test_only_a_digest_of_the_secret_is_stored(server: StaffServer, tmp_path: object) -> None:
    browser = await signed_in(server)
    stored = (server.borough.database.writing.file).read_bytes()  # type: ignore[attr-defined]
    log = server.borough.database.writing.file.with_name("a.db-wal").read_bytes()  # type: ignore[attr-defined]
    assert browser.secret[8:].encode() not in stored + log
    assert token_digest(browser.secret).encode() in stored + log


async def test_a_form_without_the_token_of_the_session_is_refused(server: StaffServer) -> None:
    browser = await signed_in(server)
    own = browser.form("/desk/sign-out")
    for wrong in ({}, {"token": ""}, {"token": "A" * 22}, {"token": (await stranger_token(server))}):
        assert (await browser.request("/desk/sign-out", wrong)).status == 403
    assert (await browser.request("/desk/sign-out", own, Origin="https://evil.example")).status == 403
    assert (await browser.request("/desk/sign-out", own, Sec_Fetch_Site="cross-site")).status == 403
    assert "J. Hale" in await browser.get("/desk/account")
    fields = {"name": "hale", "password": "correct horse battery"}
    assert (await OfficerBrowser(server.borough).request("/desk/sign-in", fields)).status == 403


async def stranger_token(server: StaffServer) -> str:
    stranger = OfficerBrowser(server.borough)
    await stranger.get("/desk/sign-in")
    return stranger.form("/desk/sign-in")["token"]


async def test_sign_out_ends_the_session(server: StaffServer) -> None:
    browser = await signed_in(server)
    secret = browser.secret
    await browser.send("/desk/sign-out")
    assert browser.path == "/desk/sign-in" and browser.secret != secret
    assert "Sign-in name" in await OfficerBrowser(server.borough, cookies={"desk": secret}).get("/desk/account")


async def test_an_officer_ends_a_session_of_theirs_but_nobody_elses(server: StaffServer) -> None:
    here, there, lee = await signed_in(server), await signed_in(server), await signed_in(server, "lee")
    await here.get("/desk/account")
    session = re.findall(r'name="session" value="([^"]+)"', here.body)
    assert len(session) == 1
    await lee.get("/desk/account", None)
    await lee.get("/desk/account/end-session", {"token": lee.form("/desk/sign-out")["token"], "session": session[0]})
    assert "J. Hale" in await there.get("/desk/account")
    await here.send("/desk/account/end-session")
    assert "Sign-in name" in await there.get("/desk/account")
    assert "J. Hale" in await here.get("/desk/account")


async def test_a_session_ends_after_half_an_hour_without_a_request_and_after_twelve_hours(server: StaffServer) -> None:
    browser = await signed_in(server)
    server.borough.clock.now += IDLE + 1
    assert "Sign-in name" in await browser.get("/desk/account")
    browser = await signed_in(server)
    for _ in range(WHOLE // (IDLE - 60)):
        server.borough.clock.now += IDLE - 60
        assert "J. Hale" in await browser.get("/desk/account")
    server.borough.clock.now += IDLE - 60
    assert "Sign-in name" in await browser.get("/desk/account")


async def test_a_removed_officer_is_signed_out(server: StaffServer) -> None:
    browser = await signed_in(server)
    await server.borough.database.run(lambda tx: officers.remove(tx, server.hale, int(server.borough.clock())))
    assert "Sign-in name" in await browser.get("/desk/account")
    await browser.sign_in()
    assert browser.status == 403


async def test_an_unknown_name_takes_as_much_work_as_a_wrong_password(server: StaffServer) -> None:
    pages = []
    for name in ("hale", "nobody"):
        before = sign_in.PASSWORDS.checks
        browser = OfficerBrowser(server.borough)
        await browser.sign_in(name, "wrong horse battery")
        assert sign_in.PASSWORDS.checks == before + 1
        assert browser.status == 403
        pages.append(re.sub(r"""value="[^"]*"|"challenge": "[^"]*\"""", "", browser.body))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("path", ["/tv/desk/account", "/kiosk/desk/sign-in", "/text/desk"])
async def test_the_desk_is_on_no_channel_with_a_prefix(server: StaffServer, path: str) -> None:
    assert (await server.borough.get(path)).status == 404


async def test_pages_of_the_desk_are_never_cached(server: StaffServer) -> None:
    browser = await signed_in(server)
    answer = await browser.request("/desk/account")
    assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
