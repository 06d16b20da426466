"""Display preferences on a television by remote control: larger text, strong contrast, back to normal; and pictures."""

import re
from collections.abc import Iterator

import pytest
from browser.browser_types import Open
from browser.tv.remote_control import RemoteControl
from engines.qtwebkit import QtWebKit, running_qtwebkit
from playwright.sync_api import Page

from channels.tv.sizes import LARGE, USUAL
from onestop.catalogue.brand.colours import contrast

STYLE = "(what) => { const s = getComputedStyle(document.querySelector(what)); return [s.fontSize, s.color, s.backgroundColor]; }"
PICTURED = "/tv/~tizen/bins/missed-bin"
DIGIT_PAUSE = 1300
"""Milliseconds after which a single digit counts, where longer numbers begin with it."""
DIGITS_KEPT = 2600
"""Milliseconds after which a page no longer takes a digit as one that follows those of the page before."""


def test_larger_text_lasts_through_a_journey_and_the_next_visit(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/")
    assert _style(page, "body")[0] == f"{USUAL.text}px"
    remote.press("blue")
    page.wait_for_url("**/tv/display")
    remote.press("2")
    remote.wait(DIGIT_PAUSE)
    page.wait_for_url("**/tv/~browser.large/")
    assert _style(page, "body")[0] == f"{LARGE.text}px"
    remote.wait(DIGITS_KEPT)
    remote.press("2", "1", "4")
    page.wait_for_url("**/tv/~browser.large/bins/missed-bin")
    remote.press("Enter")
    page.wait_for_url("**/tv/~browser.large/bins/missed-bin/ask**")
    remote.press("1")
    page.wait_for_url("**/tv/~browser.large/bins/missed-bin/ask/bin")
    assert _style(page, "button")[0] == f"{LARGE.text}px"
    # Back must not lead to a page from before the change: its text would be small.
    remote.press("green")
    page.wait_for_url("**/tv/~browser.large/")
    again = open_page("tv", storage_state=page.context.storage_state())
    again.goto("/tv/")
    assert again.url.endswith("/tv/~browser.large/")
    assert _style(again, "h1")[0] == f"{LARGE.title}px"


def test_display_preferences_can_be_undone_from_any_page(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/cy/bins")
    remote.press("9", "9", "1")
    page.wait_for_url("**/tv/cy/display")
    remote.press("4")
    remote.wait(DIGIT_PAUSE)
    page.wait_for_url("**/tv/~browser.large.contrast/cy/")
    remote.wait(DIGITS_KEPT)
    remote.press("9", "9", "1")
    page.wait_for_url("**/tv/~browser.large.contrast/cy/display")
    assert "fel y mae nawr" in page.inner_text("button >> nth=3")
    remote.press("1")
    remote.wait(DIGIT_PAUSE)
    page.wait_for_url("**/tv/cy/")
    assert _style(page, "body")[0] == f"{USUAL.text}px"
    again = open_page("tv", storage_state=page.context.storage_state())
    again.goto("/tv/")
    assert again.url.endswith("/tv/")


def test_strong_contrast_meets_its_ratios(open_page: Open) -> None:
    page = open_page("tv")
    for address in ("/", "/bins/missed-bin", "/search/737", "/bins/missed-bin/ask", "/bins/missed-bin/2"):
        page.goto(f"/tv/~browser.contrast{address}")
        _, text, ground = _style(page, "body")
        _, above, below = _style(page, ":focus")
        assert contrast(_hex(text), _hex(ground)) >= 7
        assert contrast(_hex(above), _hex(below)) >= 7
        assert contrast(_hex(below), _hex(ground)) >= 7, "what is in focus stands out from the page"


def test_a_picture_has_its_space_before_it_loads(open_page: Open) -> None:
    page = open_page("tv")
    page.route("**/pictures/**", lambda route: route.abort())
    number = _pictured(page)
    lost = page.evaluate("document.images[0].getBoundingClientRect().height")
    focused = page.evaluate("document.activeElement.textContent")
    page.unroute("**/pictures/**")
    page.goto(f"{PICTURED}/{number}", wait_until="load")
    shown = page.evaluate("[document.images[0].naturalHeight, document.images[0].getBoundingClientRect().height]")
    assert shown[0] == shown[1] == lost > 100
    assert "More" in focused
    assert page.evaluate("document.images[0].alt").startswith("A bin from behind")


@pytest.fixture(scope="module")
def qtwebkit() -> Iterator[QtWebKit]:
    with running_qtwebkit() as one:
        yield one


def test_an_old_engine_shows_the_picture_in_its_size(qtwebkit: QtWebKit, origin: str) -> None:
    for number in range(2, 9):
        qtwebkit.load(f"{origin}{PICTURED}/{number}")
        if qtwebkit.do(ask="document.images.length")["answer"]:
            break
    said = qtwebkit.do(
        ask="[].map.call(document.images, function (i) { return [i.naturalWidth, i.offsetWidth]; }).join()"
    )
    natural, drawn = map(int, said["answer"].split(","))
    assert natural == drawn > 300


def _pictured(page: Page) -> int:
    for number in range(2, 9):
        page.goto(f"{PICTURED}/{number}")
        if page.locator("img").count():
            return number
    raise AssertionError("there is no picture on any page")


def _style(page: Page, what: str) -> list[str]:
    found: list[str] = page.evaluate(STYLE, what)
    return found


def _hex(colour: str) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])
