"""NetSurf lays out pages like a television of 2005: everything works by mouse, with and without script."""

from itertools import pairwise
from pathlib import Path

import pytest
from engines.display import runs
from engines.mouse_browser import BOX
from engines.netsurf import BUTTONS, DIGITS, EDGE, FOOT, KEYS, START, TILES, netsurf
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
        # Nine tiles side by side in rows 104 px apart, below the alert, and the four colour keys at the foot.
        for column in TILES:
            tiles = runs(home, BOX, across=column)[:3]
            assert [after - row for row, after in pairwise(tiles)] == [104, 104]
        assert [len(runs(home, key, down=FOOT)) for key in KEYS] == [1, 1, 1, 1]
        browser.choose(0, "/tv/bins", TILES[0])
        for row, address in ((-1, "/tv/bins/2"), (-1, "/tv/bins/3"), (0, "/tv/bins/missed-bin")):
            browser.choose(row, address, DIGITS)
        browser.choose(-1, f"{ASK}/day", START)
        for step in ("bin", "out", "tag", "home"):
            browser.choose(0, f"{ASK}/{step}", DIGITS)
        # Past the phone to the field, whose address may name a place and is not logged.
        # The button that sends it stands beside it, so Return does.
        page = browser.choose(1, f"{ASK}/home/...", DIGITS)
        field = runs(page, BOX, across=BUTTONS)[0]
        browser.click(BUTTONS, field)
        browser.screen.xdo("type", ADDRESS)
        browser.screen.xdo("key", "Return")
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
        # The box of OK is the only one below the pad.
        assert [row for row in runs(page, BOX, across=EDGE) if row > lower + 10] == runs(page, BOX, across=EDGE)[-1:]
        page = browser.choose(-1, "/tv/search/...", EDGE)
        assert len(runs(page, BOX, across=DIGITS)) >= 6
        # The sign of the alert is drawn like a box, so the second result is the third box.
        browser.choose(2, "/tv/homes/report-a-repair", DIGITS)


@pytest.mark.parametrize(
    "address", ["/tv/a-z", "/tv/bins/missed-bin/4", "/tv/bins/missed-bin/5", "/tv/phone/bins/missed-bin"]
)
def test_letters_pictures_tables_and_addresses_stay_in_the_safe_area(
    address: str, origin: str, server_folder: Path, tmp_path: Path
) -> None:
    with netsurf(tmp_path, origin + address, server_folder / "log", script=False) as browser:
        browser.expect_page(address)
