"""A browser on a virtual display, driven by mouse: pages are recognised by their colours, requests by the server's access log."""

import json
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from engines.display import Colour, Display, difference_box, runs, wait_until
from PIL import Image

GROUND: Colour = (0x00, 0x11, 0x33)
BOX: Colour = (0x11, 0x33, 0x66)
"""The colours of the demonstration borough: behind everything, and behind digits and buttons."""


class MouseBrowser:
    """Positions are px of the page area: `size`, with its top left at `corner` of the screen. `log` is the server's access log."""

    size = (1280, 720)
    corner = (0, 0)
    aside = 0
    """From a box to the text beside it, in px: some browsers take clicks on text only."""

    def __init__(self, screen: Display, log: Path) -> None:
        self.screen, self.log = screen, log
        self.read = log.stat().st_size
        self.left: Image.Image | None = None

    def requests(self) -> list[tuple[str, str, int]]:
        """Return method, path and status of its requests so far, without the favicon."""
        with self.log.open() as file:
            file.seek(self.read)
            said = [json.loads(line) for line in file if line.startswith("{") and line.endswith("}\n")]
        return [(one["method"], one["path"], one["status"]) for one in said if one["path"] != "/favicon.ico"]

    def expect_page(self, address: str) -> Image.Image:
        """Wait until `address` is served and drawn; check that it stays in the safe area; return its image."""
        # Its style sheet and its script come after it.
        wait_until(lambda: ("GET", address, 200) in self.requests()[-3:], f"{address} is not what it asked last")
        self.screen.park_mouse()
        wait_until(self._drawn, f"{address} is not drawn")
        seen = self.plane()
        left, top, right, bottom = self.drawn_area(seen)
        lowest = self.size[1] - 36
        # One browser draws a line half a px off.
        assert left >= 127 and top >= 36 and right <= 1153 and bottom <= lowest, (address, left, top, right, bottom)
        return seen

    def plane(self) -> Image.Image:
        """Return the image of the page area."""
        across, down = self.corner
        return self.screen.capture().crop((across, down, across + self.size[0], down + self.size[1]))

    def drawn_area(self, seen: Image.Image) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of everything drawn."""
        return difference_box(seen, Image.new("RGB", seen.size, GROUND)) or (0, 0, 0, 0)

    def press(self, across: int, down: int) -> None:
        """Click something that opens another page."""
        self.screen.park_mouse()
        self.left = self.plane()
        self.click(across, down)

    def click(self, across: int, down: int) -> None:
        """Click something that stays on the page."""
        self.screen.click(across + self.aside + self.corner[0], down + self.corner[1])

    def choose(self, row: int, address: str, across: int) -> Image.Image:
        """Click a row, counted from 0 and found by its box at x = `across`; return the image of the page it opens."""
        self.press(across, runs(self.plane(), BOX, across=across)[row])
        return self.expect_page(address)

    def _drawn(self) -> bool:
        seen = self.plane()
        new = self.left is None or difference_box(seen, self.left)
        return bool(new and self.is_complete(seen)) and self._steady(seen)

    def is_complete(self, seen: Image.Image) -> bool:
        """Return whether a page seems to be drawn completely."""
        return seen.getpixel((0, 0)) == GROUND and self.drawn_area(seen) != (0, 0, 0, 0)

    def _steady(self, seen: Image.Image) -> bool:
        time.sleep(0.1)
        return not difference_box(seen, self.plane())


@contextmanager
def running_program(command: Sequence[str], screen: Display, home: Path) -> Iterator[None]:
    """Run a program on a display with a folder as its home; its output goes to `said` there."""
    screen.park_mouse()
    environment = {**screen.environment, "HOME": str(home)}
    with (home / "said").open("wb") as said, subprocess.Popen(command, env=environment, stderr=said, stdout=said) as it:
        try:
            yield
        finally:
            it.terminate()
            it.wait(timeout=60)
