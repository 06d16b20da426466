"""Without network namespaces: Chromium's own throttling, which adds delay and limits bandwidth but loses no packets."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from support.servers.server_process import free_port

from bench.load import running
from bench.slow_line.report import HEADING, format_row, ratios
from bench.slow_line.visit import ROUTES, pay_a_visit

SLOW = {"offline": False, "latency": 300, "downloadThroughput": 56_000 / 8, "uploadThroughput": 33_600 / 8}
VISITS = 4


def measure_throttled(content: Path, chromium: str) -> None:
    """Print the same table with Chromium's throttling."""
    port = free_port()
    command = [sys.executable, "server.py", "serve", "--host", "127.0.0.1", "--port", str(port), "--speech-ahead", "no"]
    origin = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        command += ["--content", str(content), "--database", f"sqlite:///{scratch}/bench.db"]
        with running(command, f"{origin}/healthz"):
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            found = [[pay_a_visit(browser, origin, way, slow=throttled) for _ in range(VISITS)] for way in ROUTES]
            browser.close()
    print("\nTHROTTLED BY THE BROWSER ITSELF, NO LOSS: 56 kbit/s, 300 ms a request: seconds until a screen is drawn")
    print(HEADING)
    for way, visits in zip(ROUTES, found, strict=True):
        print(format_row(way.name, visits))
    print(ratios(found[0], found[-1]))


def throttled(page: Page) -> None:
    """Throttle the network of a page."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
