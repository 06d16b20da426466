"""Sign-in through a provider that was not written here: the oidc-provider-mock package, on its own port and thread."""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import oidc_provider_mock
import pytest
from aiohttp import ClientSession
from staff.officer_browser import HALE, OfficerBrowser, add_officer
from support.servers.borough_server import Borough, borough

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture
def issuer() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread(require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


async def answer_as(browser: OfficerBrowser, path: str, subject: str, **typed: str) -> str:
    """Go to the provider, sign in there as a subject, and return the path that it leads back to."""
    there = (await browser.request(path)).headers["Location"]
    form = {"sub": subject, **typed}
    async with ClientSession() as session, session.post(there, data=form, allow_redirects=False) as answer:
        back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


async def sign_in(server: Borough, subject: str, **typed: str) -> OfficerBrowser:
    browser = OfficerBrowser(server)
    await browser.get(await answer_as(browser, "/desk/openid?back=/desk/account", subject, **typed))
    return browser


async def test_an_officer_connects_and_signs_in_at_a_provider_of_another_hand(tmp_path: Path, issuer: str) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('openid = "any"\n')
    secrets.chmod(0o600)
    async with borough(tmp_path, openid_issuer=issuer, openid_client="onestop", secrets=str(secrets)) as server:
        # The provider signs by the clock of the machine.
        server.clock.now = time.time()
        await add_officer(server, HALE)
        browser = OfficerBrowser(server)
        await browser.sign_in()
        await browser.get(await answer_as(browser, "/desk/openid?connect=1&back=/desk/account", "hale@council"))
        assert browser.path == "/desk/account" and browser.status == 200
        again = await sign_in(server, "hale@council")
        assert again.path == "/desk/account" and "J. Hale" in again.body
        assert (await sign_in(server, "somebody@council")).status == 403
        assert (await sign_in(server, "hale@council", action="deny")).status == 403
