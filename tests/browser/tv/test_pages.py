"""A television by remote control alone, in Chromium at 1280x720: menus, numbers, colours, search, Back, without script."""

import pytest
from browser.browser_types import Open
from browser.page_checks import wait_until
from browser.tv.remote_control import RemoteControl, focused_text
from playwright.sync_api import Page


def test_a_link_has_the_focus_on_every_page(open_page: Open) -> None:
    page = open_page("tv")
    for address in (
        "/tv/",
        "/tv/bins",
        "/tv/bins/missed-bin",
        "/tv/search",
        "/tv/nowhere",
        "/tv/phone/bins/missed-bin",
    ):
        page.goto(address)
        assert page.evaluate("document.activeElement.tagName.toLowerCase()") == "a", address


def test_arrows_and_ok_reach_a_service_and_back_returns_the_focus(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/")
    remote.press("ArrowRight")
    second = focused_text(page)
    remote.press("Enter")
    page.wait_for_url("**/tv/council-tax")
    remote.press("ArrowDown", "Enter")
    page.wait_for_url("**/tv/council-tax/*")
    remote.press("back")
    page.wait_for_url("**/tv/council-tax")
    remote.press("back")
    page.wait_for_url("**/tv/")
    wait_until(page, "document.activeElement.tagName === 'A'")
    assert focused_text(page) == second


@pytest.mark.parametrize(
    ("digits", "path", "title"),
    [
        ("214", "/tv/bins/missed-bin", "Report a missed bin"),
        ("300", "/tv/council-tax", "Council tax and benefits"),
        ("100", "/tv/", "How can we help?"),
    ],
)
def test_a_number_opens_its_page(digits: str, path: str, title: str, open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/bins/larger-bin")
    remote.press(*digits)
    page.wait_for_url(f"**{path}")
    assert page.inner_text("h1") == title


def test_one_digit_and_ok_chooses_from_the_menu(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/")
    remote.press("3", "Enter")
    page.wait_for_url("**/tv/homes")
    assert page.inner_text("h1") == "Housing and repairs"


def test_digits_search_by_their_letters_on_the_phone_keypad(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/")
    remote.press("red")
    page.wait_for_url("**/tv/search")
    for address, key in (("7", "7"), ("73", "3"), ("737", "7")):
        remote.press(key)
        page.wait_for_url(f"**/tv/search/{address}#r")
    assert "repair" in page.inner_text("body").lower()
    assert page.inner_text(":focus").split()[:4] == ["OK", "Choose", "by", "number"]


@pytest.mark.parametrize("ends", ["Enter", "blue"])
def test_ok_or_blue_ends_the_typing_and_digits_choose_a_result(open_page: Open, ends: str) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/search/72#r")
    remote.press("8")
    page.wait_for_url("**/tv/search/728#r")
    rows = page.locator(".m a[href*='/']:not(#r):not([href*='search'])").all_inner_texts()
    assert not any(row[0].isdigit() for row in rows)
    remote.press(ends)
    page.wait_for_url("**/tv/search/728/results")
    chosen = page.locator(".m a:not([href*='search'])")
    assert chosen.count() >= 6
    second = chosen.nth(1).get_attribute("href")
    remote.press("2", "Enter")
    page.wait_for_url(f"**{second}")
    remote.press("back")
    page.wait_for_url("**/tv/search/728/results")


def test_colour_keys_are_labelled_and_work(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/bins/missed-bin")
    assert page.get_by_text("Search").first.is_visible()
    remote.press("blue")
    page.wait_for_url("**/tv/phone/bins/missed-bin")
    assert page.locator("svg.qr").is_visible()
    remote.press("back")
    page.wait_for_url("**/tv/bins/missed-bin")


def test_pages_are_numbered_and_turned_by_ok(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/bins/recycling-guide")
    assert "1 of " in page.inner_text("body")
    remote.press("Enter")
    page.wait_for_url("**/tv/bins/recycling-guide/2")
    assert "2 of " in page.inner_text("body")


def test_welsh_is_reached_by_arrows_alone(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/")
    for _ in range(20):
        if "Cymraeg" in focused_text(page):
            break
        remote.press("ArrowDown")
    else:
        for _ in range(8):
            if "Cymraeg" in focused_text(page):
                break
            remote.press("ArrowRight")
    assert "Cymraeg" in focused_text(page)
    remote.press("Enter")
    page.wait_for_url("**/tv/cy/**")
    assert page.evaluate("document.documentElement.lang") == "cy"


def test_arrows_reach_every_link(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    for address in ("/tv/", "/tv/bins", "/tv/bins/missed-bin", "/tv/search", "/tv/search/737"):
        page.goto(address)
        count: int = page.evaluate("document.querySelectorAll('a[href]').length")
        seen = {_focused(page)}
        ahead = list(seen)
        while ahead:
            here = ahead.pop()
            for key in ("ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"):
                page.evaluate("(n) => document.querySelectorAll('a[href]')[n].focus()", here)
                remote.press(key)
                now = _focused(page)
                if now not in seen:
                    seen.add(now)
                    ahead.append(now)
        assert len(seen) == count, f"{address}: {count - len(seen)} of {count} out of reach"


def _focused(page: Page) -> int:
    found: int = page.evaluate("[...document.querySelectorAll('a[href]')].indexOf(document.activeElement)")
    return found


def test_pages_work_without_script(open_page: Open) -> None:
    page = open_page("tv", script=False)
    page.goto("/tv/")
    page.get_by_role("link", name="Bins and recycling").click()
    page.wait_for_url("**/tv/bins")
    wanted = page.get_by_role("link", name="Report a missed bin")
    for _ in range(5):
        if wanted.count():
            break
        page.get_by_role("link", name="More").click()
        page.wait_for_url("**/tv/bins/*")
    wanted.click()
    page.wait_for_url("**/tv/bins/missed-bin")
    assert page.inner_text("h1") == "Report a missed bin"
