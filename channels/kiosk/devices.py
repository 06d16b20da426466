"""The kiosk devices: portrait and landscape, each in every combination of display modes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType

from channels.contract import Device
from channels.kiosk.dimensions import Dimensions, Display, look
from channels.kiosk.text_sizes import TEXT_SIZES, densities

MODES = ("contrast", "low")
"""Strong contrast, controls within reach of a wheelchair; device names list them in this order, behind the text size."""
DISPLAYS: Mapping[str, Display] = {
    # A 32-inch display, upright and on its side.
    "portrait": Display(1080, 1920, floor=700),
    "landscape": Display(1920, 1080, floor=900),
}
STRONG_CONTRAST: Mapping[str, str] = {
    "ground": "#000000",
    "text": "#ffffff",
    "quiet": "#ffffff",
    "tile": "#000000",
    "action": "#ffe000",
    "action_deep": "#ffe000",
    "action_text": "#000000",
    "bar": "#000000",
    "bar_text": "#ffffff",
    "attention": "#ffe000",
    "attention_text": "#000000",
}
"""Colours that replace the council's own in the strong contrast mode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kiosk(Device):
    """`way` is the orientation, `text` the size of its text, `modes` are the display modes in use. Empty `colours` stand for the
    council's own.

    `closer` are ever denser versions of the same kiosk, for content that must fit one page; no address names them.
    """

    way: str
    text: str
    modes: tuple[str, ...]
    glass: Display
    look: Dimensions
    colours: Mapping[str, str]
    closer: "tuple[Kiosk, ...]" = ()

    def switched(self, mode: str) -> str:
        """Return the name of the device with this mode toggled."""
        return device_name(self.way, self.text, [one for one in MODES if (one in self.modes) != (one == mode)])

    @property
    def text_step(self) -> int:
        """The number of the text size: 1 for the usual one, up to `text_steps`."""
        return list(TEXT_SIZES).index(self.text) + 1

    @property
    def text_steps(self) -> int:
        return len(TEXT_SIZES)

    @property
    def resized(self) -> str:
        """The name of the device with the next text size; after the largest comes the usual one."""
        return device_name(self.way, list(TEXT_SIZES)[self.text_step % self.text_steps], self.modes)

    @property
    def plain(self) -> str:
        """The name of the same kiosk without any mode."""
        return self.way

    @property
    def turned(self) -> str:
        """The name of the device with the other orientation."""
        return device_name(next(way for way in DISPLAYS if way != self.way), self.text, self.modes)

    def mm(self, length: float) -> int:
        """Return a length in mm as px."""
        return self.glass.px(length)


def device_name(way: str, text: str, modes: "tuple[str, ...] | list[str]") -> str:
    """Return the name of a device: "portrait", "landscape.large.low"."""
    return ".".join((way, *((text,) if text else ()), *modes))


def kiosk(way: str, glass: Display, text: str, modes: tuple[str, ...]) -> Kiosk:
    name, colours = device_name(way, text, modes), STRONG_CONTRAST if "contrast" in modes else {}
    drawn, *closer = (
        Kiosk(
            f"{name}.close{number}" if number else name,
            way=way,
            text=text,
            modes=modes,
            glass=glass,
            look=look(glass, TEXT_SIZES[size], low="low" in modes, close=close),
            colours=colours,
        )
        for number, (close, size) in enumerate(densities(text))
    )
    return replace(drawn, closer=tuple(closer))


def all_kiosks(glasses: Mapping[str, Display] = DISPLAYS) -> Mapping[str, Kiosk]:
    """Return every display in every combination of text size and modes, by device name."""
    chosen = [
        tuple(mode for mode, on in zip(MODES, ons, strict=True) if on) for ons in product((False, True), repeat=2)
    ]
    made = [kiosk(way, glass, text, modes) for way, glass in glasses.items() for text in TEXT_SIZES for modes in chosen]
    return MappingProxyType({one.name: one for one in made})


DEVICES = all_kiosks()
