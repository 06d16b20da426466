"""The pages on which officers work: whole at each size and in Welsh, by keyboard alone, and on paper."""

import re
from collections.abc import Iterator

import pytest
from browser.browser_types import Open
from browser.checkers import checkers
from browser.desk.test_first_day import send_report, signed_in
from browser.desk.whole_page import expect_whole
from playwright.sync_api import Page, expect
from support.servers.server_process import free_port, running_server, wait_until_ready

from onestop.staff.demonstration import PASSWORD

CONTENT = re.compile(r"^[^?]*/desk/content$")
NARROW = {"width": 320, "height": 640}
"""CSS pixels: 1280 at 400 %, WCAG 2.2, 1.4.10."""
CUT = "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML)"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("officers"), free_port()
    with running_server(f"sqlite:///{folder}/a.db", None, folder, port, demo="yes") as process:
        wait_until_ready(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"


def open_all(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def expect_whole_and_narrow(page: Page) -> None:
    """Expect that a page with all its forms open is whole, and that it needs no scrolling sideways at 320 px."""
    open_all(page)
    expect_whole(page)
    size = page.viewport_size
    assert size
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], page.url
    assert page.evaluate(CUT) == [], page.url
    page.set_viewport_size(size)


@pytest.mark.parametrize("size", ["desk", "tablet"])
@pytest.mark.parametrize("language", ["", "/cy"])
def test_list_case_and_forms_are_whole(open_page: Open, origin: str, language: str, size: str) -> None:
    send_report(open_page("phone"))
    page = signed_in(open_page(size))
    page.goto(f"{language}/desk/list/waste/open")
    expect_whole_and_narrow(page)
    page.locator("#cases a").first.click()
    page.wait_for_url("**/desk/case/**")
    expect_whole_and_narrow(page)
    for path in ("/desk/assist", "/desk/content"):
        page.goto(f"{language}{path}")
        expect_whole_and_narrow(page)


@pytest.mark.parametrize("language", ["", "/cy"])
def test_what_an_administrator_sees_is_whole(open_page: Open, origin: str, language: str) -> None:
    send_report(open_page("phone"))
    officer, page = signed_in(open_page("desk")), open_page("desk")
    case = officer.locator("#cases a").first.get_attribute("href")
    page.goto(f"{language}/desk/content")
    page.fill("[name=name]", "admin")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(CONTENT)
    expect_whole_and_narrow(page)
    # Signed in a moment ago: the reason is asked for at once.
    page.goto(f"{language}{case}")
    expect(page.locator("#text")).to_be_visible()
    expect_whole_and_narrow(page)
    page.fill("#text", "short")
    page.locator("main form button").click()
    expect(page.locator("#reason-error")).to_be_visible()
    expect_whole_and_narrow(page)


def test_a_report_is_taken_on_the_telephone_by_keyboard_alone(open_page: Open, origin: str) -> None:
    page = signed_in(open_page("desk"))
    page.keyboard.press("h")
    page.wait_for_url("**/desk/assist")
    page.locator("[name=means]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Report a missed")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bins/missed-bin/ask**")
    expect(page.locator("main")).to_contain_text("You are answering for a resident.")
    assert not checkers()[0].faults(page)
    page.get_by_role("link", name="Back to the desk").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/assist")
    expect(page.locator("main")).to_contain_text("On the telephone")


def test_cases_are_ticked_and_taken_by_keyboard_alone(open_page: Open, origin: str) -> None:
    for _ in range(2):
        send_report(open_page("phone"))
    page = signed_in(open_page("desk"))
    page.goto("/desk/list/waste/new")
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator("#cases :checked")).to_have_count(2)
    page.locator("button[value=take]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="2 done.")).to_be_visible()


def test_on_paper_a_case_has_its_answers_and_no_buttons(open_page: Open, origin: str) -> None:
    reference, _ = send_report(open_page("phone"))
    page = signed_in(open_page("desk"))
    page.goto("/desk/list/waste/open")
    page.emulate_media(media="print")
    expect(page.locator("#cases")).to_contain_text(reference)
    assert not page.locator("button:visible, select:visible, input:visible, nav:visible").count()
    page.locator("#cases a").first.evaluate("one => one.click()")
    page.wait_for_url("**/desk/case/**")
    expect(page.locator("main")).to_contain_text("12 High Street")
    expect(page.locator(".history")).to_be_visible()
    assert not page.locator("button:visible, select:visible, input:visible, textarea:visible, summary:visible").count()
