"""The default destination: a folder for each desk, a JSON file for each case, its photos beside it."""

import asyncio
import json
import os
import re
from contextlib import suppress
from errno import ENOENT
from pathlib import Path

from onestop.delivery.destination import Parcel, PermanentFailure, TemporaryFailure

DESK = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MARKED, BEGUN = 90 * 86400, 86400
"""Seconds for which it is remembered that a case has arrived, and after which what was only begun is not gone on with."""


class Folder:
    """Files appear whole, and once: also if the program is killed at any point, if two programs bring the same case at the same time,
    and if an officer has taken the files away since.

    What is brought is first written to `.arriving` under names nobody else uses. A mark in `.arrived`, which only the first can make,
    says which of those files are the case; they are then renamed into the desk's folder, by whoever comes by, and only once.
    """

    name = "folder"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used = False

    async def deliver(self, parcel: Parcel) -> None:
        if not DESK.fullmatch(parcel.desk):
            raise PermanentFailure("the desk has no name that a folder can have")
        try:
            await asyncio.to_thread(self._deliver, parcel)
        except OSError as why:
            raise TemporaryFailure(f"the folder cannot be written to: {os.strerror(why.errno or 0)}") from None

    def _deliver(self, parcel: Parcel) -> None:
        self._check()
        desk, arriving, arrived = (_made(self.folder / name) for name in (parcel.desk, ".arriving", ".arrived"))
        mark = arrived / f"{parcel.case}.{parcel.desk}"
        if not mark.exists():
            self._write_all(parcel, arriving, mark)
            _settle(arriving)
            _settle(arrived)
        for waiting, name in json.loads(mark.read_text(encoding="utf-8")):
            with suppress(FileNotFoundError):
                (arriving / waiting).rename(desk / name)
        _settle(desk)

    def _check(self) -> None:
        """Raise `OSError` if the folder was there, and another is now: a disk that is not mounted leaves an empty one behind."""
        there = (self.folder / ".arrived").is_dir()
        if self.used and not there:
            raise FileNotFoundError(ENOENT, "it is not there any more")
        self.used = self.used or there

    def _write_all(self, parcel: Parcel, arriving: Path, mark: Path) -> None:
        """Write the files, the case itself last, and the mark that names them; if another program has made it, its files are the case."""
        mine = f"{mark.name}.{os.urandom(8).hex()}"
        files = [(f"{mine}.{picture.name}", picture.name, picture.content) for picture in parcel.pictures]
        body = json.dumps(parcel.body, ensure_ascii=False, indent=1).encode() + b"\n"
        files.append((f"{mine}.json", f"{parcel.reference}.json", body))
        draft = arriving / mine
        try:
            for waiting, _, content in files:
                _write(arriving / waiting, content)
            _write(draft, json.dumps([(waiting, name) for waiting, name, _ in files]).encode())
            _settle(arriving)
            mark.hardlink_to(draft)
        except BaseException as why:
            for waiting, _, _ in files:
                (arriving / waiting).unlink(missing_ok=True)
            if not isinstance(why, FileExistsError):
                raise
        finally:
            draft.unlink(missing_ok=True)

    async def tidy(self, now: float) -> None:
        """Forget marks of what arrived long ago, and remove what was begun and came to nothing."""
        await asyncio.to_thread(self._tidy, now)

    def _tidy(self, now: float) -> None:
        for mark in _older(self.folder / ".arrived", now - MARKED):
            mark.unlink(missing_ok=True)
        for left in _older(self.folder / ".arriving", now - BEGUN):
            case, desk, *_ = left.name.split(".")
            mark = self.folder / ".arrived" / f"{case}.{desk}"
            if not mark.exists() or left.name not in mark.read_text(encoding="utf-8"):
                left.unlink(missing_ok=True)


def _older(folder: Path, than: float) -> list[Path]:
    return [file for file in folder.iterdir() if file.stat().st_mtime < than] if folder.is_dir() else []


def _made(folder: Path) -> Path:
    # Cases are personal: for the owner, and for reading by the group the operator gives the folder to.
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    return folder


def _write(file: Path, content: bytes) -> None:
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    with os.fdopen(opened, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _settle(folder: Path) -> None:
    """What happened to names in a folder is on the disk when the folder is."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
