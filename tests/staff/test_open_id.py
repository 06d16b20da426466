"""Sign-in through an OpenID provider: connected first, then used; every lie of the token and every borrowed answer is refused."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession
from joserfc.jwk import ECKey
from staff.officer_browser import HALE, OfficerBrowser, add_officer
from staff.strict_issuer import CLIENT, SECRET, StrictIssuer, signing_key, strict_issuer
from support.servers.borough_server import Borough, borough

from onestop.staff.proof.provider_keys import LIFETIME
from onestop.staff.session import RECENT

pytestmark = pytest.mark.slow


@pytest.fixture
async def issuer() -> AsyncIterator[StrictIssuer]:
    async with strict_issuer() as made:
        yield made


@pytest.fixture
async def server(tmp_path: Path, issuer: StrictIssuer) -> AsyncIterator[Borough]:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'openid = "{SECRET}"\n')
    secrets.chmod(0o600)
    async with borough(tmp_path, openid_issuer=issuer.issuer, openid_client=CLIENT, secrets=str(secrets)) as made:
        issuer.now = made.clock
        await add_officer(made, HALE)
        yield made


async def answer_of_provider(browser: OfficerBrowser, path: str) -> str:
    """Go to the provider and return the path that it leads back to."""
    there = await browser.request(path)
    assert there.status == 303, there.text
    async with ClientSession() as session, session.get(there.headers["Location"], allow_redirects=False) as answer:
        back = urlsplit(answer.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == "https://www.eastmere.example"
    return f"{back.path}?{back.query}"


async def connected(server: Borough) -> None:
    browser = OfficerBrowser(server)
    await browser.sign_in()
    await browser.get(await answer_of_provider(browser, "/desk/openid?connect=1&back=/desk/account"))
    assert browser.path == "/desk/account"


async def sign_in(server: Borough) -> OfficerBrowser:
    browser = OfficerBrowser(server)
    await browser.get(await answer_of_provider(browser, "/desk/openid?back=/desk/account"))
    return browser


async def test_an_officer_connects_an_account_and_signs_in_with_it(server: Borough, issuer: StrictIssuer) -> None:
    assert (await sign_in(server)).status == 403
    await connected(server)
    browser = await sign_in(server)
    assert browser.path == "/desk/account" and "J. Hale" in browser.body
    issuer.subject = "subject-2"
    assert (await sign_in(server)).status == 403


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"exp": 1_700_000_000},
        {"nonce": "another"},
        {"azp": "another"},
        {"sub": ""},
    ],
    ids=str,
)
async def test_a_token_that_is_not_for_this_sign_in_is_refused(
    server: Borough, issuer: StrictIssuer, lie: dict[str, Any]
) -> None:
    await connected(server)
    issuer.change = lambda claims: claims.update(lie)
    assert (await sign_in(server)).status == 403


async def test_a_token_signed_with_another_key_is_refused(server: Borough, issuer: StrictIssuer) -> None:
    await connected(server)
    issuer.signs = ECKey.generate_key("P-256", {"kid": "one"})
    assert (await sign_in(server)).status == 403


async def test_keys_are_kept_and_fetched_once_more_for_a_new_one(server: Borough, issuer: StrictIssuer) -> None:
    await connected(server)
    assert (await sign_in(server)).status == 200
    assert issuer.fetched == 1
    issuer.key = signing_key("two")
    assert (await sign_in(server)).status == 200
    assert issuer.fetched == 2
    # Withdrawn: keys are not kept for ever.
    server.clock.now += LIFETIME
    assert (await sign_in(server)).status == 200
    assert issuer.fetched == 3


async def test_an_unknown_key_costs_one_fetch_and_is_refused(server: Borough, issuer: StrictIssuer) -> None:
    await connected(server)
    issuer.key, issuer.publishes = signing_key("two"), signing_key("three")
    assert (await sign_in(server)).status == 403
    assert issuer.fetched == 2


async def confirm(browser: OfficerBrowser) -> OfficerBrowser:
    await browser.get(await answer_of_provider(browser, "/desk/openid?confirm=1&back=/desk/account"))
    return browser


async def test_a_connected_account_confirms_who_the_officer_is(server: Borough, issuer: StrictIssuer) -> None:
    await connected(server)
    browser = await sign_in(server)
    server.clock.now += RECENT + 1
    assert "confirm=1" in await browser.get("/desk/confirm")
    await browser.get("/desk/account")
    assert "Do that now" in browser.body
    former = browser.secret
    await confirm(browser)
    assert browser.path == "/desk/account" and "Do that now" not in browser.body
    assert browser.secret != former


@pytest.mark.parametrize("lie", [{"auth_time": 1_700_000_000}, {"auth_time": None}, {"sub": "subject-2"}], ids=str)
async def test_an_old_proof_or_another_account_confirms_nothing(
    server: Borough, issuer: StrictIssuer, lie: dict[str, Any]
) -> None:
    await connected(server)
    browser = await sign_in(server)
    server.clock.now += RECENT + 1
    issuer.change = lambda claims: claims.update(lie)
    await confirm(browser)
    assert browser.status == 403 and "That was not right." in browser.body
    assert "Do that now" in await browser.get("/desk/account")


async def test_an_answer_is_of_one_browser_and_one_time(server: Borough) -> None:
    await connected(server)
    browser = OfficerBrowser(server)
    answer = await answer_of_provider(browser, "/desk/openid")
    before = dict(browser.cookies)
    assert (await OfficerBrowser(server).request(answer)).status == 403
    assert (await browser.request(answer.replace("sign-in", "connect"))).status == 403
    assert (await browser.request(answer)).status == 303
    assert (await OfficerBrowser(server, cookies=before).request(answer)).status == 403
