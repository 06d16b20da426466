"""Lynx, a text browser: pages as linear text, links by keys."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
import threading
from collections.abc import Sequence
from pathlib import Path

from support.programs.system_programs import need

UTF8 = ("-assume_charset=utf-8", "-display_charset=utf-8")
WIDEST = 900
"""Columns: no line of a page is as long, so none is broken."""


def read(page: str) -> str:
    """Return the text of HTML as Lynx renders it."""
    command = [need("lynx"), "-dump", "-nolist", f"-width={WIDEST}", "-stdin", "-force_html", *UTF8]
    return subprocess.run(command, input=page, capture_output=True, text=True, check=True, timeout=10).stdout


def pressed(folder: Path, address: str, keys: Sequence[str]) -> None:
    """Open an address in Lynx, press keys by Lynx's names, and quit."""
    script = folder / "keys"
    script.write_text("".join(f"key {key}\n" for key in (*keys, "q", "y")))
    command = [
        need("lynx"),
        "-accept_all_cookies",
        f"-cookie_file={folder}/cookies",
        f"-cmd_script={script}",
        "-nopause",
        *UTF8,
        address,
    ]
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 120, 0, 0))
    environment = {**os.environ, "TERM": "vt100", "HOME": str(folder)}
    # Its output must be read, or it blocks.
    drawn = threading.Thread(target=_drain, args=(ours,), daemon=True)
    drawn.start()
    try:
        subprocess.run(command, stdin=its, stdout=its, stderr=its, env=environment, check=True, timeout=20)
    finally:
        os.close(its)
        drawn.join(timeout=10)
        os.close(ours)


def _drain(terminal: int) -> None:
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        # The other end of the terminal is closed.
        return
