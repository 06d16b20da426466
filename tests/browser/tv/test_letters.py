"""Letters on a remote control, digits keyed in slowly, and journeys answered by OK alone."""

import json
from pathlib import Path

import pytest
from browser.browser_types import Open
from browser.page_checks import expect_page
from browser.tv.remote_control import RemoteControl
from end_to_end.test_whole_journeys import SERVICE
from playwright.sync_api import Page, expect

ASK = "/tv/bins/missed-bin/ask"
FIELD = "input[name=answer]"
PAUSE = 1300
MOST_STEPS = 40


@pytest.fixture
def remote(open_page: Open) -> RemoteControl:
    return RemoteControl(open_page("tv"))


def at_the_address(remote: RemoteControl) -> Page:
    page = remote.page
    page.goto(ASK)
    for step in ("bin", "out", "tag", "home"):
        remote.press("1")
        page.wait_for_url(f"**/ask/{step}")
    remote.press("2")
    page.wait_for_url("**/ask/home/2")
    return page


def test_an_address_is_written_with_the_digit_keys_alone(remote: RemoteControl) -> None:
    page = at_the_address(remote)
    for keys in ("1", "2222", "0", "44", "444", "4", "44", "0", "33", "6", "4444", "0", "2222", "77", "8"):
        remote.press(*keys, apart=400)
        remote.wait(PAUSE)
    assert page.input_value(FIELD) == "12 High Em4 2qt"
    remote.press("Enter")
    page.wait_for_url("**/ask/tell")


def test_holding_a_key_writes_its_digit_once(remote: RemoteControl) -> None:
    page = at_the_address(remote)
    remote.hold(ord("7"), 12)
    remote.wait(PAUSE)
    remote.press("7")
    assert page.input_value(FIELD) == "7p"
    expect(page.locator(".w i")).to_have_text("p")


def test_the_buttons_of_the_pad_write_without_digit_keys(remote: RemoteControl) -> None:
    page = at_the_address(remote)
    for value in ("a", "b", "<", "c"):
        page.click(f'.t [value="{value}"]')
    assert page.input_value(FIELD) == "Ac"


def test_the_buttons_of_the_pad_write_without_script(open_page: Open) -> None:
    page = open_page("tv", script=False)
    page.goto(ASK)
    for step in ("bin", "out", "tag", "home"):
        page.click(".m button")
        page.wait_for_url(f"**/ask/{step}")
    page.click("text=Type it here")
    for value in ("1", "2", " ", "e", "x", "<", "m", "4", "2", "q", "t"):
        page.click(f'.t [value="{value}"]')
    assert page.input_value(FIELD) == "12 em42qt"
    page.click("text=Continue")
    page.wait_for_url("**/ask/tell")


@pytest.mark.parametrize("apart", [500, 2900])
def test_a_number_keyed_in_slowly_opens_its_service(apart: int, remote: RemoteControl) -> None:
    page = remote.page
    page.goto("/tv/")
    for digit in "214":
        # A page that the digits so far have opened must have arrived: a key pressed between two pages is lost.
        remote.wait(apart - 100)
        page.wait_for_timeout(700)
        remote.press(digit, apart=100)
    expect_page(page, "**/tv/bins/missed-bin", "Report a missed bin")


def test_zero_turns_the_page_at_once(remote: RemoteControl) -> None:
    page = remote.page
    page.goto("/tv/bins/missed-bin")
    remote.press("0")
    page.wait_for_url("**/tv/bins/missed-bin/2")
    expect(page.locator("h1")).to_have_text("Report a missed bin")


def test_nine_goes_back_from_the_middle_of_a_service_however_often(remote: RemoteControl) -> None:
    """The third 9 is not the number 999."""
    page = remote.page
    page.goto("/tv/bins")
    for number in ("missed-bin", "missed-bin/2", "missed-bin/3", "missed-bin/4"):
        page.goto(f"/tv/bins/{number}")
    for address in ("missed-bin/3", "missed-bin/2", "missed-bin"):
        expect(page.locator("#u b")).to_have_text("9")
        remote.press("9")
        remote.wait(1200)
        page.wait_for_url(f"**/tv/bins/{address}")


def test_nine_goes_back_in_a_journey_at_once(remote: RemoteControl) -> None:
    page = remote.page
    page.goto(ASK)
    remote.press("1")
    page.wait_for_url("**/ask/bin")
    expect(page.locator("#u b")).to_have_text("9")
    remote.press("9")
    page.wait_for_url("**/ask/day")


def test_back_has_no_digit_where_digits_write(remote: RemoteControl) -> None:
    page = at_the_address(remote)
    expect(page.locator("#u")).to_have_text("Back")


def test_back_from_the_hand_over_leads_to_the_question_it_was_opened_from(remote: RemoteControl) -> None:
    page = at_the_address(remote)
    remote.press("blue")
    page.wait_for_url("**/ask/move.5")
    remote.press("back")
    expect_page(page, "**/ask/home", "What is the address?")


@pytest.mark.parametrize("service", sorted(SERVICE.values()))
def test_pressing_ok_throughout_makes_no_case(service: str, remote: RemoteControl, outbox: Path) -> None:
    """OK leads from question to question until it goes round between two pages, or stays: never to a reference."""
    before = _cases(outbox)
    page = remote.page
    page.goto(f"/tv{service}/ask")
    seen: list[str] = []
    while len(seen) < MOST_STEPS:
        seen.append(page.url.rpartition("/ask/")[2])
        if seen.count(seen[-1]) > 2:
            break
        remote.press("Enter")
        page.wait_for_timeout(700)
    assert len(seen) < MOST_STEPS, seen
    assert not any(step.startswith("done") for step in seen), seen
    assert _cases(outbox) == before


def _cases(outbox: Path) -> list[str]:
    return sorted(json.loads(file.read_text())["reference"] for file in outbox.rglob("*.json"))
