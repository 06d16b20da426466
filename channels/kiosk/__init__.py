"""How a screen becomes pages for a touch kiosk: no scrolling, nothing that leads out, nothing left behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from channels.contract import Device, Page
from channels.heights import columns
from channels.kiosk.cutting import FOOTED, cut_screen
from channels.kiosk.devices import DEVICES, Kiosk
from channels.kiosk.keys import DIGITS, rows
from channels.kiosk.own import ATTRACT, keyed, own_screen
from channels.kiosk.rows import option_columns
from onestop.language import Words
from onestop.screen import Choice, Form, Means, Screen

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "kiosk"


@dataclass(frozen=True, slots=True)
class Patience:
    """After how many seconds without a touch we ask whether anybody is there, and how long we wait for an answer."""

    idle: int
    warning: int


BROWSING = Patience(60, 20)
ANSWERING = Patience(120, 45)


class TouchKiosk:
    """What a visitor chooses travels in the address, as a device of its own, and nowhere else."""

    name = "kiosk"
    prefix = "/kiosk"
    template_sets: tuple[str, ...] = ("kiosk",)
    assets: tuple[Path, ...] = tuple(SCRIPTS / name for name in ("kiosk.js", "keys.js"))
    varies: tuple[str, ...] = ()
    devices: Mapping[str, Device] = DEVICES
    means = Means(upload=False)

    def claims(self, headers: Mapping[str, str]) -> bool:
        """A kiosk is set up to open its own address."""
        return False

    def recognise(self, headers: Mapping[str, str]) -> Device:
        """A browser does not say which way up its screen stands: the page finds out, and asks for the other."""
        return DEVICES["portrait"]

    def lay_out(self, screen: Screen, device: Device, words: Words) -> tuple[Page, ...]:
        assert isinstance(device, Kiosk)
        cut = cut_screen(screen, words, device.look)
        frame = {
            "patience": ANSWERING if screen.personal else BROWSING,
            "keyed": keyed(screen.address),
            "letters": rows(words.language),
            "digits": DIGITS,
            "attract": ATTRACT,
            "foot": cut.foot,
            "abreast": cut.abreast,
            "shares": partial(columns, measures=cut.measures),
            "taken": screen.kind in FOOTED,
            "along": frozenset(field for field in _choices(screen) if option_columns(field, device.look) > 1),
        }
        return tuple(
            Page(
                screen,
                device,
                tuple(b for c in spread for b in c),
                number,
                len(cut.spreads),
                {**frame, "columns": spread},
            )
            for number, spread in enumerate(cut.spreads, 1)
        )

    def own_screen(self, address: str, words: Words) -> Screen | None:
        return own_screen(address, words)


def _choices(screen: Screen) -> tuple[Choice, ...]:
    return tuple(b.field for b in screen.blocks if isinstance(b, Form) and isinstance(b.field, Choice))


CHANNEL = TouchKiosk()
