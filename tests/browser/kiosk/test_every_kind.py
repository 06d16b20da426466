"""One question of every kind at a kiosk by touch alone: rejected, corrected, checked, changed and sent; and continued on a phone."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest
from browser.browser_types import Open
from browser.kiosk.limits import LIMITS
from browser.page_checks import tap as touch
from PIL import Image
from playwright.sync_api import Page, expect
from support.paths import LAYOUT
from support.samples.every_kind import (
    AGES,
    ASK,
    BEFORE,
    COUNT,
    EVERY,
    LATER,
    PHOTO,
    Asked,
    Everything,
    values,
    wanted,
)

from onestop.journeys.values.form_values import FormValues

NAMED = {" ": "Space"}
"""Keys whose accessible name differs from the character they enter."""


@pytest.fixture(scope="module")
def origin(everything: Everything) -> str:
    return everything.origin


def tap(page: Page, *keys: str) -> None:
    touch(page, *(NAMED.get(key, key) for key in keys))


def title(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_have_text(text)


def write(page: Page, entered: FormValues) -> None:
    """Replace the value of a field with the kiosk's on-screen keys."""
    for name, texts in entered.items():
        field = page.locator(f"main form [name='{name}']:not([type=hidden])")
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            for one in texts:
                page.locator(f"label.option:has([value='{one}'])").tap()
            continue
        field.tap()
        tap(page, "Clear", *"".join(texts))


def has(page: Page, entered: FormValues) -> None:
    for name, texts in entered.items():
        expect(page.locator(f"main form [name='{name}']").first).to_have_value("".join(texts))


def sound(page: Page) -> None:
    """Check that nothing overlaps, is cut off or is too small to touch, and that there is one page."""
    size = "portrait" if page.viewport_size == {"width": 1080, "height": 1920} else "landscape"
    assert page.evaluate(LAYOUT, asdict(LIMITS[size])) == [], page.url
    expect(page.get_by_text("Next page")).to_have_count(0)


def refused(page: Page, asked: Asked) -> None:
    write(page, asked.wrong)
    tap(page, "Continue")
    expect(page.get_by_role("alert")).to_contain_text(asked.problem)
    title(page, asked.title)
    has(page, asked.wrong)
    sound(page)


def answer(page: Page, asked: Asked) -> None:
    if asked is PHOTO:
        expect(page.get_by_text("A picture can be sent from a phone.")).to_be_visible()
        tap(page, "Skip this question")
        return
    write(page, asked.right)
    tap(page, "Continue")
    if asked is AGES:
        expect(page.get_by_text("Answer 1")).to_be_visible()
        write(page, {"answer": ("40",)})
        tap(page, "Continue")
        expect(page.get_by_text("Answer 2")).to_be_visible()
        sound(page)
        tap(page, "That is everything")


def turned(page: Page, way: str) -> bool:
    """Turn the page; return whether there was another."""
    link = page.get_by_role("link", name=way)
    if not link.count():
        return False
    number = page.locator(".count").inner_text()
    link.tap()
    expect(page.locator(".count")).not_to_have_text(number)
    return True


def said(page: Page) -> dict[str, str]:
    """Return the answers on this check page and the following ones."""
    found: dict[str, str] = {}
    while True:
        rows = page.locator(".answers > div")
        answers = rows.locator("dd:not(.change)").all_inner_texts()
        found |= dict(zip(rows.locator("dt").all_inner_texts(), answers, strict=True))
        if not turned(page, "Next page"):
            return found


def change(page: Page, asked: Asked) -> None:
    """Turn back from the last check page to an answer and press its Change link."""
    link = page.get_by_role("link", name=f"Change {asked.title}")
    while not link.count():
        assert turned(page, "Previous page")
    link.tap()
    title(page, asked.title)


def test_one_of_every_kind_is_answered(open_page: Open, everything: Everything) -> None:
    page = open_page("portrait")
    page.goto(f"/kiosk/~portrait{ASK}")
    begun = page.evaluate("history.length")
    for asked in EVERY:
        title(page, asked.title)
        if asked is not PHOTO:
            refused(page, asked)
        answer(page, asked)
    title(page, "Check your answers")
    given = {asked.title: asked.said for asked in EVERY} | {PHOTO.title: "Not given"}
    assert said(page) == given
    change(page, COUNT)
    has(page, COUNT.right)
    write(page, LATER)
    tap(page, "Continue")
    title(page, BEFORE.title)
    answer(page, BEFORE)
    title(page, "Check your answers")
    assert said(page) == given | {COUNT.title: "12 days", BEFORE.title: BEFORE.said}
    tap(page, "Send")
    title(page, "Thank you. We have it.")
    case = everything.case(page.inner_text("main"))
    rest = tuple(asked for asked in EVERY if asked is not PHOTO)
    assert values(case) == wanted(*rest) | {"photo": None, "count": 12, "before": "often"}
    assert case["channel"] == "kiosk"
    assert page.evaluate("history.length") == begun


def test_a_photo_is_added_on_a_phone_and_the_kiosk_clears_itself(
    open_page: Open, everything: Everything, tmp_path: Path
) -> None:
    page, phone = open_page("landscape"), open_page("phone")
    page.goto(f"/kiosk/~landscape{ASK}")
    for asked in EVERY[: EVERY.index(PHOTO)]:
        title(page, asked.title)
        answer(page, asked)
    title(page, PHOTO.title)
    page.get_by_role("link", name="Continue on your phone").tap()
    title(page, "Continue on your phone")
    code = re.search(r"\b(\d{3}) (\d{3})\b", page.inner_text("main"))
    assert code, page.inner_text("main")
    phone.goto("/move")
    phone.get_by_role("textbox").fill("".join(code.groups()))
    phone.get_by_role("button", name="Continue").tap()
    title(phone, PHOTO.title)
    expect(page.locator("[data-begin]")).to_be_visible()
    assert page.context.cookies() == []
    picture = tmp_path / "a.jpg"
    Image.new("RGB", (64, 48), "#396").save(picture)
    phone.locator("input[type=file]").set_input_files(picture)
    phone.get_by_role("button", name="Continue").tap()
    phone.get_by_label("The lid").check()
    phone.get_by_label("The rim").check()
    phone.get_by_role("button", name="Continue").tap()
    phone.get_by_role("button", name="Skip this question").tap()
    phone.get_by_role("button", name="Send").tap()
    title(phone, "Thank you. We have it.")
    case = everything.case(phone.inner_text("main"))
    given = values(case)
    assert isinstance(given.pop("photo"), dict) and len(case["photos"]) == 1
    rest = tuple(asked for asked in EVERY if asked not in (PHOTO, AGES))
    assert given == wanted(*rest) | {"ages": None}
    assert case["channel"] == "mobile"
