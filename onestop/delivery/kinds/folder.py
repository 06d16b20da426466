"""The kind `folder`: a folder for each desk, in it a JSON file for each case and its photos.

A batch of parcels is delivered in these steps, each durable before the next begins:
1. The files are written to `.arriving` under random names, and a record of them: which file gets which name.
2. A mark for each case is created in `.arrived`. It is a hard link to the record, so a batch needs one new inode, and creating it
   fails if another process, or an earlier try, has delivered the case: then that one's files are the case.
3. The files that the mark's record names are renamed into the desk's folder.
After a crash, the next try finds the mark and repeats step 3, which renames only what was not renamed yet. A file appears complete,
and only once, even if an officer has taken it away before the case is tried again.
"""

import asyncio
import json
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from errno import ENOENT
from pathlib import Path

from onestop.authoring.node import Node
from onestop.delivery.kinds.destination import (
    Accepted,
    Destination,
    DestinationContext,
    DestinationKind,
    DestinationOptions,
    Outcome,
    Parcel,
    PermanentFailure,
    TemporaryFailure,
)
from onestop.delivery.kinds.durable_files import sync_folder, write_durable

DESK = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MARK_SECONDS, ARRIVING_SECONDS = 90 * 86400, 86400
"""How long the marks of delivered cases are kept, and how long files of an unfinished delivery."""

Record = dict[str, list[tuple[str, str]]]
"""For each mark by its name: the files in `.arriving`, and the name each gets at the desk."""


@dataclass(frozen=True, slots=True)
class FolderOptions:
    """`path` is the folder of the desks' folders: absolute, or relative to the outbox."""

    path: str = ""

    def open(self, context: DestinationContext) -> Destination:
        return Folder(context.settings.outbox / self.path)

    def missing(self, context: DestinationContext) -> str:
        return ""


def parse_options(node: Node) -> DestinationOptions:
    """Parse `path`, and report a path that leads out of the outbox."""
    path = (node / "path").text() if node.has("path") else ""
    if ".." in Path(path).parts:
        (node / "path").fault("`path` must not contain `..`: write an absolute path, or one inside the outbox")
        return FolderOptions()
    return FolderOptions(path)


KIND = DestinationKind("folder", ("path",), parse_options)


class Folder:
    """A destination in the file system."""

    batch, parallel = 128, 2

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.arriving, self.arrived = folder / ".arriving", folder / ".arrived"
        self.used = False

    async def deliver(self, parcels: Sequence[Parcel]) -> Sequence[Outcome]:
        return await asyncio.to_thread(self.deliver_now, parcels)

    def deliver_now(self, parcels: Sequence[Parcel]) -> Sequence[Outcome]:
        """Deliver in the calling thread. If a batch fails, each of its parcels is tried alone: one may be too large for the disk."""
        if not all(DESK.fullmatch(parcel.desk) for parcel in parcels):
            return [PermanentFailure("the desk has no name that a folder can have") for parcel in parcels]
        try:
            self._deliver(parcels)
        except OSError as why:
            if len(parcels) > 1:
                return [outcome for parcel in parcels for outcome in self.deliver_now([parcel])]
            return [TemporaryFailure(f"the folder cannot be written to: {os.strerror(why.errno or 0)}")]
        return [Accepted()] * len(parcels)

    def _deliver(self, parcels: Sequence[Parcel]) -> None:
        self._check_mounted()
        marks = [(parcel, self._mark(parcel)) for parcel in parcels]
        desks = {self.folder / parcel.desk for parcel in parcels}
        mark_folders = {mark.parent for _, mark in marks}
        for folder in (self.arriving, self.arrived, *mark_folders, *desks):
            _make(folder)
        files = self._write([(parcel, mark) for parcel, mark in marks if not mark.exists()])
        for folder in mark_folders:
            sync_folder(folder)
        for parcel, mark in marks:
            for waiting, name in files.get(mark.name) or json.loads(mark.read_bytes())[mark.name]:
                with suppress(FileNotFoundError):
                    (self.arriving / waiting).rename(self.folder / parcel.desk / name)
        for folder in desks:
            sync_folder(folder)

    def _check_mounted(self) -> None:
        """Raise `OSError` if the folder was there before and another is now: an unmounted disk leaves an empty folder."""
        there = self.arrived.is_dir()
        if self.used and not there:
            raise FileNotFoundError(ENOENT, "it is not there any more")
        self.used = self.used or there

    def _mark(self, parcel: Parcel) -> Path:
        # A case's id begins with the time of its submission: cases of about 18 hours share a folder of marks.
        return self.arrived / parcel.case[:4] / f"{parcel.case}.{parcel.desk}"

    def _write(self, new: Sequence[tuple[Parcel, Path]]) -> Record:
        """Write the files of each parcel and their record, then create the marks; return what the marks created stand for."""
        if not new:
            return {}
        suffix = os.urandom(8).hex()
        record = self.arriving / f"record.{suffix}"
        files: Record = {}
        contents: list[tuple[str, bytes]] = []
        for parcel, mark in new:
            for name, content in _files(parcel):
                files.setdefault(mark.name, []).append((f"{mark.name}.{suffix}.{name}", name))
                contents.append((f"{mark.name}.{suffix}.{name}", content))
        try:
            write_durable(self.arriving, [*contents, (record.name, json.dumps(files).encode())])
            for _, mark in new:
                try:
                    os.link(record, mark)
                except FileExistsError:
                    self._remove(files.pop(mark.name))
        except BaseException:
            for _, mark in new:
                if mark.name in files and not mark.exists():
                    self._remove(files[mark.name])
            raise
        finally:
            record.unlink(missing_ok=True)
        return files

    def _remove(self, files: Iterable[tuple[str, str]]) -> None:
        for waiting, _ in files:
            (self.arriving / waiting).unlink(missing_ok=True)

    async def forget(self, case: str, desk: str) -> None:
        await asyncio.to_thread((self.arrived / case[:4] / f"{case}.{desk}").unlink, missing_ok=True)

    async def tidy(self, now: float) -> None:
        """Remove marks of old deliveries, and files of deliveries that were never finished."""
        await asyncio.to_thread(self.tidy_now, now)

    def tidy_now(self, now: float) -> None:
        for marks in _older(self.arrived, now - MARK_SECONDS):
            # A folder's modification time is that of its newest mark.
            shutil.rmtree(marks, ignore_errors=True) if marks.is_dir() else marks.unlink(missing_ok=True)
        for left in _older(self.arriving, now - ARRIVING_SECONDS):
            case, desk, *_ = left.name.split(".")
            mark = self.arrived / case[:4] / f"{case}.{desk}"
            if not mark.exists() or left.name not in mark.read_text(encoding="utf-8"):
                left.unlink(missing_ok=True)


def _files(parcel: Parcel) -> Iterable[tuple[str, bytes]]:
    """Yield the name and content of each file, the case itself last."""
    for photo in parcel.photos:
        yield photo.name, photo.content
    # One line a key. json.dumps(indent=...) would do it too, without the encoder in C: ten times slower.
    lines = (f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in parcel.body.items())
    yield f"{parcel.reference}.json", ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _make(folder: Path) -> None:
    if not folder.is_dir():
        # Cases are personal data: for the owner, and for the group that the operator gives the folder to.
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        sync_folder(folder.parent)


def _older(folder: Path, than: float) -> list[Path]:
    return [file for file in folder.iterdir() if file.stat().st_mtime < than] if folder.is_dir() else []
