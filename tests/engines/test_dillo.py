"""Dillo has neither script nor positioning: it shows a page in document order."""

from itertools import pairwise
from pathlib import Path

from engines.dillo import BUTTONS, CHOICES, DIGITS, START, dillo
from engines.display import runs
from engines.mouse_browser import BOX
from engines.outbox import ADDRESS, expect_one_report

ASK = "/tv/bins/missed-bin/ask"


def test_a_page_is_requested_once_and_reads_from_top_to_bottom(
    origin: str, server_folder: Path, tmp_path: Path
) -> None:
    with dillo(tmp_path, f"{origin}/tv/", server_folder / "log") as browser:
        home = browser.expect_page("/tv/")
        # Below the alert, the sections stand one below the other.
        rows = runs(home, BOX, across=BUTTONS)
        assert len(rows) == 9
        assert len({below - row for row, below in pairwise(rows)}) == 1
        # The page and its style sheet, and nothing else.
        (_, page, _), (_, sheet, _) = browser.requests()
        assert page == "/tv/" and sheet.startswith("/static/tv.") and sheet.endswith(".css")
        # The last line begins with the red key, which links to the search.
        browser.press(BUTTONS, browser.drawn_area(home)[3] - 12)
        browser.expect_page("/tv/search")


def test_a_missed_bin_is_reported_without_script_or_positioning(
    origin: str, server_folder: Path, outbox: Path, tmp_path: Path
) -> None:
    with expect_one_report(outbox), dillo(tmp_path, f"{origin}/tv/", server_folder / "log") as browser:
        browser.expect_page("/tv/")
        for row, address in ((0, "/tv/bins"), (-1, "/tv/bins/2"), (-1, "/tv/bins/3"), (0, "/tv/bins/missed-bin")):
            browser.choose(row, address, DIGITS)
        browser.choose(-1, f"{ASK}/day", START)
        for step in ("bin", "out", "tag", "home"):
            browser.choose(0, f"{ASK}/{step}", CHOICES)
        # Past the phone to the field, whose address may name a place and is not logged.
        # The button that sends it stands beside it, so Return does.
        page = browser.choose(1, f"{ASK}/home/...", DIGITS)
        field = runs(page, BOX, across=BUTTONS)[0]
        browser.click(BUTTONS, field)
        browser.screen.xdo("type", ADDRESS)
        browser.screen.xdo("key", "Return")
        browser.expect_page(f"{ASK}/tell")
        browser.choose(2, f"{ASK}/check", CHOICES)
        browser.choose(0, f"{ASK}/done", BUTTONS)
