"""The time from an arrow key to the new focus, in a browser with a throttled processor."""

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from support.servers.server_process import free_port

from bench.load import running

LIMIT = 50.0
"""The most milliseconds from a key press to the new focus on screen."""
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]
WATCH = """() => { window.took = []; const act = document.onkeydown;
document.onkeydown = event => { const began = performance.now(), said = act(event);
  document.body.getBoundingClientRect(); window.took.push(performance.now() - began); return said; } }"""


PAGES = ("/tv/", "/tv/search/7", "/tv/bins/missed-bin/2")
SLOWER = (1, 20, 40)


def measure(content: Path, chromium: str) -> None:
    """Print the median and the worst of 80 arrow keys on three pages, for a processor 1, 20 and 40 times as slow."""
    port = free_port()
    command = [sys.executable, "server.py", "serve", "--host", "127.0.0.1", "--port", str(port), "--speech-ahead", "no"]
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        command += ["--content", str(content), "--database", f"sqlite:///{scratch}/bench.db"]
        with running(command, f"http://127.0.0.1:{port}/healthz"):
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            print("\nAn arrow key on a television, from the key to the new focus")
            for address in PAGES:
                for slower in SLOWER:
                    _told(address, slower, _took(browser, f"http://127.0.0.1:{port}{address}", slower))
            browser.close()


def _took(browser: Browser, address: str, slower: int) -> list[float]:
    """Return the milliseconds of each key, the fastest first."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(address)
    page.evaluate(WATCH)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    for _ in range(20):
        for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
            page.keyboard.press(key)
    took = sorted(page.evaluate("window.took"))
    page.close()
    return took


def _told(address: str, slower: int, took: list[float]) -> None:
    median = statistics.median(took)
    goal = f"  limit {LIMIT:g}: {'met' if median < LIMIT else 'MISSED'}" if slower == 20 else ""
    print(f"  {address:24} {slower:3} times slower  median {median:6.1f} ms  worst {took[-1]:6.1f}{goal}")
