"""How a screen becomes a page for a telephone's browser, or any other: whole, in one piece."""

from collections.abc import Mapping
from datetime import date
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType

from channels.contract import Device, Page, Slot
from onestop.language import Words
from onestop.screen import Action, Block, Facts, Means, Menu, Paragraph, Place, Screen, Table, Text

PHONE = Device("phone", "text/html", slot=Slot(720, 960, 30_000))
SLIM = 33
"""Characters, in all, that the longest words of the columns of a table may have beside each other."""


class Mobile:
    """The web at large: it has no prefix, and takes every visitor nobody else claims."""

    name = "mobile"
    prefix = ""
    template_sets: tuple[str, ...] = ("mobile",)
    assets: Mapping[str, bytes] = {"phone.js": (Path(__file__).parent / "phone.js").read_bytes()}
    varies: tuple[str, ...] = ()
    devices: Mapping[str, Device] = MappingProxyType({PHONE.name: PHONE})
    means = Means()
    rest = "/"
    packet = 0

    def claims(self, headers: Mapping[str, str]) -> bool:
        return True

    def recognise(self, headers: Mapping[str, str]) -> Device:
        """The style sheet fits every browser, so none is told from another."""
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

    def own_screen(self, address: str, words: Words) -> Screen | None:
        return None


def _parted(screen: Screen) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks of a service, and those at its end that a wide window shows beside them: whom to ask, what goes with it."""
    end = len(screen.blocks)
    while screen.kind == "service" and end > 1 and isinstance(screen.blocks[end - 1], Place | Menu):
        end -= 1
    return screen.blocks[:end], screen.blocks[end:]


def _opening(blocks: tuple[Block, ...]) -> int:
    """How many blocks come before the text itself: what it is, the thing to do, the facts."""
    first = takewhile(
        lambda block: isinstance(block, Action | Facts) or (isinstance(block, Paragraph) and block.lead), blocks
    )
    return len(tuple(first))


def _is_slim(table: Table) -> bool:
    """Whether a telephone has room for the columns beside each other: for the longest word of each."""
    columns = zip(table.head, *table.rows, strict=True)
    return sum(max(_longest_word(cell) for cell in column) for column in columns) <= SLIM


def _longest_word(cell: Text) -> int:
    return max((len(word) for word in "".join(run.text for run in cell).split()), default=0)


CHANNEL = Mobile()
