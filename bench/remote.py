"""How long a television takes to answer an arrow key, in a real browser whose processor is slowed down."""

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.load import free_port, running

LIMIT = 50.0
"""Milliseconds from a key to the new focus, drawn."""
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]
WATCH = """() => { window.took = []; const act = document.onkeydown;
document.onkeydown = event => { const began = performance.now(), said = act(event);
  document.body.getBoundingClientRect(); window.took.push(performance.now() - began); return said; } }"""


def measure(content: Path, chromium: str) -> None:
    """Prints, for a processor 1, 20 and 40 times as slow, the median and the worst of 80 arrow keys on three pages."""
    port = free_port()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        command = [
            sys.executable,
            "server.py",
            "serve",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--speech-ahead",
            "no",
        ]
        command += ["--content", str(content), "--database", f"sqlite:///{scratch}/bench.db"]
        with running(command, f"http://127.0.0.1:{port}/healthz"):
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            print("\nAn arrow key on a television, from the key to the new focus")
            for address in ("/tv/", "/tv/search/7", "/tv/bins/missed-bin/2"):
                for slower in (1, 20, 40):
                    page = browser.new_page(viewport={"width": 1280, "height": 720})
                    page.goto(f"http://127.0.0.1:{port}{address}")
                    page.evaluate(WATCH)
                    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
                    for _ in range(20):
                        for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
                            page.keyboard.press(key)
                    took = sorted(page.evaluate("window.took"))
                    goal = (
                        f"  limit {LIMIT:g}: {'met' if statistics.median(took) < LIMIT else 'MISSED'}"
                        if slower == 20
                        else ""
                    )
                    print(
                        f"  {address:24} {slower:3} times slower  median {statistics.median(took):6.1f} ms  worst {took[-1]:6.1f}{goal}"
                    )
                    page.close()
            browser.close()
