"""The phone's pages: without script, at 240 px, at 200 % text, in print, in forced colours, by keyboard."""

import pytest
from browser.browser_types import Open
from playwright.sync_api import Page


def wide(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found


def test_a_service_is_found_and_read_without_script(open_page: Open) -> None:
    page = open_page("small", script=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("missed bin")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Report a missed bin").first.click()
    page.wait_for_url("**/bins/missed-bin")
    assert page.get_by_role("heading", level=1).inner_text() == "Report a missed bin"
    page.get_by_role("link", name="Bins and recycling").first.click()
    page.wait_for_url("**/bins")


def test_a_number_typed_in_the_search_leads_to_its_service(open_page: Open) -> None:
    page = open_page("phone")
    page.goto("/")
    page.get_by_role("searchbox").fill("214")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=214")
    assert "Report a missed bin" in page.inner_text("main")


def test_pages_have_no_script_and_no_third_party_requests(open_page: Open, origin: str) -> None:
    page = open_page("phone")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/bins/missed-bin")
    assert [address for address in asked if not address.startswith(origin)] == []
    assert len(asked) <= 2, asked


@pytest.mark.parametrize(
    "address", ["/", "/bins", "/bins/bulky-waste", "/leisure/libraries", "/search?q=bin", "/a-z", "/nowhere"]
)
def test_200_percent_text_does_not_scroll_sideways(address: str, open_page: Open) -> None:
    page = open_page("phone")
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert wide(page) <= 0


def test_welsh_pages_are_translated_and_declare_their_language(open_page: Open) -> None:
    page = open_page("phone")
    page.goto("/cy/bins/missed-bin")
    assert page.evaluate("document.documentElement.lang") == "cy"
    assert page.locator("link[rel=alternate][hreflang=en]").count() == 1
    assert (
        page.locator("link[rel=canonical]").get_attribute("href") == "https://www.eastmere.example/cy/bins/missed-bin"
    )


def test_keyboard_focus_is_visible_and_skips_to_the_content(open_page: Open) -> None:
    page = open_page("desk")
    page.goto("/bins")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    page.keyboard.press("Tab")
    outline: str = page.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow"
    )
    assert outline != "nonenone"


def test_print_omits_navigation(open_page: Open) -> None:
    page = open_page("desk")
    page.goto("/bins/missed-bin")
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


def test_the_button_has_a_gap_to_the_text(open_page: Open) -> None:
    page = open_page("phone")
    page.goto("/have-your-say/contact-councillor/ask")
    for _ in range(8):
        if page.locator("textarea").count():
            break
        if page.get_by_role("radio").count():
            page.get_by_role("radio").first.check()
        elif page.get_by_role("textbox").count():
            page.get_by_role("textbox").first.fill("12 High Street, EM4 2QT")
        page.get_by_role("button", name="Continue").click()
    words, button = page.locator("textarea").bounding_box(), page.get_by_role("button", name="Continue").bounding_box()
    assert words and button and button["y"] - words["y"] - words["height"] >= 12
