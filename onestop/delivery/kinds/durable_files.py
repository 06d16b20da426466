"""Files and folder entries that survive a power cut."""

import os
from pathlib import Path


def write_durable(file: Path | str, content: bytes) -> None:
    """Create a file (mode 0640), write it and sync it to disk. Raises `OSError`, also if it exists."""
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(opened, left) :]
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
