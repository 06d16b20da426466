"""Fixtures: a real Chromium, started once a module, and pages of a device's size."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from browser.browser_types import Open
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from support.programs.system_programs import need

FLAGS = [
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--no-first-run", "--disable-domain-reliability", "--disable-client-side-phishing-detection",
    "--metrics-recording-only", "--no-pings",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,CertificateTransparencyComponentUpdater",
]  # fmt: skip
TIMEOUT = 30_000
"""Milliseconds: far more than any page needs, however busy the machine is."""
expect.set_options(timeout=TIMEOUT)
SIZES = {
    "tv": (1280, 720),
    "portrait": (1080, 1920),
    "landscape": (1920, 1080),
    "phone": (390, 844),
    "small": (240, 320),
    "desk": (1280, 900),
    "tablet": (820, 1180),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium for a module, not the session: Playwright holds the thread's event loop, and no async test could run."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=need("chromium"), headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, origin: str) -> Iterator[Open]:
    """Yield a function: `open_page("tv", script=False, ...)` returns a page of that size whose base URL is the server's origin."""
    with ExitStack() as stack:

        def opened(size: str, script: bool = True, **options: object) -> Page:
            width, height = SIZES[size]
            touch = size in ("portrait", "landscape", "phone", "small")
            context: BrowserContext = browser.new_context(
                viewport={"width": width, "height": height}, base_url=origin, has_touch=touch,
                java_script_enabled=script, **options,  # type: ignore[arg-type]
            )  # fmt: skip
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(TIMEOUT)
            return page

        yield opened
