"""Where recordings are kept: a folder of files named by what they say, the least wanted of which go when there are too many.

Several servers may share one folder: what is there is looked up each time and remembered nowhere.
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
"""Seconds after which an unfinished recording is nobody's."""


class Recordings:
    """`bound` is in bytes. A file is whole or not there. Nothing but recordings is ever removed from the folder."""

    def __init__(self, folder: Path, bound: int) -> None:
        self.folder = folder
        self.bound = bound

    def find(self, name: str) -> Path | None:
        """The recording called `name` ("<16 letters and digits>.mp3"), now the most recently wanted; None for any other name."""
        if not NAME.fullmatch(name):
            return None
        file = self.folder / name
        try:
            # When it was wanted is its time of access; that of its making is in its ETag and stays.
            os.utime(file, ns=(time.time_ns(), file.stat().st_mtime_ns))
        except OSError:
            return None
        return file

    def begin(self) -> Path:
        """An empty file to record into, in the same folder. Raises `OSError` if there cannot be one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(PART, dir=self.folder)
        os.close(handle)
        return Path(path)

    def keep(self, part: Path, name: str) -> Path:
        """Put a finished recording in its place, and make room."""
        file = self.folder / name
        part.chmod(0o644)
        part.replace(file)
        self._make_room(file)
        return file

    def length(self, file: Path) -> int:
        """Bytes of one recording; 0 if it has gone."""
        try:
            return file.stat().st_size
        except OSError:
            return 0

    def size(self) -> int:
        """Bytes of all recordings."""
        return sum(size for _, size, _ in self._kept())

    def _kept(self) -> list[tuple[float, int, Path]]:
        """When each was last wanted, how large it is, and where, the least recently wanted first."""
        found: list[tuple[float, int, Path]] = []
        if self.folder.is_dir():
            for entry in os.scandir(self.folder):
                # Another server may have removed it meanwhile.
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
