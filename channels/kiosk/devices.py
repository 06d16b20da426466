"""Which kiosks there are: a screen each way up, and on each every combination of what a visitor may choose."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType

from channels.contract import Device
from channels.kiosk.dimensions import CLOSEST, Dimensions, Display, look

MODES = ("large", "contrast", "low")
"""Larger letters, strong contrast, controls within reach from a chair; written in this order."""
DISPLAYS: Mapping[str, Display] = {
    # A 32-inch screen, standing and lying.
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
"""What the council's own colours give way to when strong contrast is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kiosk(Device):
    """`way` is which way up it stands, `modes` what the visitor has chosen. No `colours`: the council's own.

    `closer` are the same kiosk with ever more on a page, for what must stand on one; no address names them.
    """

    way: str
    modes: tuple[str, ...]
    glass: Display
    look: Dimensions
    colours: Mapping[str, str]
    closer: "tuple[Kiosk, ...]" = ()

    def switched(self, mode: str) -> str:
        """The name of the device that differs in this one mode."""
        return device_name(self.way, [one for one in MODES if (one in self.modes) != (one == mode)])

    @property
    def plain(self) -> str:
        """The name of the same kiosk with nothing chosen."""
        return self.way

    @property
    def turned(self) -> str:
        """The name of the device that stands the other way up."""
        return device_name(next(way for way in DISPLAYS if way != self.way), self.modes)

    def mm(self, length: float) -> int:
        """A length of so many mm, in px."""
        return self.glass.px(length)


def device_name(way: str, modes: "tuple[str, ...] | list[str]") -> str:
    """How a kiosk is called: "portrait", "landscape.large.low"."""
    return ".".join((way, *modes))


def kiosk(way: str, glass: Display, modes: tuple[str, ...]) -> Kiosk:
    name, colours = device_name(way, modes), STRONG_CONTRAST if "contrast" in modes else {}
    drawn, *closer = (
        Kiosk(
            f"{name}.close{close}" if close else name,
            way=way,
            modes=modes,
            glass=glass,
            look=look(glass, larger="large" in modes, low="low" in modes, close=close),
            colours=colours,
        )
        for close in range(CLOSEST + 1)
    )
    return replace(drawn, closer=tuple(closer))


def all_kiosks(glasses: Mapping[str, Display] = DISPLAYS) -> Mapping[str, Kiosk]:
    """Every screen in every combination of modes, by name."""
    chosen = [modes for count in range(len(MODES) + 1) for modes in combinations(MODES, count)]
    made = [kiosk(way, glass, modes) for way, glass in glasses.items() for modes in chosen]
    return MappingProxyType({one.name: one for one in made})


DEVICES = all_kiosks()
