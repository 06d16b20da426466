"""One visit to the council at the end of a line, timed by the screens that come: home, a section, a service, its questions."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from playwright.sync_api import Browser, Error, Page

SECTION, SERVICE = "/council-tax", "/council-tax/single-person-discount"
QUESTIONS = 3
LONGEST = 60.0
"""Seconds after which a screen is taken not to come at all."""
SHOWN = """() => { const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return location.protocol == 'chrome-error:' ? null : paint && [performance.timeOrigin, paint.startTime]; }"""
Press = Callable[[Page, str], None]


@dataclass(frozen=True, slots=True)
class Way:
    """How a visitor goes: below which prefix, with which page as the first, whether scripts run, and by which presses."""

    name: str
    prefix: str
    script: bool
    open: Press
    answer: Callable[[Page], None]


@dataclass(slots=True)
class Visit:
    """Seconds from when a screen was asked for until it was drawn; `keys` until the first one answered keys."""

    first: float = LONGEST
    keys: float = LONGEST
    screens: list[float] = field(default_factory=list)
    questions: list[float] = field(default_factory=list)


def enter(page: Page, address: str) -> None:
    """OK on the link to an address, once the arrows have led there."""
    page.evaluate("address => document.querySelector(`a[href='${address}']`).focus()", address)
    page.keyboard.press("Enter")


def digit(page: Page) -> None:
    """One digit answers a question."""
    page.keyboard.press("1")


def first_button(page: Page) -> None:
    """OK on the first answer."""
    page.evaluate("document.querySelector('form button').focus()")
    page.keyboard.press("Enter")


def radio(page: Page) -> None:
    """The first answer, and what sends it."""
    page.evaluate("document.querySelector('form.ask input[type=radio]').checked = true")
    page.evaluate("document.querySelector('form.ask button').focus()")
    page.keyboard.press("Enter")


WAYS = (
    Way("television, its script", "/tv", True, enter, digit),
    Way("television, no script", "/tv", False, enter, first_button),
    Way("the phone's pages", "", True, enter, radio),
)


def pay_a_visit(
    browser: Browser, origin: str, way: Way, reads: float = 0.0, slow: Callable[[Page], None] = lambda page: None
) -> Visit:
    """Go from home to the third question; before each press the page is looked at for `reads` seconds. `slow` may hold the page up."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, java_script_enabled=way.script)
    page = context.new_page()
    page.set_default_timeout(LONGEST * 1000)
    slow(page)
    visit, home = Visit(), f"{origin}{way.prefix}/"
    try:
        began = time.time()
        page.goto(home, wait_until="commit")
        visit.first = drawn(page, began, 0.0)
        page.wait_for_load_state("load")
        visit.keys = time.time() - began
        for address in (SECTION, SERVICE, f"{SERVICE}/ask"):
            visit.screens.append(_next(page, reads, partial(way.open, page, f"{way.prefix}{address}")))
        for _ in range(QUESTIONS):
            visit.questions.append(_next(page, reads, partial(way.answer, page)))
    finally:
        context.close()
    return visit


def _next(page: Page, reads: float, press: Callable[[], None]) -> float:
    """Seconds from the press until another page is drawn."""
    page.wait_for_load_state("load")
    if reads:
        page.wait_for_timeout(reads * 1000)
    here = page.evaluate("performance.timeOrigin")
    began = time.time()
    press()
    return drawn(page, began, here)


def drawn(page: Page, began: float, before: float) -> float:
    """Seconds from `began` until a page other than the one that began at `before` (both since 1970) was drawn."""
    while time.time() - began < LONGEST:
        try:
            found = page.evaluate(SHOWN)
        except Error:
            found = None
        if found and found[0] != before:
            return float(sum(found)) / 1000 - began
        time.sleep(0.02)
    return LONGEST
