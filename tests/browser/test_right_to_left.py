"""Urdu, Polish and Bengali in a browser: pages lie within it; right to left, keys follow what is seen and no checker finds a fault."""

import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from browser.checkers import checkers
from browser.conftest import SIZES
from browser.kiosk.limits import LIMITS, Limits
from browser.page_checks import wait_until
from playwright.sync_api import Browser, Page
from support.paths import CONTENT, LAYOUT
from support.servers.server_process import serving

SCREENS = {
    "phone": ("/", ["/", "/bins", "/leisure/renew-books", "/leisure/renew-books/ask", "/a-z", "/search", "/my-area", "/accessibility"]),
    "tv": ("/tv/", ["/", "/bins", "/leisure/renew-books", "/leisure/renew-books/ask", "/a-z", "/search", "/display", "/phone", "/my-area"]),
    "portrait": (
        "/kiosk/~portrait/",
        ["/", "/bins", "/leisure/renew-books", "/leisure/renew-books/ask", "/a-z", "/search", "/number", "/attract", "/my-area"],
    ),
}  # fmt: skip
WITHIN = {
    "phone": Limits(0, 0, 390, 844, "down", 24, 0),
    "tv": Limits(128, 36, 1152, 684, "none", 34, 0),
    "portrait": LIMITS["portrait"],
}
FOCUSED = "(() => { const box = document.activeElement.getBoundingClientRect(); return [box.left, box.top]; })()"


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the origin of a server of the borough in five languages."""
    folder = tmp_path_factory.mktemp("five")
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    council = content / "council.yaml"
    told = council.read_text(encoding="utf-8")
    assert "languages: [en, cy]" in told
    council.write_text(told.replace("languages: [en, cy]", "languages: [en, cy, pl, ur, bn]"), encoding="utf-8")
    with serving(folder, content) as address:
        yield address


@pytest.fixture
def page(browser: Browser, five: str, size: str) -> Iterator[Page]:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=five, has_touch=size != "tv")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["ur", "pl", "bn"])
@pytest.mark.parametrize("size", SCREENS)
def test_every_kind_of_page_lies_within_its_screen(page: Page, size: str, language: str) -> None:
    start, addresses = SCREENS[size]
    found = {}
    for address in addresses:
        page.goto(f"{start}{language}{address}", wait_until="load")
        assert page.locator("html").get_attribute("lang") == language
        if faults := page.evaluate(LAYOUT, asdict(WITHIN[size])):
            found[address] = faults
    assert not found


@pytest.mark.parametrize("size", SCREENS)
def test_no_checker_finds_a_fault_in_urdu(page: Page, size: str) -> None:
    start, addresses = SCREENS[size]
    found = {}
    for address in addresses:
        page.goto(f"{start}ur{address}", wait_until="load")
        for checker in checkers():
            if faults := checker.faults(page):
                found[f"{checker.name} {address}"] = faults
    assert not found


@pytest.mark.parametrize("size", ["tv", "portrait"])
def test_arrow_keys_follow_what_is_seen(page: Page, size: str) -> None:
    page.goto(f"{SCREENS[size][0]}ur/")
    first = "document.activeElement.matches('main a, .m a, .t a, a') && document.activeElement !== document.body"
    if size == "portrait":
        page.keyboard.press("ArrowDown")
        page.locator(".sections a").first.focus()
    wait_until(page, first)
    at = page.evaluate(FOCUSED)
    page.keyboard.press("ArrowLeft")
    left = page.evaluate(FOCUSED)
    assert left[0] < at[0] and abs(left[1] - at[1]) < 5, "to the left: the second tile"
    page.wait_for_timeout(400)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == at


@pytest.mark.parametrize("size", ["tv"])
def test_colour_keys_are_in_the_order_of_the_remote(page: Page) -> None:
    for address in ("/", "/a-z", "/leisure/renew-books"):
        page.goto(f"/tv/ur{address}")
        lefts = [
            page.locator(f"footer .{key}").bounding_box() for key in "rgyb" if page.locator(f"footer .{key}").count()
        ]
        assert len(lefts) >= 3
        assert lefts == sorted(lefts, key=lambda box: box["x"] if box else 0), address


@pytest.mark.parametrize("size", ["portrait"])
def test_a_count_is_one_run_from_right_to_left_beside_english(page: Page) -> None:
    """The page is in English, from left to right: "1 of 5" in Urdu begins on the right all the same."""
    page.goto("/kiosk/~portrait/ur/leisure/renew-books")
    assert page.locator(".count").inner_text().startswith("\u200f")
    boxes: list[float] = page.evaluate("""() => {
      const text = document.querySelector('.count').firstChild, range = document.createRange();
      const at = place => { range.setStart(text, place); range.setEnd(text, place + 1); return range.getBoundingClientRect(); };
      const digits = [...text.nodeValue.matchAll(/[0-9]/g)].map(found => at(found.index));
      return digits.filter(box => Math.abs(box.top - digits[0].top) < 9).map(box => box.left);
    }""")
    assert boxes == sorted(boxes, reverse=True)
