"""The contract of a channel: its devices, and how it lays a screen out into pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from onestop.language import Words
from onestop.screen import Block, Means, Screen

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Slot:
    """The room for a picture: the largest width and height in px, and the largest file in bytes."""

    width: int
    height: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Device:
    """One kind of device of a channel. `name` stands after ``~`` in an address and in the key of a prepared page.

    `media_type` is that of its pages. `preferences` are the display preferences a resident may store, each with the name of the device
    that fulfils it; "" removes them. Pictures are resized for `slot`, and shown as they are without one. `sheet` is the name of the
    style sheet that its pages link to, drawn from the template `sheet.css`; "" puts the style into each page. A channel extends
    this class with the facts it needs.
    """

    name: str
    media_type: str = "text/html"
    preferences: Mapping[str, str] = field(default_factory=lambda: NOTHING, hash=False, kw_only=True)
    slot: Slot | None = field(default=None, kw_only=True)
    sheet: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Page:
    """What fits one device at once: `blocks` of `screen`, as page `number` of `total`. Templates render it.

    `pressed` is for devices on which digits choose: for each block, how many rows with a digit come before it.
    """

    screen: Screen
    device: Device
    blocks: tuple[Block, ...]
    number: int = 1
    total: int = 1
    frame: Mapping[str, object] = field(default_factory=dict)
    pressed: tuple[int, ...] = ()


OwnScreen = Callable[[str, Words], Screen | None]
"""Makes a screen from a neutral address ("/number/=21") and the words of a language; None if there is none."""


class Channel:
    """An adapter for one kind of device. One folder under `channels/` whose package has a `CHANNEL`: an object of a subclass of this."""

    name: str
    prefix: str
    """What its addresses begin with: "/here". Exactly one channel has "" and takes every visitor nobody else claims."""
    devices: Mapping[str, Device]
    """Every device by its name."""
    template_sets: tuple[str, ...] = ()
    """Folders under `templates/`, the most specific first; `base` always comes last."""
    assets: Mapping[str, bytes] = MappingProxyType({})
    """Files its pages ask for by name, served under an address that changes with their content."""
    varies: tuple[str, ...] = ()
    """Request headers by which `recognise` tells devices apart, for the Vary header."""
    means: Means = Means()
    """What residents have to answer with: a keyboard, a camera."""
    rest: str = "/"
    """The neutral address shown when a session has ended."""
    fluid: bool = False
    """Whether every screen is one page that nothing is cut or measured for: a text in it may be replaced by a longer one."""
    packet: int = 0
    """The largest response with a page, in bytes with headers; 0 for no limit."""
    own_screens: Mapping[str, OwnScreen] = MappingProxyType({})
    """Screens that only this channel has, by the first segment of their address: a number pad at "number". No section may be called so."""
    brings: tuple[str, ...] = ()
    """Names of modules with a `CAPABILITY`: addresses the channel answers besides screens, and commands. Joined with the channel."""

    def claims(self, headers: Mapping[str, str]) -> bool:
        """Return whether a visitor with these request headers, arriving at `/`, belongs on this channel."""
        return False

    def recognise(self, headers: Mapping[str, str]) -> Device:
        """Return the device that sent these request headers; an unknown one gets an answer too."""
        return next(iter(self.devices.values()))

    def lay_out(self, screen: Screen, device: Device, words: Words) -> tuple[Page, ...]:
        """Cut the screen into pages that fit the device; at least one."""
        return (Page(screen, device, screen.blocks),)
