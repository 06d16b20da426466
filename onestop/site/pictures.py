"""Pictures of the catalogue, resized once for each slot of a device, until their file changes."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

from channels.contract import Channel, Device, Slot
from onestop.authoring.faults import Fault
from onestop.catalogue.source.load import LoadResult
from onestop.http.prepared import PreparedResponse, prepare
from onestop.http.static_files import FOREVER, headers
from onestop.pictures.resize import UnreadablePicture, resize_picture
from onestop.screen import Block, Picture, Screen

FOLDER = "/pictures"
MADE = re.compile(FOLDER + r"/[A-Za-z0-9_-]{8}(/.+)")
"""The address of a resized picture: a digest of its bytes, and its path in the catalogue."""


@dataclass(frozen=True, slots=True)
class FittedPicture:
    """A resized picture as a prepared response, at an address that changes with its bytes."""

    address: str
    width: int
    height: int
    ready: PreparedResponse


class PictureCache:
    """Resized pictures. Thread-safe: at worst a picture is resized twice, with the same result.

    Pictures of the last catalogue are kept for the next one, because its pages may still be shown for a minute.
    """

    def __init__(self, slots: Sequence[Slot]) -> None:
        self.slots = slots
        self.made: dict[tuple[Path, int, Slot], FittedPicture | None] = {}
        self.before: Mapping[tuple[Path, int, Slot], FittedPicture | None] = {}
        self.addresses: dict[str, PreparedResponse] = {}

    def next_catalogue(self) -> None:
        """The catalogue has changed: drop what was not used since it changed before."""
        self.before, self.made = self.made, {}
        self.addresses = {fitted.address: fitted.ready for fitted in self.before.values() if fitted}

    def find(self, address: str, files: Mapping[str, Path]) -> PreparedResponse | None:
        """Return the response at the address of a resized picture, or None. Call it in a thread: if another server made the page, the
        picture is resized here first."""
        matched = MADE.fullmatch(address)
        source = FOLDER + matched[1] if matched else ""
        if address not in self.addresses and source in files:
            for slot in self.slots:
                self._fit(source, files[source], slot)
        return self.addresses.get(address)

    def must_resize(self, screen: Screen, device: Device, files: Mapping[str, Path]) -> bool:
        """Return whether a picture of the screen must be resized first; then call `fit` in a thread."""
        return any(_key(file, slot) not in self.made for slot, _, file in _pictures(screen, device, files))

    def fit(self, screen: Screen, device: Device, files: Mapping[str, Path]) -> Screen:
        """Return the screen with its pictures resized for the device; one that cannot be resized stays as it is.

        `files` are the pictures of the catalogue by their addresses.
        """
        found = {block: self._fit(block.source, file, slot) for slot, block, file in _pictures(screen, device, files)}
        if not any(found.values()):
            return screen
        return replace(screen, blocks=tuple(_with_picture(block, found) for block in screen.blocks))

    def _fit(self, source: str, file: Path, slot: Slot) -> FittedPicture | None:
        key = _key(file, slot)
        if key not in self.made:
            self.made[key] = self.before[key] if key in self.before else _resized(source, file, slot)
        fitted = self.made[key]
        if fitted:
            self.addresses[fitted.address] = fitted.ready
        return fitted


def slots_of(channels: Iterable[Channel]) -> tuple[Slot, ...]:
    """Return every slot of the devices of some channels."""
    found = dict.fromkeys(device.slot for channel in channels for device in channel.devices.values())
    return tuple(slot for slot in found if slot)


def picture_faults(loaded: LoadResult, slots: Iterable[Slot]) -> Iterator[Fault]:
    """Yield warnings for the author about pictures that cannot be resized for a device."""
    parts, slots = loaded.content, tuple(slots)
    wrong_with = cache(lambda picture: _wrong(picture, slots))
    for file in parts.services.values():
        for link in file.pictures:
            source = f"{FOLDER}{file.address.rpartition('/')[0]}/{link.target}"
            wrong = wrong_with(parts.pictures[source]) if source in parts.pictures else ""
            if wrong:
                yield Fault(file.name, *link.place, f"the picture `{link.target}` {wrong}", "warning")


def _wrong(file: Path, slots: Iterable[Slot]) -> str:
    try:
        heavy = [slot for slot in slots if resize_picture(file.read_bytes(), slot) is None]
    except (UnreadablePicture, OSError):
        return "cannot be drawn anew: some screens say its description instead; save it as PNG, JPEG or WebP"
    if heavy:
        return (
            f"is more than {heavy[0].bytes / 1000:g} kB however small it is made: some screens say its description instead; "
            "show less on it, in fewer colours"
        )
    return ""


def _pictures(screen: Screen, device: Device, files: Mapping[str, Path]) -> list[tuple[Slot, Picture, Path]]:
    slot = device.slot
    if slot is None:
        return []
    pictures = (block for block in screen.blocks if isinstance(block, Picture))
    return [(slot, block, files[block.source]) for block in pictures if block.source in files]


def _key(file: Path, slot: Slot) -> tuple[Path, int, Slot]:
    """Return the key of a file at one version; a missing file has version 0."""
    try:
        return file, file.stat().st_mtime_ns, slot
    except OSError:
        return file, 0, slot


def _resized(source: str, file: Path, slot: Slot) -> FittedPicture | None:
    try:
        made = resize_picture(file.read_bytes(), slot)
    except (UnreadablePicture, OSError):
        made = None
    if made is None:
        return None
    digest = urlsafe_b64encode(blake2b(made.body, digest_size=6).digest()).decode()
    ready = prepare(200, headers(Path(digest + made.suffix), FOREVER), made.body)
    return FittedPicture(f"{FOLDER}/{digest}{source.removeprefix(FOLDER)}", made.width, made.height, ready)


def _with_picture(block: Block, found: Mapping[Picture, FittedPicture | None]) -> Block:
    fitted = found.get(block) if isinstance(block, Picture) else None
    if fitted is None or not isinstance(block, Picture):
        return block
    return replace(block, source=fitted.address, width=fitted.width, height=fitted.height)
