"""The default destination: a folder for each desk, a JSON file for each case, its photos beside it."""

import asyncio
import json
import os
import re
import time
from pathlib import Path

from onestop.delivery.destination import GiveUp, Parcel, TryLater

DESK = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEPT = 90 * 86400
"""Seconds for which it is remembered that a case has arrived."""


class Folder:
    """Files appear whole, and once: also if the program is killed at any point, and if an officer has taken the file away since.

    A case is first written under a name of its own in `.arriving`, then marked in `.arrived`, then renamed into its desk's folder. When it
    is brought again, a mark with nothing left in `.arriving` says that it came through.
    """

    name = "folder"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def deliver(self, parcel: Parcel) -> None:
        if not DESK.fullmatch(parcel.desk):
            raise GiveUp("the desk has no name that a folder can have")
        try:
            await asyncio.to_thread(self._deliver, parcel)
        except OSError as why:
            raise TryLater(f"the folder cannot be written to: {os.strerror(why.errno or 0)}") from None

    def _deliver(self, parcel: Parcel) -> None:
        desk, arriving, arrived = (_made(self.folder / name) for name in (parcel.desk, ".arriving", ".arrived"))
        name = f"{parcel.case}-{parcel.desk}"
        waiting, mark = arriving / name, arrived / name
        if not mark.exists():
            for picture in parcel.pictures:
                _write(arriving / f"{name}-{picture.name}", picture.content)
                (arriving / f"{name}-{picture.name}").replace(desk / picture.name)
            _write(waiting, json.dumps(parcel.body, ensure_ascii=False, indent=1).encode() + b"\n")
            _settle(desk)
            _settle(arriving)
            mark.touch()
            _settle(arrived)
        try:
            waiting.rename(desk / f"{parcel.reference}.json")
        except FileNotFoundError:
            return
        _settle(desk)

    async def tidy(self, now: float | None = None) -> int:
        """Forget the marks of what arrived long ago; how many."""
        return await asyncio.to_thread(self._tidy, (time.time() if now is None else now) - KEPT)

    def _tidy(self, before: float) -> int:
        arrived = self.folder / ".arrived"
        old = [mark for mark in arrived.iterdir() if mark.stat().st_mtime < before] if arrived.is_dir() else []
        for mark in old:
            mark.unlink(missing_ok=True)
        return len(old)


def _made(folder: Path) -> Path:
    # Cases are personal: for the owner, and for reading by the group the operator gives the folder to.
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    return folder


def _write(file: Path, content: bytes) -> None:
    """Whole on the disk, or not there under this name."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.{os.urandom(4).hex()}")
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    try:
        with os.fdopen(opened, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """What happened to names in a folder is on the disk when the folder is."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
