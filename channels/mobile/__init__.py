"""How a screen becomes a page for a telephone's browser, or any other: whole, in one piece."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from channels.contract import Device, Page
from onestop.language import Words
from onestop.screen import Menu, Place, Screen

PHONE = Device("phone", "text/html")


class Mobile:
    """The web at large: it has no prefix, and takes every visitor nobody else claims."""

    name = "mobile"
    prefix = ""
    template_sets: tuple[str, ...] = ("mobile",)
    assets: tuple[Path, ...] = ()
    varies: tuple[str, ...] = ()
    devices: Mapping[str, Device] = MappingProxyType({PHONE.name: PHONE})

    def claims(self, headers: Mapping[str, str]) -> bool:
        return True

    def recognise(self, headers: Mapping[str, str]) -> Device:
        """The style sheet fits every browser, so none is told from another."""
        return PHONE

    def lay_out(self, screen: Screen, device: Device, words: Words) -> tuple[Page, ...]:
        reviewed = words.short_date(date.fromisoformat(screen.reviewed)) if screen.reviewed else ""
        cut = _beside(screen)
        return (Page(screen, device, screen.blocks[:cut], frame={"reviewed": reviewed, "beside": screen.blocks[cut:]}),)

    def own_screen(self, address: str, words: Words) -> Screen | None:
        return None


def _beside(screen: Screen) -> int:
    """Where the blocks at the end of a service begin that a wide window shows beside the others: whom to ask, what goes with it."""
    end = len(screen.blocks)
    while screen.kind == "service" and end > 1 and isinstance(screen.blocks[end - 1], Place | Menu):
        end -= 1
    return end


CHANNEL = Mobile()
