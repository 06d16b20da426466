"""What a channel must supply, and what it may count on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from onestop.language import Words
from onestop.screen import Block, Means, Screen

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Slot:
    """The room for a picture: px it is wide and high at most, and bytes that its file may have."""

    width: int
    height: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Device:
    """One kind of apparatus of a channel. `name` stands after ``~`` in an address and in the key of a prepared page.

    `media_type` is what its pages are sent as. `wishes` are what a resident may ask of it and finds again next time, each with the
    name of the device that it then is; "" takes all back. A picture is made anew for its `slot`, and shown as it is without one. A
    channel extends this class with the facts it needs.
    """

    name: str
    media_type: str = "text/html"
    wishes: Mapping[str, str] = field(default_factory=lambda: NOTHING, hash=False, kw_only=True)
    slot: Slot | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Page:
    """What fits one device at once: `blocks` of `screen`, as page `number` of `total`. Templates get this and draw it.

    `pressed` is for apparatus on which digits choose: for each block how many rows with a digit stand before it.
    """

    screen: Screen
    device: Device
    blocks: tuple[Block, ...]
    number: int = 1
    total: int = 1
    frame: Mapping[str, object] = field(default_factory=dict)
    pressed: tuple[int, ...] = ()


class Channel(Protocol):
    """An adapter. One folder under `channels/` whose package has a `CHANNEL` of this shape; the registry finds it there."""

    name: str
    prefix: str
    """What its addresses begin with: "/here". Exactly one channel has "" and takes every visitor nobody else claims."""
    template_sets: tuple[str, ...]
    """Folders under `templates/`, the most specific first; `base` is always looked in last."""
    assets: Mapping[str, bytes]
    """Files its pages ask for by name, served under an address that changes with their bytes."""
    varies: tuple[str, ...]
    """Request headers by which `recognise` tells devices apart, for `Vary`."""
    devices: Mapping[str, Device]
    """Every device by its name."""
    means: Means
    """With what a resident answers here."""
    rest: str
    """The neutral address shown when a visit is over."""
    packet: int
    """Bytes on the wire that an answer with a page may have, headers included; 0 for no limit."""

    def claims(self, headers: Mapping[str, str]) -> bool:
        """Whether a visitor with these headers, arriving at `/`, belongs on this channel."""

    def recognise(self, headers: Mapping[str, str]) -> Device:
        """The device that sent these headers; an unknown one has an answer too."""

    def lay_out(self, screen: Screen, device: Device, words: Words) -> tuple[Page, ...]:
        """Cut the screen into pages that fit the device; at least one."""

    def own_screen(self, address: str, words: Words) -> Screen | None:
        """A screen that only this channel has (a number pad, say), or None. `address` is neutral: "/number"."""
