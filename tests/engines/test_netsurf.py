"""NetSurf lays out pages like a television of 2005: everything works by mouse, with and without script."""

from itertools import pairwise
from pathlib import Path

import pytest
from engines.display import runs
from engines.mouse_browser import BOX
from engines.netsurf import BUTTONS, DIGITS, FOOT, KEYS, SECOND, netsurf
from engines.outbox import ADDRESS, expect_one_report

ASK = "/tv/bins/missed-bin/ask"
PAD = 170
"""From one digit of the pad to the next, px."""


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_a_missed_bin_is_reported_by_mouse(
    script: bool, origin: str, server_folder: Path, outbox: Path, tmp_path: Path
) -> None:
    with expect_one_report(outbox), netsurf(tmp_path, f"{origin}/tv/", server_folder / "log", script=script) as browser:
        home = browser.expect_page("/tv/")
        # Two menus side by side with rows 54 px apart, and the four colour keys below.
        first, second = (runs(home, BOX, across=column) for column in (DIGITS, SECOND))
        assert (len(first), len(second)) == (5, 4)
        assert {after - row for row, after in pairwise(first)} == {54}
        assert [len(runs(home, key, down=FOOT)) for key in KEYS] == [1, 1, 1, 1]
        for row, address in ((0, "/tv/bins"), (-1, "/tv/bins/2"), (-1, "/tv/bins/3"), (1, "/tv/bins/missed-bin")):
            browser.choose(row, address, DIGITS)
        for step in ("day", "bin", "out", "tag", "home"):
            page = browser.choose(0, f"{ASK}/{step}", DIGITS)
        # The field, what sends it, and a way round it.
        field, send, _ = runs(page, BOX, across=BUTTONS)
        browser.click(BUTTONS, field)
        browser.screen.xdo("type", ADDRESS)
        browser.press(BUTTONS, send)
        browser.expect_page(f"{ASK}/tell")
        browser.choose(2, f"{ASK}/check", DIGITS)
        # What sends it all is the only thing on the page that looks like a button.
        browser.choose(0, f"{ASK}/done", BUTTONS)
        asked = browser.requests()
    assert any(path.endswith(".js") for _, path, _ in asked) is script


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_a_service_is_found_by_the_digits_on_the_screen(
    script: bool, origin: str, server_folder: Path, tmp_path: Path
) -> None:
    with netsurf(tmp_path, f"{origin}/tv/", server_folder / "log", script=script) as browser:
        browser.expect_page("/tv/")
        browser.press(BUTTONS, FOOT)
        page = browser.expect_page("/tv/search")
        upper, lower = runs(page, BOX, across=BUTTONS)[-2:]
        # Search queries are not logged.
        for across, down in ((0, lower), (2 * PAD, upper), (0, lower)):
            browser.press(BUTTONS + across, down)
            page = browser.expect_page("/tv/search/...")
        assert len(runs(page, BOX, across=DIGITS)) == 5
        browser.choose(0, "/tv/homes", DIGITS)


@pytest.mark.parametrize(
    "address", ["/tv/a-z", "/tv/bins/missed-bin/4", "/tv/bins/missed-bin/5", "/tv/phone/bins/missed-bin"]
)
def test_letters_pictures_tables_and_addresses_stay_in_the_safe_area(
    address: str, origin: str, server_folder: Path, tmp_path: Path
) -> None:
    with netsurf(tmp_path, origin + address, server_folder / "log", script=False) as browser:
        browser.expect_page(address)
