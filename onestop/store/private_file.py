"""Files that only the server's account may read: the database, its write-ahead log, backups and master keys."""

import logging
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from onestop.store.errors import StoreUnusable

MODE, OTHERS = 0o600, 0o077
log = logging.getLogger("onestop")


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
    if _is_wide(file):
        raise StoreUnusable(f"{file} may be read by others (mode {_mode(file) & 0o777:04o}): chmod 600 {file}")


def tighten(files: Sequence[Path]) -> None:
    """Set mode 0600 on each file that anybody but its owner may read or write, and log their names once.

    Raises `StoreUnusable` if that is not allowed.
    """
    wide = [file for file in files if _is_wide(file)]
    for file in wide:
        try:
            file.chmod(MODE)
        except OSError as why:
            raise StoreUnusable(f"{file} may be read by others, and cannot be changed: {why.strerror}") from None
    if wide:
        log.warning("%s could be read by others: set to mode 0600", ", ".join(map(str, wide)))


def _is_wide(file: Path) -> bool:
    mode = _mode(file)
    return stat.S_ISREG(mode) and bool(mode & OTHERS)


def _mode(file: Path) -> int:
    """Return the mode of a file, 0 if there is none."""
    try:
        return file.stat().st_mode
    except OSError:
        return 0
