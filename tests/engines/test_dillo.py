"""Dillo has neither script nor positioning: it shows a page in document order."""

from itertools import pairwise
from pathlib import Path

from engines.dillo import BUTTONS, CHOICES, DIGITS, dillo
from engines.display import runs
from engines.mouse_browser import BOX
from engines.outbox import ADDRESS, expect_one_report

ASK = "/tv/bins/missed-bin/ask"


def test_a_page_is_requested_once_and_reads_from_top_to_bottom(
    origin: str, server_folder: Path, tmp_path: Path
) -> None:
    with dillo(tmp_path, f"{origin}/tv/", server_folder / "log") as browser:
        home = browser.expect_page("/tv/")
        rows = runs(home, BOX, across=DIGITS)
        assert len(rows) == 9
        assert len({below - row for row, below in pairwise(rows)}) == 1
        assert browser.requests() == [("GET", "/tv/", 200)]
        # The last line begins with the red key, which links to the search.
        browser.press(BUTTONS, browser.drawn_area(home)[3] - 12)
        browser.expect_page("/tv/search")


def test_a_missed_bin_is_reported_without_script_or_positioning(
    origin: str, server_folder: Path, outbox: Path, tmp_path: Path
) -> None:
    with expect_one_report(outbox), dillo(tmp_path, f"{origin}/tv/", server_folder / "log") as browser:
        browser.expect_page("/tv/")
        for row, address in ((0, "/tv/bins"), (-1, "/tv/bins/2"), (-1, "/tv/bins/3"), (1, "/tv/bins/missed-bin")):
            browser.choose(row, address, DIGITS)
        browser.choose(0, f"{ASK}/day", DIGITS)
        for step in ("bin", "out", "tag", "home"):
            page = browser.choose(0, f"{ASK}/{step}", CHOICES)
        field, send, _ = runs(page, BOX, across=BUTTONS)
        browser.click(BUTTONS, field)
        browser.screen.xdo("type", ADDRESS)
        browser.press(BUTTONS, send)
        browser.expect_page(f"{ASK}/tell")
        browser.choose(2, f"{ASK}/check", CHOICES)
        browser.choose(0, f"{ASK}/done", BUTTONS)
