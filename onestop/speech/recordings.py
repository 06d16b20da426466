"""A folder of recordings, named by a digest of their text; the least recently used are deleted when it is too large.

Several servers may share one folder, so its contents are looked up each time and not cached.
"""

import os
import re
import tempfile
import time
from contextlib import suppress
from pathlib import Path

NAME = re.compile(r"[a-z2-7]{16}\.(?:mp3|wav)")
PART = ".part"
ABANDONED = 3600.0
"""Seconds after which an unfinished recording is abandoned."""


class Recordings:
    """`bound` is in bytes. A file appears only when complete. Only recordings are ever deleted from the folder."""

    def __init__(self, folder: Path, bound: int) -> None:
        self.folder = folder
        self.bound = bound

    def find(self, name: str) -> Path | None:
        """Return the recording called `name` ("<16 letters and digits>.mp3") and mark it as used; None if there is none."""
        if not NAME.fullmatch(name):
            return None
        file = self.folder / name
        try:
            # The access time records the last use; the modification time is part of the ETag and must stay.
            os.utime(file, ns=(time.time_ns(), file.stat().st_mtime_ns))
        except OSError:
            return None
        return file

    def begin(self) -> Path:
        """Return an empty file in the same folder to record into. Raise OSError if it cannot be created."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(PART, dir=self.folder)
        os.close(handle)
        return Path(path)

    def keep(self, part: Path, name: str) -> Path:
        """Move a finished recording to its name, and delete old ones beyond the bound."""
        file = self.folder / name
        part.chmod(0o644)
        part.replace(file)
        self._make_room(file)
        return file

    def length(self, file: Path) -> int:
        """Return the bytes of one recording; 0 if it was deleted."""
        try:
            return file.stat().st_size
        except OSError:
            return 0

    def size(self) -> int:
        """Return the bytes of all recordings."""
        return sum(size for _, size, _ in self._kept())

    def _kept(self) -> list[tuple[float, int, Path]]:
        """Return last use, size and path of each file, the least recently used first."""
        found: list[tuple[float, int, Path]] = []
        if self.folder.is_dir():
            for entry in os.scandir(self.folder):
                # Another server may have deleted it meanwhile.
                with suppress(OSError):
                    facts = entry.stat()
                    if NAME.fullmatch(entry.name) or entry.name.endswith(PART):
                        found.append((facts.st_atime, facts.st_size, Path(entry.path)))
        return sorted(found)

    def _make_room(self, newest: Path) -> None:
        kept = self._kept()
        total, now = sum(size for _, size, _ in kept), newest.stat().st_mtime
        for wanted, size, file in kept:
            unfinished = file.suffix == PART
            if file == newest or (unfinished and now - wanted < ABANDONED) or (not unfinished and total <= self.bound):
                continue
            with suppress(OSError):
                file.unlink()
            total -= size
