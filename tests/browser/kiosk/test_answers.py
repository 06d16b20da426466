"""Answering questions at a kiosk by touch alone, in portrait and landscape."""

from dataclasses import asdict

import pytest
from browser.browser_types import Open
from browser.kiosk.limits import LIMITS
from browser.page_checks import tap
from playwright.sync_api import Page, expect
from support.paths import LAYOUT

ASK = "/bins/missed-bin/ask"
SIZES = ["portrait", "landscape"]


def choose(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_text(label, exact=True).tap()
        tap(page, "Continue")
        expect(page.get_by_text(label, exact=True)).to_have_count(0)


def ask_for_email(page: Page, device: str) -> None:
    page.goto(f"/kiosk/~{device}{ASK}")
    choose(page, "Today, and it is after 3pm", "Grey bin: rubbish", "Yes", "No tag")
    tap(page, *"12,em42qt", "Continue")
    tap(page, "Skip this question")
    choose(page, "Email me")
    expect(page.locator("h1")).to_have_text("What is your email address?")


def faults(page: Page, size: str) -> list[str]:
    found: list[str] = page.evaluate(LAYOUT, asdict(LIMITS[size]))
    return found


@pytest.mark.parametrize("size", SIZES)
def test_an_email_address_is_entered(size: str, open_page: Open) -> None:
    page = open_page(size)
    ask_for_email(page, size)
    tap(page, *"o'brien-2", ".", "_", "+", "x", "@", "l", "Delete", *"east", ".co.uk")
    expect(page.get_by_role("textbox")).to_have_value("o'brien-2._+x@east.co.uk")
    assert faults(page, size) == []
    tap(page, "Continue")
    expect(page.locator("h1")).to_have_text("Check your answers")


@pytest.mark.parametrize("size", SIZES)
def test_text_is_entered_with_punctuation(size: str, open_page: Open) -> None:
    page = open_page(size)
    page.goto(f"/kiosk/~{size}/search")
    tap(page, *"it's,", "Space", "Capital letter", "!", "a", ".", "Capital letter", "?")
    expect(page.locator("input[name=q]")).to_have_value("it's, !a.?")
    assert faults(page, size) == []


DEVICES = [
    ("portrait", "portrait"),
    ("portrait", "portrait.large"),
    ("landscape", "landscape"),
    ("landscape", "landscape.large"),
    ("landscape", "landscape.large.contrast.low"),
]


@pytest.mark.parametrize(
    ("chosen", "kept"), [("Keep “Blue bin: plastic, cans and glass”", "blue"), ("Continue", "caddy")]
)
@pytest.mark.parametrize(("size", "device"), DEVICES)
def test_a_conflict_of_two_windows_offers_both_answers(
    size: str, device: str, chosen: str, kept: str, open_page: Open
) -> None:
    page = open_page(size)
    page.goto(f"/kiosk/~{device}{ASK}")
    choose(page, "Today, and it is after 3pm")
    page.goto(f"/kiosk/~{device}{ASK}/bin")
    other = page.context.new_page()
    other.goto(f"/kiosk/~{device}{ASK}/bin")
    choose(other, "Blue bin: plastic, cans and glass")
    other.close()
    page.get_by_text("Green caddy: food", exact=True).tap()
    tap(page, "Continue")
    expect(page.get_by_text("another window")).to_be_visible()
    assert faults(page, size) == []
    expect(page.get_by_text("Next page")).to_have_count(0)
    tap(page, chosen)
    expect(page.get_by_text("another window")).to_have_count(0)
    page.goto(f"/kiosk/~{device}{ASK}/bin")
    expect(page.locator("input:checked")).to_have_value(kept)


@pytest.mark.parametrize(("size", "device"), DEVICES)
def test_an_error_is_shown_with_the_question_and_the_input(size: str, device: str, open_page: Open) -> None:
    page = open_page(size)
    ask_for_email(page, device)
    tap(page, *"sam", "Continue")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("Next page")).to_have_count(0)
    assert faults(page, size) == []
    expect(page.get_by_role("textbox")).to_have_value("sam")
    tap(page, "@", *"east", ".com", "Continue")
    expect(page.locator("h1")).to_have_text("Check your answers")


@pytest.mark.parametrize("device", ["portrait", "portrait.contrast"])
def test_an_unchecked_option_is_drawn_empty_in_every_theme(device: str, open_page: Open) -> None:
    page = open_page("portrait")
    page.goto(f"/kiosk/~{device}{ASK}")
    page.get_by_role("radio").first.check()
    drawn: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('.option')].map((option) => [option, option.querySelector('input')])"
        ".map((both) => both.map((one) => getComputedStyle(one).backgroundColor))"
    )
    assert drawn[0][0] != drawn[0][1]
    assert all(option == mark for option, mark in drawn[1:])


def test_key_labels_have_the_same_style_on_every_keyboard(open_page: Open) -> None:
    page = open_page("portrait")
    sizes = []
    for address in ("/search", "/leisure/renew-books/ask"):
        page.goto(f"/kiosk/~portrait{address}")
        if "ask" in address:
            page.locator(".option").nth(1).tap()
            tap(page, "Continue")
            expect(page.locator("h1")).to_have_text("What name is on the card?")
        sizes.append(page.locator("[data-key=q]").evaluate("(key) => getComputedStyle(key).fontSize"))
    assert sizes[0] == sizes[1]
