"""Whole journeys in a real browser: by remote control, by touch, on a phone, without script, and handed from device to device."""

import re

import pytest
from browser.browser_types import Open
from browser.page_checks import expect_idle_kiosk
from browser.tv.remote_control import RemoteControl, write
from playwright.sync_api import Page, expect

BIN = "/bins/missed-bin/ask"
REFERENCE = re.compile(r"\d{3} \d{3} \d{4}")


def test_a_remote_control_alone_sends_a_report(open_page: Open) -> None:
    page = open_page("tv")
    page.goto("/tv/bins/missed-bin")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tv{BIN}")
    presses = 1
    for step in ("bin", "out", "tag", "home"):
        page.keyboard.press("1")
        page.wait_for_url(f"**{BIN}/{step}")
        presses += 1
    page.keyboard.press("2")
    page.wait_for_url(f"**{BIN}/home/2")
    write(page, "12 High Street, EM4 2QT")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{BIN}/tell")
    page.keyboard.press("3")
    page.wait_for_url(f"**{BIN}/check")
    # OK turns the pages of the answers, and then sends them.
    while "0 Send" not in page.inner_text("main"):
        before = page.url
        page.wait_for_timeout(400)
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(before)
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{BIN}/done")
    assert REFERENCE.search(page.inner_text("main"))


def test_back_shows_the_previous_question_with_its_answer(open_page: Open) -> None:
    page = open_page("tv")
    page.goto(f"/tv{BIN}")
    page.keyboard.press("1")
    page.wait_for_url(f"**{BIN}/bin")
    page.keyboard.press("Backspace")
    page.wait_for_url(re.compile(f"{BIN}(/day)?$"))
    expect(page.locator("h1")).to_have_text("When should we have emptied it?")


def test_touch_alone_sends_a_report_at_a_kiosk(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/~portrait/bins/missed-bin")
    page.get_by_role("link", name="Start now").tap()
    for label in ("Today, and it is after 3pm", "Grey bin: rubbish", "Yes", "No tag"):
        page.get_by_text(label, exact=True).tap()
        page.get_by_role("button", name="Continue").tap()
        expect(page.get_by_text(label, exact=True)).to_have_count(0)
    expect(page.locator("h1")).to_have_text("What is the address?")
    expect(page.get_by_role("button", name="1", exact=True)).to_have_count(1)
    for key in "12,em42qt":
        page.get_by_role("button", name=key, exact=True).tap()
    page.get_by_role("button", name="Continue").tap()
    page.get_by_role("button", name="Skip this question").tap()
    page.get_by_text("No", exact=True).tap()
    page.get_by_role("button", name="Continue").tap()
    expect(page.locator("h1")).to_have_text("Check your answers")
    for _ in range(3):
        if page.get_by_role("button", name="Send").count():
            break
        number = page.locator(".count").inner_text()
        page.get_by_role("link", name="Next page").tap()
        expect(page.locator(".count")).not_to_have_text(number)
    page.get_by_role("button", name="Send").tap()
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    assert REFERENCE.search(page.inner_text("main"))
    page.get_by_text("I’m finished").first.tap()
    expect_idle_kiosk(page)
    page.go_back()
    assert page.url == "about:blank"
    assert page.context.cookies() == []


@pytest.mark.parametrize("script", [True, False])
def test_a_phone_sends_a_report_with_or_without_script(script: bool, open_page: Open) -> None:
    page = open_page("phone", script=script)
    page.goto("/bins/missed-bin")
    page.get_by_role("link", name="Start now").click()
    for label in ("Today, and it is after 3pm", "Grey bin: rubbish", "Yes", "No tag"):
        page.get_by_label(label, exact=True).check()
        page.get_by_role("button", name="Continue").click()
    house, postcode = page.get_by_label("House number or name"), page.get_by_label("Postcode")
    house.fill("12 nowhere")
    page.get_by_label("Town or village").fill("Eastmere")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(house).to_have_value("12 nowhere")
    expect(page.get_by_label("Town or village")).to_have_value("Eastmere")
    if script:
        assert page.evaluate("document.activeElement.id") == "problem"
    house.fill("12")
    page.get_by_label("Street", exact=True).fill("High Street")
    postcode.fill("EM4 2QT")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Skip this question").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    assert REFERENCE.search(page.inner_text("main"))


def test_a_television_shows_a_hand_over_to_a_phone_within_a_second(open_page: Open) -> None:
    set_, phone = open_page("tv"), open_page("phone")
    remote = RemoteControl(set_)
    set_.goto(f"/tv{BIN}")
    remote.press("1")
    set_.wait_for_url(f"**{BIN}/bin")
    set_.goto(f"/tv{BIN}/move")
    code = _code(set_)
    phone.goto("/move")
    phone.get_by_role("textbox").fill(code)
    phone.get_by_role("button", name="Continue").click()
    expect(phone.locator("h1")).to_have_text("Which was missed?")
    remote.wait_for_answers()
    remote.wait(1000)
    expect(set_.locator("h1")).to_have_text("You have moved on")


def test_a_kiosk_clears_itself_when_a_phone_has_gone_on(open_page: Open) -> None:
    kiosk, phone = open_page("portrait"), open_page("phone")
    kiosk.goto(f"/kiosk/~portrait{BIN}")
    kiosk.get_by_text("Today, and it is after 3pm", exact=True).tap()
    kiosk.get_by_role("button", name="Continue").tap()
    expect(kiosk.locator("h1")).to_have_text("Which was missed?")
    kiosk.goto(f"/kiosk/~portrait{BIN}/move")
    code = _code(kiosk)
    phone.goto("/move")
    phone.get_by_role("textbox").fill(code)
    phone.get_by_role("button", name="Continue").click()
    expect(phone.locator("h1")).to_have_text("Which was missed?")
    # The kiosk says so before it clears.
    expect(kiosk.locator("h1")).to_have_text("You have moved on")
    expect_idle_kiosk(kiosk)
    assert kiosk.context.cookies() == []


def _code(page: Page) -> str:
    found = re.search(r"\b(\d{3}) (\d{3})\b(?! \d)", page.inner_text("main"))
    assert found
    return found[1] + found[2]


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_browsers_back_and_forward_lead_through_every_question_once(open_page: Open, script: bool) -> None:
    page = open_page("phone", script=script)
    page.goto("/bins/missed-bin")
    page.get_by_role("link", name="Start").first.click()
    page.wait_for_url("**/ask/day")
    for title, led in (("Today, and it is after 3pm", "bin"), ("Grey bin", "out")):
        page.get_by_role("radio", name=title).check()
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url(f"**/ask/{led}")
    for led in ("bin", "day"):
        page.go_back()
        page.wait_for_url(f"**/ask/{led}")
        assert page.locator("input[type=radio]:checked").count() == 1
    page.go_forward()
    page.wait_for_url("**/ask/bin")
    page.go_back()
    page.go_back()
    page.wait_for_url("**/bins/missed-bin")
