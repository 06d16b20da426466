"""The first day of an officer, as docs/officers.md leads through it, while the resident looks at a television."""

import re
from collections.abc import Iterator

import pytest
from browser.browser_types import Open
from browser.checkers import checkers
from playwright.sync_api import Page, expect
from support.servers.server_process import free_port, running_server, wait_until_ready

from onestop.staff.demonstration import PASSWORD

PIN, REFERENCE = re.compile(r"PIN (\d{4})"), re.compile(r"\b\d{3} \d{3} \d{4}\b")
ANSWERS = ("today", "grey", "out", "none")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("desk"), free_port()
    with running_server(f"sqlite:///{folder}/a.db", None, folder, port, demo="yes") as process:
        wait_until_ready(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"


def send_report(page: Page) -> tuple[str, str]:
    """Report a missed bin by phone; return reference and PIN."""
    page.goto("/bins/missed-bin/ask")
    for answer in ANSWERS:
        page.locator(f"label:has([value='{answer}'])").click()
        page.locator("main form button").first.click()
    page.fill("[name=answer]", "12 High Street")
    page.fill("[name='answer.postcode']", "EM4 2QT")
    page.locator("main form button").first.click()
    page.locator("button[value=skip]").click()
    page.locator("label:has([value='none'])").click()
    page.locator("main form button").first.click()
    page.locator("main form button").first.click()
    said = page.inner_text("main")
    reference, pin = REFERENCE.search(said), PIN.search(said)
    assert reference and pin, said
    return reference[0], pin[1]


def follow_on_television(page: Page, reference: str, pin: str) -> None:
    page.goto("/tv/track")
    for typed in (reference.replace(" ", ""), pin):
        page.fill("[name=answer]", typed)
        page.locator("form button").first.click()
        page.wait_for_load_state()


def seen_on(television: Page, text: str) -> None:
    """Expect the television to show a text by itself, on one of its pages."""
    expect(television.locator("body")).to_contain_text(text)


def test_a_case_from_send_to_closed_is_seen_on_a_television(open_page: Open, origin: str) -> None:
    reference, pin = send_report(open_page("phone"))
    television = open_page("tv")
    follow_on_television(television, reference, pin)
    desk = open_page("desk")
    desk.goto("/desk")
    desk.fill("[name=name]", "officer")
    desk.fill("[name=password]", PASSWORD)
    desk.keyboard.press("Enter")
    expect(desk.locator("#cases")).to_contain_text(reference)
    expect(desk.locator("#cases")).to_contain_text("12 High Street")
    # By keys alone from here: to the first case, open it, take it.
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_have_text("Report a missed bin")
    desk.keyboard.press("t")
    expect(desk.locator(".history")).to_contain_text("Taken by Olive Officer")
    seen_on(television, "Somebody is looking at it.")
    desk.keyboard.press("u")
    desk.keyboard.type("A crew is on its way.")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator(".history")).to_contain_text("A crew is on its way.")
    seen_on(television, "A crew is on its way.")
    desk.keyboard.press("c")
    desk.locator("#close-subject").select_option("done")
    desk.locator("#close button.main").click()
    expect(desk.locator(".history")).to_contain_text("Closed by Olive Officer: it is done")
    seen_on(television, "It is closed: it is done.")


def signed_in(page: Page) -> Page:
    page.goto("/desk")
    page.fill("[name=name]", "officer")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/list/**")
    return page


def test_the_keys_are_shown_and_can_be_switched_off(open_page: Open, origin: str) -> None:
    send_report(open_page("phone"))
    desk = signed_in(open_page("desk"))
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    desk.locator("#keys-on").uncheck()
    desk.keyboard.press("Escape")
    desk.keyboard.press("/")
    expect(desk.locator("#typed")).not_to_be_focused()
    desk.locator("[data-keys]").click()
    desk.locator("#keys-on").check()
    desk.keyboard.press("Escape")
    desk.keyboard.press("/")
    expect(desk.locator("#typed")).to_be_focused()
    desk.keyboard.type("cut?")
    expect(desk.locator("#keys")).not_to_be_visible()
    desk.keyboard.press("Escape")


def test_another_officers_change_is_told_and_what_is_being_written_stays(open_page: Open, origin: str) -> None:
    send_report(open_page("phone"))
    first, second = signed_in(open_page("desk")), signed_in(open_page("desk"))
    for desk in (first, second):
        desk.goto("/desk/list/waste/new")
        desk.locator("#cases a").first.click()
        desk.wait_for_url("**/desk/case/**")
    first.keyboard.press("u")
    first.keyboard.type("Half a sente")
    second.keyboard.press("t")
    expect(first.locator(".changed")).to_contain_text("This case has changed.")
    expect(first.locator("#update-text")).to_have_value("Half a sente")
    first.locator("#update button.main").click()
    expect(first.locator("[role=alert]")).to_contain_text("nothing was done")
    expect(first.locator("#update-text")).to_have_value("Half a sente")


@pytest.mark.parametrize("language", ["", "/cy"])
def test_axe_finds_nothing_on_the_desk(open_page: Open, origin: str, language: str) -> None:
    axe = checkers()[0]
    send_report(open_page("phone"))
    desk = signed_in(open_page("desk"))
    desk.goto(f"{language}/desk/list/waste/open")
    assert not axe.faults(desk)
    desk.locator("#cases a").first.click()
    desk.wait_for_url("**/desk/case/**")
    for details in desk.locator("details.act").all():
        details.locator("summary").click()
    assert not axe.faults(desk)
    desk.goto(f"{language}/desk/content")
    assert not axe.faults(desk)
