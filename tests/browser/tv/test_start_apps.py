"""The television's entry pages in Chromium: the red button over a broadcast, the packaged app without network, the diagnostics page.

HbbTV's application manager is not in Chromium. `STAND_IN` takes its place: an object of its type owns an application that starts
hidden, and a key reaches the page only while the application is shown and has asked for that kind of key.
"""

from pathlib import Path

import pytest
from browser.browser_types import Open
from browser.page_checks import expect_page, wait_until
from browser.tv.remote_control import send_key
from playwright.sync_api import Browser, Page, expect
from support.paths import CONTENT

from tvapp.package import pack

HBBTV2 = "HbbTV/1.4.1 (;Panasonic;VIERA 2017;3.142;3501-0003 0002-0000;) PanasonicSDK/2017"
RED, BACK = 403, 461
HOME, HOME_IN_WELSH = "How can we help?", "Sut gallwn ni helpu?"
STAND_IN = """
(() => {
  const digits = [48, 49, 50, 51, 52, 53, 54, 55, 56, 57];
  const kinds = [[1, [403]], [2, [404]], [4, [405]], [8, [406]], [16, [37, 38, 39, 40, 13, 461]], [256, digits]];
  const set = window.standIn = { mask: 0, shown: false };
  const application = {
    show: () => { set.shown = true; },
    hide: () => { set.shown = false; },
    privateData: { keyset: { setValue: (mask) => { set.mask = mask; return mask; } } },
  };
  HTMLObjectElement.prototype.getOwnerApplication = function () {
    if (this.type !== 'application/oipfApplicationManager') { throw new Error('not a manager'); }
    return application;
  };
  document.addEventListener('keydown', (event) => {
    const granted = kinds.some(([bit, codes]) => set.shown && (set.mask & bit) && codes.includes(event.keyCode));
    if (!granted) { event.stopImmediatePropagation(); event.preventDefault(); }
  }, true);
})();
"""


def press(page: Page, *codes: int) -> None:
    for code in codes:
        send_key(page, code)


def stand_in_state(page: Page) -> tuple[bool, int]:
    """Return whether the application is shown, and the mask of the kinds of key it has asked for."""
    found: tuple[bool, int] = tuple(page.evaluate("[standIn.shown, standIn.mask]"))
    return found


def test_the_red_page_shows_a_prompt_and_takes_the_red_key_only(open_page: Open) -> None:
    page = open_page("tv", user_agent=HBBTV2)
    page.add_init_script(STAND_IN)
    page.clock.install()
    page.goto("/tv/red")
    assert stand_in_state(page) == (True, 1)
    prompt = page.get_by_text("Press red for Eastmere")
    box = prompt.bounding_box()
    assert box and box["x"] >= 128 and box["x"] + box["width"] <= 1152 and box["y"] + box["height"] <= 684
    assert box["width"] * box["height"] < 1280 * 720 * 0.03
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"
    press(page, 38, 13, BACK, 49, 404)
    assert page.url.endswith("/tv/red")
    page.clock.fast_forward(20_000)
    expect(prompt).to_be_hidden()
    press(page, RED)
    expect_page(page, "**/tv/", HOME)


def test_back_from_the_portal_returns_to_the_broadcast(open_page: Open) -> None:
    page = open_page("tv", user_agent=HBBTV2)
    page.add_init_script(STAND_IN)
    page.goto("/tv/cy/red")
    press(page, RED)
    expect_page(page, "**/tv/cy/", HOME_IN_WELSH)
    wait_until(page, "standIn.mask === 0x11F")
    assert page.evaluate("JSON.parse(window.name).exit") == "/tv/cy/red"
    page.go_back()
    wait_until(page, "standIn.mask === 1")
    expect(page.get_by_text("Eastmere")).to_be_visible()


