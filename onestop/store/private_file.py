"""Files that only the server's account may read: the database, its write-ahead log, backups and master keys."""

import os
import stat
from pathlib import Path

from onestop.store.errors import StoreUnusable

MODE, OTHERS = 0o600, 0o077


def create_private(file: Path) -> None:
    """Create an empty file with mode 0600, whatever the umask; leave one that exists. Raises `OSError`."""
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
    except FileExistsError:
        return
    os.fchmod(opened, MODE)
    os.close(opened)


def check_private(file: Path) -> None:
    """Raise `StoreUnusable` if the file exists and anybody but its owner may read or write it."""
    try:
        mode = file.stat().st_mode
    except OSError:
        return
    if stat.S_ISREG(mode) and mode & OTHERS:
        raise StoreUnusable(f"{file} may be read by others (mode {mode & 0o777:04o}): chmod 600 {file}")
