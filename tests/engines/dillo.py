"""Debian's Dillo on a virtual display."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engines.display import display
from engines.mouse_browser import MouseBrowser, running_program
from support.programs.system_programs import need

WIDTH, HEIGHT = 1280, 1414
"""The window in px: without positioning a page is higher than a television, and the window shows it whole."""
DIGITS, CHOICES, BUTTONS, START = 210, 295, 140, 137
"""The x of a menu's digits, of a question's digits, of fields and buttons, and of the edge of the button that starts a journey, px."""
STOP = Path("/usr/libexec/dillo/dpidc")
"""Its cookie daemon keeps running after it and must be stopped."""


class Dillo(MouseBrowser):
    size = (1280, 1320)
    corner = (0, 74)
    aside = 50


@contextmanager
def dillo(folder: Path, address: str, log: Path) -> Iterator[Dillo]:
    """Run Dillo with `folder` as its home and cookies enabled; open `address`."""
    (folder / ".dillo").mkdir()
    (folder / ".dillo" / "cookiesrc").write_text("DEFAULT ACCEPT_SESSION\n")
    command = (need("dillo"), "-g", f"{WIDTH}x{HEIGHT}", address)
    stop = need(STOP)
    with display(folder, WIDTH, HEIGHT) as screen:
        browser = Dillo(screen, log)
        try:
            with running_program(command, screen, folder):
                yield browser
        finally:
            subprocess.run(
                [stop, "stop"], env={**screen.environment, "HOME": str(folder)}, capture_output=True, check=False
            )
