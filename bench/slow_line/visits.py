"""Visits over a line of 56 kbit/s with 300 ms of delay and 5 % packet loss: seconds until each screen is drawn."""

import statistics
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import time

from playwright.sync_api import Page
from support.programs.slow_link import Quality, why_not

from bench.slow_line.browser import BrowserOnLine, browser_on_line
from bench.slow_line.many_requests import REQUESTS, many_requests
from bench.slow_line.report import HEADING, format_row, ratios
from bench.slow_line.throttled_browser import measure_throttled
from bench.slow_line.visit import ROUTES, TimedVisit, VisitRoute, drawn, pay_a_visit

VISITS, FEW, AT_ONCE = 10, 4, 2
READS = 2.5
"""Seconds of reading time for each page, in visits with pauses."""
READINGS = (("300 ms there and back", 0.150), ("300 ms each way", 0.300))
SIGN = "document.querySelector('output').textContent"


@dataclass(frozen=True, slots=True)
class VisitKind:
    """One kind of visit, with `reads` seconds of pause before each key press."""

    name: str
    way: VisitRoute
    reads: float = 0.0
    https: bool = False
    visits: int = VISITS


ROWS = (
    VisitKind("television", ROUTES[0]),
    VisitKind("television, no script", ROUTES[1]),
    VisitKind("television, each page read for 2.5 s", ROUTES[0], READS, visits=5),
    VisitKind("television over HTTPS", ROUTES[0], https=True, visits=5),
    VisitKind("the phone's pages", ROUTES[2], visits=5),
)


def measure(content: Path, chromium: str) -> None:
    """Print a table for 300 ms of round trip and for 300 ms each way, and what a disconnection does to a question."""
    if why := why_not():
        print(f"\nNO LINE WITH LOSSES COULD BE MADE ({why.upper()}): ONLY A STAND-IN IS MEASURED")
        measure_throttled(content, chromium)
        return
    for number, (reading, delay) in enumerate(READINGS):
        quality = Quality(delay=delay)
        print(f"\n56 kbit/s down, 33.6 up, {reading}, 5 % lost each way: seconds until a screen is drawn")
        print(HEADING)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            lanes = [
                pool.submit(_visits, content, chromium, quality, number * 100 + n, row) for n, row in enumerate(ROWS)
            ]
            found = [one.result() for one in lanes]
        for row, visits in zip(ROWS, found, strict=True):
            print(format_row(row.name, visits))
        print(ratios(found[0], found[-1]))
    _peer(content, chromium)
    _cut(content, chromium)


def _visits(content: Path, chromium: str, quality: Quality, seed: int, row: VisitKind) -> list[TimedVisit]:
    with browser_on_line(content, chromium, quality, seed, https=row.https) as made:
        return [pay_a_visit(made.browser, made.origin, row.way, row.reads) for _ in range(row.visits)]


def _peer(content: Path, chromium: str) -> None:
    """Compare the first screen with a page of as many requests and bytes as HbbTV's reference application."""
    with browser_on_line(content, chromium, Quality(), 7) as made, many_requests(made.line) as address:
        ours = sorted(_opened(made, f"{made.origin}/tv/") for _ in range(FEW))
        theirs = sorted(_opened(made, address) for _ in range(FEW))
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(
        f"\nA first screen beside one of {REQUESTS} requests and 81 KB, as HbbTV's reference application has it: median"
    )
    print(f"  {statistics.median(ours):.2f} s against {statistics.median(theirs):.2f} s: {ratio:.3f} of it")


def _opened(made: BrowserOnLine, address: str) -> float:
    context = made.browser.new_context(viewport={"width": 1280, "height": 720})
    try:
        page = context.new_page()
        began = time()
        page.goto(address, wait_until="commit", timeout=120_000)
        return drawn(page, began, 0.0)
    finally:
        context.close()


def _cut(content: Path, chromium: str) -> None:
    """Disconnect the line while an answer is sent, and reconnect it."""
    with browser_on_line(content, chromium, Quality(loss=0.0), 8) as made:
        page = made.browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{made.origin}/tv/bins/missed-bin/ask")
        made.line.cut = True
        began = time()
        page.keyboard.press("1")
        signs = [(sign, _until(page, began, sign)) for sign in ("...", "No connection")]
        here = page.url.rpartition("/")[2]
        page.wait_for_timeout(8000)
        kept, made.line.cut, mended = page.inner_text("h1"), False, time()
        after = drawn(page, mended, page.evaluate("performance.timeOrigin"))
    print("\nThe line is cut while an answer is sent")
    print("  " + ", ".join(f"'{sign}' after {seconds:.2f} s" for sign, seconds in signs))
    print(f"  still asking ({here}: {kept}); once the line is back the next question is there after {after:.1f} s")


def _until(page: Page, began: float, sign: str) -> float:
    while sign not in page.evaluate(SIGN) and time() - began < 60:
        page.wait_for_timeout(20)
    return time() - began
