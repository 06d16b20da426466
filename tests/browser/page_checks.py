"""What a page shows once it is there: its address alone says little."""

from playwright.sync_api import Page, expect


def arrive(page: Page, address: str, title: str) -> None:
    """The page comes to this address, a pattern, and is the one of this title."""
    page.wait_for_url(address)
    expect(page.locator("h1")).to_have_text(title)


def rest(page: Page, address: str = "**/attract", timeout: float = 5000) -> None:
    """The kiosk invites whoever comes next, and says nothing of who was there."""
    page.wait_for_url(address, timeout=timeout)
    expect(page.locator("[data-begin]")).to_be_visible()
    expect(page.locator("main form, h1")).to_have_count(0)
