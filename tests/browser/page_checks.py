"""Checks of the page that a browser has arrived at: its address alone says little."""

from playwright.sync_api import Page, expect

BOUNCE = 200
ATTEMPTS, PAUSE = 1500, 20
"""How often a condition is looked at, and the milliseconds in between: 30 seconds in all."""


def tap(page: Page, *keys: str) -> None:
    """Touch buttons by their names. Two taps of one button within 150 ms would count once."""
    before = ""
    for key in keys:
        if key == before:
            page.wait_for_timeout(BOUNCE)
        page.get_by_role("button", name=key, exact=True).tap()
        before = key


def expect_page(page: Page, address: str, title: str) -> None:
    """Wait for an address, given as a glob, and check the heading of its page."""
    page.wait_for_url(address)
    expect(page.locator("h1")).to_have_text(title)


def expect_idle_kiosk(page: Page, address: str = "**/attract") -> None:
    """Wait for the kiosk's invitation and check that nothing of the last visit is on it."""
    page.wait_for_url(address)
    expect(page.locator("[data-begin]")).to_be_visible()
    expect(page.locator("main form, h1")).to_have_count(0)


def wait_until(page: Page, condition: str) -> None:
    """Wait until an expression is true in the page.

    Page.wait_for_function polls with `eval` inside the page, which our Content-Security-Policy forbids: it fails unless the condition
    holds at the first look.
    """
    for _ in range(ATTEMPTS):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(PAUSE)
    raise AssertionError(f"not true in time: {condition}")
