"""The mobile channel: one page a screen, for phones and every other browser."""

from collections.abc import Mapping
from datetime import date
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType

from channels.contract import Channel, Device, Page, Slot
from onestop.language import Words
from onestop.screen import Action, Block, Facts, Means, Paragraph, Place, Screen, Table, Text, split_ending

PHONE = Device("phone", "text/html", slot=Slot(720, 960, 30_000))
SLIM = 33
"""A table fits a phone if the longest words of its columns have at most so many characters together."""


class Mobile(Channel):
    """The default channel: it has no address prefix and serves every visitor whom no other channel claims."""

    name = "mobile"
    prefix = ""
    template_sets: tuple[str, ...] = ("mobile",)
    assets: Mapping[str, bytes] = {"phone.js": (Path(__file__).parent / "phone.js").read_bytes()}
    devices: Mapping[str, Device] = MappingProxyType({PHONE.name: PHONE})
    means = Means()
    fluid = True

    def claims(self, headers: Mapping[str, str]) -> bool:
        return True

    def recognise(self, headers: Mapping[str, str]) -> Device:
        """Return the only device: one responsive style sheet serves every browser."""
        return PHONE

    def lay_out(self, screen: Screen, device: Device, words: Words) -> tuple[Page, ...]:
        body, beside = _parted(screen)
        frame = {
            "reviewed": words.short_date(date.fromisoformat(screen.reviewed)) if screen.reviewed else "",
            "beside": beside,
            "opening": _opening(body),
            "contact": next((block for block in beside if isinstance(block, Place)), None),
            "slim": frozenset(block for block in screen.blocks if isinstance(block, Table) and _is_slim(block)),
        }
        return (Page(screen, device, body, frame=frame),)


def _parted(screen: Screen) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return the blocks of a service, and the places and menus at its end, which a wide window shows beside them."""
    return split_ending(screen.blocks) if screen.kind == "service" else (screen.blocks, ())


def _opening(blocks: tuple[Block, ...]) -> int:
    """Return the number of leading blocks before the text: summary, action and facts."""
    first = takewhile(
        lambda block: isinstance(block, Action | Facts) or (isinstance(block, Paragraph) and block.lead), blocks
    )
    return len(tuple(first))


def _is_slim(table: Table) -> bool:
    """Return whether a phone has room for the longest word of every column side by side."""
    columns = zip(table.head, *table.rows, strict=True)
    return sum(max(_longest_word(cell) for cell in column) for column in columns) <= SLIM


def _longest_word(cell: Text) -> int:
    return max((len(word) for word in "".join(run.text for run in cell).split()), default=0)


CHANNEL = Mobile()