def test_the_red_page_works_without_an_application_manager(open_page: Open) -> None:
    page = open_page("tv")
    page.goto("/tv/red")
    press(page, RED)
    expect_page(page, "**/tv/", HOME)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_an_app_without_network_says_so_and_retries(
    language: str, browser: Browser, origin: str, tmp_path: Path
) -> None:
    (folder,) = pack("webos", CONTENT, origin, tmp_path)
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale=language)
    page = context.new_page()
    page.clock.install()
    context.set_offline(True)
    page.goto((folder / "index.html").as_uri())
    for said in ("We cannot reach Eastmere Borough Council", "Ni allwn gyrraedd Cyngor Bwrdeistref Eastmere"):
        expect(page.get_by_text(said)).to_be_visible()
    expect(page.locator("b").first).to_have_text("10")
    page.clock.run_for(3000)
    expect(page.locator("b").first).to_have_text("7")
    press(page, 13)
    expect(page.locator("b").first).to_have_text("10")
    context.set_offline(False)
    page.clock.run_for(11_000)
    expect_page(page, *((f"{origin}/tv/", HOME) if language == "en" else (f"{origin}/tv/cy/", HOME_IN_WELSH)))
    context.close()


def test_ok_retries_at_once(browser: Browser, origin: str, tmp_path: Path) -> None:
    folder, _ = pack("tizen", CONTENT, origin, tmp_path)
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    context.set_offline(True)
    page.goto((folder / "index.html").as_uri())
    expect(page.get_by_text("Press OK to try now")).to_be_visible()
    context.set_offline(False)
    press(page, 13)
    expect_page(page, f"{origin}/tv/", HOME)
    context.close()


def test_an_app_opens_the_portal_when_the_server_answers(browser: Browser, origin: str, tmp_path: Path) -> None:
    (folder,) = pack("webos", CONTENT, origin, tmp_path)
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    expect_page(page, f"{origin}/tv/", HOME)
    # The start page is not in the history: Back on the portal's home leaves the application.
    assert page.evaluate("history.length") == 2
    page.close()


def test_the_diagnostics_page_shows_pressed_keys_and_the_screen_size(open_page: Open) -> None:
    page = open_page("tv", user_agent=HBBTV2)
    page.add_init_script(STAND_IN)
    page.goto("/tv/about-this-set")
    expect(page.locator("#p")).to_contain_text("1280 x 720")
    press(page, RED, 49)
    expect(page.locator("#k")).to_contain_text("49 1 · 403 red")
    press(page, BACK)
    expect(page.locator("#k")).to_contain_text("461 Back")
    expect_page(page, "**/tv/", HOME)


def test_990_opens_the_diagnostics_page(open_page: Open) -> None:
    page = open_page("tv")
    page.goto("/tv/bins")
    press(page, 57, 57, 48)
    expect_page(page, "**/tv/about-this-set", "About this set")


def test_an_unknown_key_is_shown_with_its_code(open_page: Open) -> None:
    page = open_page("tv")
    page.goto("/tv/about-this-set")
    press(page, 10009)
    expect(page.locator("#k")).to_contain_text("10009 (not in this set's table)")


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("path", ["/tv/about-this-set", "/tv/cy/about-this-set"])
def test_the_diagnostics_page_fits_the_screen_and_works_without_script(
    path: str, script: bool, open_page: Open
) -> None:
    page = open_page("tv", script=script, user_agent=f"{HBBTV2} {'Long/1.0 (a; b) ' * 40}")
    page.goto(path)
    table, bars = page.locator("table").bounding_box(), page.locator(".bars").bounding_box()
    assert table and bars and table["x"] >= 128 and table["x"] + table["width"] <= 1152
    assert table["y"] + table["height"] <= bars["y"] + 2
    assert (bars["x"], bars["width"], bars["y"] + bars["height"]) == (128, 1024, 648)
    if not script:
        said = page.inner_text("#k")
        assert "no script has run" in said or "ni redodd unrhyw sgript" in said
    page.locator("#u").click()
    expect_page(page, "**/tv/**", HOME_IN_WELSH if "/cy/" in path else HOME)
