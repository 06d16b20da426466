"""NetSurf on a screen in memory: its pages are seen by their colours, its rows chosen with the mouse, its words typed."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engines.display import Colour, Display, differ, display, runs, until
from parts import need
from PIL import Image

TOP, WIDTH, HEIGHT = 31, 1298, 768
"""Its toolbar and its whole window, px: what is left for a page is as large as a television's."""
GROUND: Colour = (0x00, 0x11, 0x33)
BOX: Colour = (0x11, 0x33, 0x66)
KEYS: tuple[Colour, ...] = ((0xDD, 0x44, 0x33), (0x33, 0xAA, 0x55), (0xFF, 0xCC, 0x22), (0x33, 0x77, 0xDD))
"""The colours of the demonstration borough, and those of the keys."""
FOOT, DIGITS, SECOND, BUTTONS = 665, 185, 687, 133
"""The row of px in which the colours of the keys stand; the columns through the digits of a menu, through those of one beside it, and
through what is filled in and pressed."""


class NetSurf:
    """`log` is the access log of the server it asks."""

    def __init__(self, screen: Display, log: Path) -> None:
        self.screen, self.log = screen, log
        self.read = log.stat().st_size
        self.left: Image.Image | None = None

    def asked(self) -> list[tuple[str, str, int]]:
        """Method, path and status of what it asked since it was opened; the council's icon is left out."""
        with self.log.open() as file:
            file.seek(self.read)
            said = [json.loads(line) for line in file if line.startswith("{") and line.endswith("}\n")]
        return [(one["method"], one["path"], one["status"]) for one in said if one["path"] != "/favicon.ico"]

    def page(self, address: str) -> Image.Image:
        """What it shows of `address`, once the server has given it and it is drawn down to its foot. Nothing lies beside the plane."""
        until(lambda: ("GET", address, 200) in self.asked()[-2:], f"{address} is not what it asked last")
        until(self._drawn, f"{address} is not drawn")
        seen = self._plane()
        ink = differ(seen, Image.new("RGB", seen.size, GROUND))
        left, top, right, bottom = ink or (0, 0, 0, 0)
        assert left >= 128 and top >= 36 and right <= 1152 and bottom <= 684, (address, ink)
        return seen

    def _plane(self) -> Image.Image:
        return self.screen.seen().crop((1, TOP, 1281, TOP + 720))

    def _drawn(self) -> bool:
        seen = self._plane()
        new = self.left is None or differ(seen, self.left)
        return bool(new and runs(seen, KEYS[0], down=FOOT)) and self._steady(seen)

    def _steady(self, seen: Image.Image) -> bool:
        time.sleep(0.1)
        return not differ(seen, self._plane())

    def press(self, across: int, down: int) -> None:
        """Press the mouse at a point of the plane, as one leaves a page."""
        self.left = self._plane()
        self.click(across, down)

    def click(self, across: int, down: int) -> None:
        self.screen.click(across + 1, down + TOP)

    def choose(self, row: int, address: str, across: int = DIGITS) -> Image.Image:
        """The page that opens if that row of the one shown is pressed, the first being 0."""
        self.press(across, runs(self._plane(), BOX, across=across)[row])
        return self.page(address)


@contextmanager
def netsurf(folder: Path, address: str, log: Path, *, script: bool) -> Iterator[NetSurf]:
    """NetSurf as Debian has it, at home in `folder`, open at `address`."""
    choices = folder / ".netsurf" / "Choices"
    choices.parent.mkdir(parents=True)
    choices.write_text(f"enable_javascript:{int(script)}\n")
    with display(folder, WIDTH, HEIGHT) as screen:
        seen = NetSurf(screen, log)
        screen.do("mousemove", *screen.rest)
        environment = {**screen.environment, "HOME": str(folder)}
        command = [need("netsurf-fb"), "-f", "x", "-w", str(WIDTH), "-h", str(HEIGHT), address]
        with (
            (folder / "said").open("wb") as said,
            subprocess.Popen(command, env=environment, stderr=said, stdout=said) as browser,
        ):
            try:
                yield seen
            finally:
                browser.terminate()
                browser.wait(timeout=10)
