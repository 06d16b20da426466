"""Files and folder entries that survive a power cut."""

import ctypes
import os
import platform
from collections.abc import Callable, Sequence
from pathlib import Path

KERNEL_THAT_REPORTS_ERRORS = (5, 8)
"""The first Linux whose syncfs() reports that a write failed (man 2 syncfs)."""
FEW = 3
"""Up to as many files are synced one by one."""


def write_durable(folder: Path, files: Sequence[tuple[str, bytes]]) -> None:
    """Create files (mode 0640) in a folder and sync them and the folder to disk. Raises `OSError`, also if one exists.

    Many files are synced by one call for the whole file system: it waits for the disk once, not once a file.
    """
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    together = len(files) > FEW and syncfs is not None
    try:
        for name, content in files:
            _write(opened, name, content, sync=not together)
        if together and syncfs is not None:
            syncfs(opened)
        else:
            os.fsync(opened)
    finally:
        os.close(opened)


def sync_folder(folder: Path) -> None:
    """Sync a folder's entries: files created, linked or renamed in it."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def is_writable(folder: Path) -> bool:
    """Return whether files can be created in a folder, or in the nearest parent that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _write(folder: int, name: str, content: bytes, *, sync: bool) -> None:
    opened = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640, dir_fd=folder)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(opened, left) :]
        if sync:
            os.fsync(opened)
    finally:
        os.close(opened)


def _find_syncfs() -> Callable[[int], None] | None:
    release = platform.release().split(".")
    numbers = [int(part) for part in release[:2] if part.isdecimal()]
    if platform.system() != "Linux" or tuple(numbers) < KERNEL_THAT_REPORTS_ERRORS:
        return None
    function = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if function is None:
        return None

    def call(descriptor: int) -> None:
        if function(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))

    return call


syncfs = _find_syncfs()
"""Sync the file system of a descriptor, or None where that is not possible or hides errors."""
