"""Whether a page of the desk is whole: axe finds nothing, and nothing is cut off sideways, also with text of twice the size."""

from browser.checkers import checkers
from playwright.sync_api import Page


def expect_whole(page: Page) -> None:
    """Expect that axe finds nothing, and that nothing is cut off sideways, also with text of twice the size."""
    faults = checkers()[0].faults(page)
    assert not faults, (page.url, faults)
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, size)
        cut = "[...document.querySelectorAll('main *')].filter(one => one.scrollWidth > one.clientWidth + 1"
        cut += " && getComputedStyle(one).overflowX !== 'visible' && !one.closest('.hidden')).map(one => one.outerHTML)"
        assert page.evaluate(cut) == [], (page.url, size)
    page.evaluate("document.documentElement.style.fontSize = ''")
