"""Screenshots of the most visited pages against references; `make references` renews these."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from engines.frozen_server import frozen_server
from engines.image_match import expect_match
from engines.multitap import taps
from engines.outbox import ADDRESS
from playwright.sync_api import Browser, Page, expect, sync_playwright
from support.programs.system_programs import need
from support.servers.running_server import MORNING

FONTS = Path(__file__).parent / "fonts.conf"
LETTERS = ("truetype/liberation/LiberationSans-Regular.ttf", "opentype/inter/Inter-Regular.otf")
FLAGS = [
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run", "--disable-lcd-text",
    "--font-render-hinting=none", "--force-color-profile=srgb", "--hide-scrollbars",
]  # fmt: skip
SIZES = {"tv": (1280, 720), "kiosk": (1080, 1920), "phone": (390, 844)}
TV, KIOSK = "/tv/bins/missed-bin", "/kiosk/~portrait"
SAME_CASE = r"""
document.querySelector('.h').textContent = '123 456 7890';
document.querySelector('.qr').innerHTML = '<path d="M0 0h9999v9999H0z" fill="#999"/>';
for (const row of document.querySelectorAll('dd')) { row.textContent = row.textContent.replace(/PIN \d+/, 'PIN 1234'); }
"""
NOTHING = re.compile(r"^\s*$")
PAGES: Mapping[str, str] = {
    "tv-home": "/tv/",
    "tv-section": "/tv/bins",
    "tv-service": TV,
    "tv-table": f"{TV}/5",
    "tv-search": "/tv/search/737",
    "tv-question": f"{TV}/ask",
    "kiosk-home": f"{KIOSK}/",
    "kiosk-service": f"{KIOSK}/bins/missed-bin",
    "phone-home": "/",
    "phone-service": "/bins/missed-bin",
    "phone-question": "/bins/missed-bin/ask",
}


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with frozen_server(tmp_path_factory.mktemp("still")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    for letters in LETTERS:
        need(Path("/usr/share/fonts") / letters)
    with sync_playwright() as playwright:
        fonts: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
        chromium = playwright.chromium.launch(executable_path=need("chromium"), args=FLAGS, env=fonts)
        yield chromium
        chromium.close()


@pytest.fixture
def open_as(browser: Browser, origin: str) -> Iterator[Callable[[str], Page]]:
    """Yield a function: `open_as("tv")` returns a page of that device on which it is always ten o'clock."""
    opened: list[Page] = []

    def open_(device: str) -> Page:
        width, height = SIZES[device]
        context = browser.new_context(
            viewport={"width": width, "height": height}, base_url=origin, locale="en-GB", timezone_id="Europe/London",
            reduced_motion="reduce",
        )  # fmt: skip
        opened.append(context.new_page())
        opened[-1].clock.set_fixed_time(MORNING)
        opened[-1].set_default_timeout(30_000)
        return opened[-1]

    yield open_
    for page in opened:
        page.context.close()


def expect_same_look(page: Page, name: str, folder: Path) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => 0)")
    shot = folder / "shot.png"
    page.screenshot(path=shot, animations="disabled", caret="hide")
    expect_match(name, shot)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_matches_its_reference_screenshot(name: str, open_as: Callable[[str], Page], tmp_path: Path) -> None:
    page = open_as(name.partition("-")[0])
    page.goto(PAGES[name])
    expect_same_look(page, name, tmp_path)


def test_the_receipt_matches_its_reference_screenshot(open_as: Callable[[str], Page], tmp_path: Path) -> None:
    page = open_as("tv")
    page.goto(f"{TV}/ask")
    _press(page, ("1", "bin"), ("1", "out"), ("1", "tag"), ("1", "home"), ("2", "home/2"))
    for sign in ADDRESS.lower():
        for key in taps(sign):
            page.keyboard.press(key)
        expect(page.locator(".w i")).to_have_text(NOTHING)
    _press(page, ("Enter", "tell"), ("3", "check"))
    expect_same_look(page, "tv-check", tmp_path)
    _press(page, ("Enter", "done"))
    # Each case has another reference, PIN and QR code.
    page.evaluate(SAME_CASE)
    expect_same_look(page, "tv-done", tmp_path)


def _press(page: Page, *way: tuple[str, str]) -> None:
    """Press keys, each of which leads to a step of the journey."""
    for key, step in way:
        page.keyboard.press(key)
        page.wait_for_url(f"**/ask/{step}")
