"""One visit over a slow line, timed screen by screen: home, a section, a service, its questions."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from playwright.sync_api import Browser, Error, Page

SECTION, SERVICE = "/council-tax", "/council-tax/single-person-discount"
QUESTIONS = 3
LONGEST = 60.0
"""Seconds after which a screen counts as failed."""
SHOWN = """() => { const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return location.protocol == 'chrome-error:' ? null : paint && [performance.timeOrigin, paint.startTime]; }"""


@dataclass(frozen=True, slots=True)
class VisitRoute:
    """A way to visit: the address prefix, whether scripts run, and how to reach a link and the control that answers a question."""

    name: str
    prefix: str
    script: bool
    find: Callable[[Page, str], None]
    choose: Callable[[Page], None]
    answer: str = "Enter"


@dataclass(slots=True)
class TimedVisit:
    """Seconds from the request for a screen until it was drawn; `keys` until the first screen responded to keys."""

    first: float = LONGEST
    keys: float = LONGEST
    screens: list[float] = field(default_factory=list)
    questions: list[float] = field(default_factory=list)


def by_arrows(page: Page, address: str) -> None:
    """Press Right until the link to an address has the focus: it leads through all links, as read."""
    for _ in range(20):
        if page.evaluate("document.activeElement.getAttribute('href')") == address:
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"no way to {address} at {page.url}")


def by_itself(page: Page, address: str) -> None:
    """Focus a link on a page without our script."""
    page.evaluate("address => document.querySelector(`a[href='${address}']`).focus()", address)


def as_it_is(page: Page) -> None:
    """Do nothing: a digit answers wherever the focus is."""


def first_button(page: Page) -> None:
    """Focus the button of the first answer."""
    page.evaluate("document.querySelector('form button').focus()")


def radio(page: Page) -> None:
    """Choose the first option and focus the submit button."""
    page.evaluate("document.querySelector('form.ask input[type=radio]').checked = true")
    page.evaluate("document.querySelector('form.ask button').focus()")


ROUTES = (
    VisitRoute("television", "/tv", True, by_arrows, as_it_is, "1"),
    VisitRoute("television, no script", "/tv", False, by_itself, first_button),
    VisitRoute("the phone's pages", "", True, by_itself, radio),
)


def pay_a_visit(
    browser: Browser, origin: str, way: VisitRoute, reads: float = 0.0, slow: Callable[[Page], None] = lambda page: None
) -> TimedVisit:
    """Go from home to the third question, with `reads` seconds before each press. `slow` may throttle the page."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, java_script_enabled=way.script)
    page = context.new_page()
    page.set_default_timeout(LONGEST * 1000)
    slow(page)
    visit, home = TimedVisit(), f"{origin}{way.prefix}/"
    try:
        began = time.time()
        page.goto(home, wait_until="commit")
        visit.first = drawn(page, began, 0.0)
        page.wait_for_load_state("load")
        visit.keys = time.time() - began
        for address in (SECTION, SERVICE, f"{SERVICE}/ask"):
            find = partial(way.find, page, f"{way.prefix}{address}")
            visit.screens.append(_next(page, reads, find, "Enter"))
        for _ in range(QUESTIONS):
            visit.questions.append(_next(page, reads, partial(way.choose, page), way.answer))
    finally:
        context.close()
    return visit


def _next(page: Page, reads: float, find: Callable[[], None], key: str) -> float:
    """Press the key; return the seconds until another page is drawn."""
    page.wait_for_load_state("load")
    find()
    if reads:
        page.wait_for_timeout(reads * 1000)
    here = page.evaluate("performance.timeOrigin")
    began = time.time()
    page.keyboard.press(key)
    return drawn(page, began, here)


def drawn(page: Page, began: float, before: float) -> float:
    """Return the seconds from `began` until a page other than the one that began at `before` (both since 1970) was drawn."""
    while time.time() - began < LONGEST:
        try:
            found = page.evaluate(SHOWN)
        except Error:
            found = None
        if found and found[0] != before:
            return float(sum(found)) / 1000 - began
        time.sleep(0.02)
    return LONGEST
