"""Dillo as Debian has it, on a screen in memory."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engines.display import display
from engines.mouse_browser import MouseBrowser, running_program
from support.system_programs import need

WIDTH, HEIGHT = 1280, 814
"""Its whole window, px: below its bars a page has the height of a television's."""
DIGITS, CHOICES, BUTTONS = 210, 295, 140
"""The columns through the digits of a menu, through those of a question's answers, and through what is filled in and pressed."""
STOP = Path("/usr/libexec/dillo/dpidc")
"""What keeps cookies for it goes on after it, until it is told to stop."""


class Dillo(MouseBrowser):
    corner = (0, 74)
    aside = 50


@contextmanager
def dillo(folder: Path, address: str, log: Path) -> Iterator[Dillo]:
    """Dillo at home in `folder`, where it takes cookies, open at `address`."""
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
