"""Which pictures of the catalogue are ready to be shown: each made once for every slot it is asked for, until its file changes."""

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
"""An address of a picture made anew: what its bytes are called, and where it stands in the catalogue."""


@dataclass(frozen=True, slots=True)
class Hung:
    """A picture ready at an address of its own, which changes with its bytes."""

    address: str
    width: int
    height: int
    ready: PreparedResponse


class Gallery:
    """May be asked from several threads: at worst a picture is made twice, and alike.

    What was made for one catalogue is still there for the next, because a page of before may be looked at for another minute.
    """

    def __init__(self, slots: Sequence[Slot]) -> None:
        self.slots = slots
        self.made: dict[tuple[Path, int, Slot], Hung | None] = {}
        self.before: Mapping[tuple[Path, int, Slot], Hung | None] = {}
        self.addresses: dict[str, PreparedResponse] = {}

    def turn(self) -> None:
        """The catalogue has changed: what is not asked for until it changes again is forgotten then."""
        self.before, self.made = self.made, {}
        self.addresses = {hung.address: hung.ready for hung in self.before.values() if hung}

    def find(self, address: str, files: Mapping[str, Path]) -> PreparedResponse | None:
        """The answer at the address of a picture made anew. To be run in a thread: another server may have shown the page, and
        then it is made here first."""
        matched = MADE.fullmatch(address)
        source = FOLDER + matched[1] if matched else ""
        if address not in self.addresses and source in files:
            for slot in self.slots:
                self._hung(source, files[source], slot)
        return self.addresses.get(address)

    def waits(self, screen: Screen, device: Device, files: Mapping[str, Path]) -> bool:
        """Whether a picture of the screen must first be made; that is for a thread."""
        return any(_key(file, slot) not in self.made for slot, _, file in _asked(screen, device, files))

    def hung(self, screen: Screen, device: Device, files: Mapping[str, Path]) -> Screen:
        """The screen with its pictures as the device has room for them; one that cannot be had so stays as it is.

        `files` are the pictures of the catalogue by their addresses.
        """
        found = {block: self._hung(block.source, file, slot) for slot, block, file in _asked(screen, device, files)}
        if not any(found.values()):
            return screen
        return replace(screen, blocks=tuple(_shown(block, found) for block in screen.blocks))

    def _hung(self, source: str, file: Path, slot: Slot) -> Hung | None:
        key = _key(file, slot)
        if key not in self.made:
            self.made[key] = self.before[key] if key in self.before else _hang(source, file, slot)
        hung = self.made[key]
        if hung:
            self.addresses[hung.address] = hung.ready
        return hung


def slots_of(channels: Iterable[Channel]) -> tuple[Slot, ...]:
    """Every slot that some device has."""
    found = dict.fromkeys(device.slot for channel in channels for device in channel.devices.values())
    return tuple(slot for slot in found if slot)


def about_pictures(loaded: LoadResult, slots: Iterable[Slot]) -> Iterator[Fault]:
    """What an author should know of the pictures that the services show."""
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


def _asked(screen: Screen, device: Device, files: Mapping[str, Path]) -> list[tuple[Slot, Picture, Path]]:
    slot = device.slot
    if slot is None:
        return []
    pictures = (block for block in screen.blocks if isinstance(block, Picture))
    return [(slot, block, files[block.source]) for block in pictures if block.source in files]


def _key(file: Path, slot: Slot) -> tuple[Path, int, Slot]:
    """A file that has changed is another; one that is gone is none of them."""
    try:
        return file, file.stat().st_mtime_ns, slot
    except OSError:
        return file, 0, slot


def _hang(source: str, file: Path, slot: Slot) -> Hung | None:
    try:
        made = resize_picture(file.read_bytes(), slot)
    except (UnreadablePicture, OSError):
        made = None
    if made is None:
        return None
    digest = urlsafe_b64encode(blake2b(made.body, digest_size=6).digest()).decode()
    ready = prepare(200, headers(Path(digest + made.suffix), FOREVER), made.body)
    return Hung(f"{FOLDER}/{digest}{source.removeprefix(FOLDER)}", made.width, made.height, ready)


def _shown(block: Block, found: Mapping[Picture, Hung | None]) -> Block:
    hung = found.get(block) if isinstance(block, Picture) else None
    if hung is None or not isinstance(block, Picture):
        return block
    return replace(block, source=hung.address, width=hung.width, height=hung.height)
