"""The kiosk's on-screen keyboard: letters, capitals, Welsh, digits; and pages without script."""

import pytest
from browser.browser_types import Open
from browser.page_checks import expect_idle_kiosk, expect_page, tap
from playwright.sync_api import expect

SIZES = ["portrait", "landscape"]


@pytest.mark.parametrize("size", SIZES)
def test_letters_capitals_spaces_and_corrections(size: str, open_page: Open) -> None:
    page = open_page(size)
    page.goto(f"/kiosk/~{size}/search")
    box = page.locator("input[name=q]")
    expect(box).to_be_focused()
    tap(page, "Capital letter", "A", "b", "Space", "2", "0", "x", "Delete")
    expect(box).to_have_value("Ab 20")
    expect(box).to_be_focused()
    box.evaluate("(box) => box.setSelectionRange(1, 2)")
    tap(page, "y", "z")
    expect(box).to_have_value("Ayz 20")
    tap(page, "Clear")
    expect(box).to_have_value("")


def test_more_than_fits_is_entered_and_not_cut(open_page: Open) -> None:
    """The keys have no limit of their own: what is too long is refused with its count, not cut in silence."""
    page = open_page("portrait")
    page.goto("/kiosk/search")
    tap(page, *("abcdefgh" * 8))
    expect(page.locator("input[name=q]")).to_have_value("abcdefgh" * 8)


def test_welsh_is_written_with_its_own_letters(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/cy/search")
    tap(page, "d", "ŵ", "r", "Bwlch", "ŷ")
    expect(page.locator("input[name=q]")).to_have_value("dŵr ŷ")


@pytest.mark.parametrize("size", SIZES)
def test_results_so_far_are_shown_above_the_keyboard(size: str, open_page: Open) -> None:
    page = open_page(size)
    page.goto(f"/kiosk/~{size}/search")
    tap(page, *"park")
    first = page.locator("#found a").first
    expect(first).to_be_visible()
    found, keys = page.locator("#found ul").bounding_box(), page.locator(".keys").bounding_box()
    assert found and keys and found["y"] + found["height"] <= keys["y"]
    ways: list[str] = page.evaluate("[...document.querySelectorAll('#found a')].map((a) => a.getAttribute('href'))")
    assert all(way.startswith(f"/kiosk/~{size}/") for way in ways)
    label = first.locator(".label").inner_text()
    first.tap()
    expect_page(page, f"**{ways[0]}", label)


def test_an_unknown_number_is_reported_and_cleared(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/number")
    tap(page, "9", "9", "8")
    expect(page.get_by_role("alert")).to_contain_text("no service with the number 998")
    tap(page, "2", "1")
    expect(page.locator("output")).to_have_text("21")
    expect(page.get_by_role("alert")).to_have_text("")
    tap(page, "Delete")
    expect(page.locator("output")).to_have_text("2")
    tap(page, "1", "4", "Open")
    expect_page(page, "**/kiosk/bins/missed-bin", "Report a missed bin")


def test_a_hardware_keypad_works(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/number")
    page.keyboard.type("29")
    page.keyboard.press("Backspace")
    page.keyboard.type("14")
    expect_page(page, "**/kiosk/bins/missed-bin", "Report a missed bin")


def test_a_page_works_with_tab_and_enter(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/")
    names = []
    for _ in range(40):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim()"))
        if "Bins and recycling" in names[-1]:
            page.keyboard.press("Enter")
            break
    expect_page(page, "**/kiosk/bins", "Bins and recycling")
    assert "Skip" in names[0]


@pytest.mark.parametrize("size", SIZES)
def test_everything_is_reached_without_a_script(size: str, open_page: Open) -> None:
    page = open_page(size, script=False)
    page.goto(f"/kiosk/~{size}/attract")
    page.locator("[data-begin]").tap()
    expect_page(page, f"**/kiosk/~{size}/", "How can we help?")
    page.get_by_role("link", name="Number", exact=True).tap()
    tap(page, "2", "1", "4", "Open")
    expect_page(page, f"**/kiosk/~{size}/bins/missed-bin", "Report a missed bin")
    page.get_by_role("link", name="Next page").tap()
    expect_page(page, "**/bins/missed-bin/2", "Report a missed bin")
    page.get_by_role("link", name="Back").tap()
    expect_page(page, f"**/kiosk/~{size}/bins", "Bins and recycling")
    page.get_by_role("link", name="Larger (text size 1 of 4)", exact=True).tap()
    expect_page(page, f"**/kiosk/~{size}.large/bins", "Bins and recycling")
    page.get_by_role("link", name="Search", exact=True).tap()
    expect(page.get_by_role("group", name="Keyboard")).to_be_hidden()
    page.get_by_role("link", name="A to Z of services").tap()
    expect_page(page, f"**/kiosk/~{size}.large/a-z", "A to Z of services")
    page.get_by_text("I’m finished").first.tap()
    expect_idle_kiosk(page, f"**/kiosk/~{size}/attract")


def test_without_a_script_the_orientation_can_be_changed_by_a_link(open_page: Open) -> None:
    page = open_page("landscape", script=False)
    page.goto("/kiosk/bins")
    page.get_by_role("link", name="Turn this page").tap()
    expect_page(page, "**/kiosk/~landscape/bins", "Bins and recycling")
    expect(page.get_by_role("link", name="Turn this page")).to_be_hidden()
