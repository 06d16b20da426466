"""Sign-in and account in a real Chromium: a passkey of its virtual authenticator, and pages that axe and a doubled text leave whole."""

import re
from collections.abc import Iterator

import pyotp
import pytest
from browser.browser_types import Open
from browser.desk.whole_page import expect_whole
from playwright.sync_api import CDPSession, Page, expect
from support.servers.server_process import free_port, running_server, wait_until_ready

from onestop.staff.demonstration import PASSWORD

ACCOUNT = re.compile(r"^[^?]*/desk/account$")
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("sign-in"), free_port()
    with running_server(f"sqlite:///{folder}/a.db", None, folder, port, demo="yes") as process:
        wait_until_ready(f"http://127.0.0.1:{port}/healthz", process)
        # Passkeys belong to a name, not to an address.
        yield f"http://localhost:{port}"


def sign_in(page: Page, name: str, language: str = "") -> None:
    page.goto(f"{language}/desk/account")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(ACCOUNT)


def authenticator(page: Page) -> tuple[CDPSession, str]:
    """Give the page's browser an authenticator; return its session and name."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, made["authenticatorId"]


def test_a_passkey_is_added_signs_in_and_confirms(open_page: Open, origin: str) -> None:
    page = open_page("desk")
    session, device = authenticator(page)
    sign_in(page, "officer")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("#passkeys ~ .rows li")).to_have_count(1)
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/desk/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator(".side")).to_contain_text("Olive Officer")
    page.goto("/desk/confirm?back=/desk/account")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(ACCOUNT)


def test_a_passkey_whose_owner_was_not_checked_changes_nothing(open_page: Open, origin: str) -> None:
    page = open_page("desk")
    session, device = authenticator(page)
    sign_in(page, "author")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("#passkeys ~ .rows li")).to_have_count(1)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/desk/sign-in")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    button = page.get_by_role("button", name="Sign in with a passkey")
    button.click()
    # The browser refuses by itself, and the page gives the button back.
    expect(button).to_be_focused()
    assert page.url.endswith("/desk/sign-in")


@pytest.mark.parametrize("language", ["", "/cy"])
@pytest.mark.parametrize("size", ["desk", "tablet"])
def test_every_page_of_sign_in_is_whole(open_page: Open, origin: str, language: str, size: str) -> None:
    # Each run has an officer of its own: codes are set up once.
    name = {"desk": "lead", "/cydesk": "admin", "tablet": "officer", "/cytablet": "author"}[language + size]
    page = open_page(size)
    page.goto(f"{language}/desk/sign-in")
    expect_whole(page)
    page.fill("[name=name]", "nobody")
    page.fill("[name=password]", "wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect_whole(page)
    sign_in(page, name, language)
    expect_whole(page)
    page.goto(f"{language}/desk/confirm?back=/desk/account")
    expect_whole(page)
    page.goto(f"{language}/desk/account")
    page.locator("form[action$='/account/codes'] button").click()
    expect_whole(page)
    secret = page.inner_text(".secret")
    page.fill("[name=code]", pyotp.TOTP(secret).now())
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    expect_whole(page)
    recovery = page.locator(".codes li").first.inner_text()
    page.goto(f"{language}/desk/account")
    expect_whole(page)
    page.locator("form[action$='/desk/sign-out'] button").click()
    page.wait_for_url("**/desk/sign-in")
    page.goto(f"{language}/desk/account")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#code")
    expect_whole(page)
    page.fill("[name=code]", recovery)
    page.keyboard.press("Enter")
    page.wait_for_url(ACCOUNT)
