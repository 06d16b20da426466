"""Lynx, which reads a page from its first word to its last, and goes by keys from link to link."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
import threading
from collections.abc import Sequence
from pathlib import Path

from support.system_programs import need

UTF8 = ("-assume_charset=utf-8", "-display_charset=utf-8")
WIDEST = 900
"""Columns: no line of a page is as long, so none is broken."""


def read(page: str) -> str:
    """The text of a page of markup, in the order in which Lynx reads it."""
    command = [need("lynx"), "-dump", "-nolist", f"-width={WIDEST}", "-stdin", "-force_html", *UTF8]
    return subprocess.run(command, input=page, capture_output=True, text=True, check=True, timeout=10).stdout


def pressed(folder: Path, address: str, keys: Sequence[str]) -> None:
    """Open an address, press these keys, called as Lynx calls them, and leave."""
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
    # What it draws must be taken from it, or it waits.
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
        # Nobody holds its other end any more.
        return
