"""Debian's NetSurf on a virtual display."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engines.display import Colour, display, runs
from engines.mouse_browser import MouseBrowser, running_program
from PIL import Image
from support.programs.system_programs import need

WIDTH, HEIGHT = 1298, 768
"""The window in px: the page area has a television's size."""
KEYS: tuple[Colour, ...] = ((0xDD, 0x44, 0x33), (0x33, 0xAA, 0x55), (0xFF, 0xCC, 0x22), (0x33, 0x77, 0xDD))
FOOT, DIGITS, BUTTONS, EDGE, START = 665, 185, 133, 142, 385
"""The row of px in which the colours of the keys stand; the columns through the digits of a menu, through what is filled in and
pressed, through the edge of that, and through the button that starts a journey."""
TILES = (133, 479, 825)
"""The columns through the left edges of the tiles of home."""


class NetSurf(MouseBrowser):
    corner = (1, 31)

    def is_complete(self, seen: Image.Image) -> bool:
        return bool(runs(seen, KEYS[0], down=FOOT))


@contextmanager
def netsurf(folder: Path, address: str, log: Path, *, script: bool) -> Iterator[NetSurf]:
    """Run NetSurf with `folder` as its home; open `address`."""
    choices = folder / ".netsurf" / "Choices"
    choices.parent.mkdir(parents=True)
    choices.write_text(f"enable_javascript:{int(script)}\n")
    command = (need("netsurf-fb"), "-f", "x", "-w", str(WIDTH), "-h", str(HEIGHT), address)
    with display(folder, WIDTH, HEIGHT) as screen:
        browser = NetSurf(screen, log)
        with running_program(command, screen, folder):
            yield browser
