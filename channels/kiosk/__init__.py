"""The kiosk channel: pages for a shared touch screen. Nothing scrolls, no link leads outside, no data stays behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, takewhile
from pathlib import Path

from channels.block_heights import columns
from channels.contract import Channel, Device, OwnScreen, Page
from channels.kiosk.density import fit_screen
from channels.kiosk.devices import DEVICES, Kiosk
from channels.kiosk.dimensions import Dimensions
from channels.kiosk.keyboards import DIGITS, SHIFTED, keyboard, rows
from channels.kiosk.own_screens import ATTRACT, entered_digits, own_screen
from channels.kiosk.pagination import QUESTION_KINDS, WITH_FOOT, PagedScreen, Spread, has_above, titled_in_head
from channels.kiosk.row_heights import option_columns
from onestop.language import Words
from onestop.screen import Block, DateEntry, Entry, Form, Heading, Means, Menu, Screen

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "kiosk"


@dataclass(frozen=True, slots=True)
class IdleTimeout:
    """Seconds without a touch before the page asks whether anybody is there, and seconds it waits for an answer."""

    idle: int
    warning: int


BROWSING = IdleTimeout(60, 20)
ANSWERING = IdleTimeout(120, 45)
MOVED = IdleTimeout(12, 0)
"""After a phone has taken over: long enough to read that it has. Nobody is asked, because nothing is left to lose."""


class TouchKiosk(Channel):
    """Display modes are part of the address, as a device of their own: a shared kiosk stores nothing about a visitor."""

    name = "kiosk"
    prefix = "/kiosk"
    template_sets: tuple[str, ...] = ("kiosk",)
    assets: Mapping[str, bytes] = {
        name: (SCRIPTS / name).read_bytes()
        for name in ("kiosk.js", "focus.js", "keys.js", "completions.js", "listen.js")
    }
    devices: Mapping[str, Device] = DEVICES
    means = Means(upload=False, handheld=False, shared=True)
    rest = ATTRACT
    own_screens: Mapping[str, OwnScreen] = {"attract": own_screen, "number": own_screen, "spoken": own_screen}

    def claims(self, headers: Mapping[str, str]) -> bool:
        """Return False: a kiosk is configured to open its own address."""
        return False

    def recognise(self, headers: Mapping[str, str]) -> Device:
        """Return the portrait kiosk: request headers do not tell the orientation, so the page's script checks and redirects."""
        return DEVICES["portrait"]

    def lay_out(self, screen: Screen, device: Device, words: Words) -> tuple[Page, ...]:
        assert isinstance(device, Kiosk)
        drawn, cut = fit_screen(screen, words, device)
        frame = _frame(screen, drawn.look, words.language, cut)
        return tuple(
            Page(
                screen,
                drawn,
                tuple(chain(*spread)),
                number,
                len(cut.spreads),
                {
                    **frame,
                    **_page_frame(spread),
                    "alert": frame["alert"] if number == 1 else None,
                    "titled": number > 1 and titled_in_head(screen, drawn.look),
                },
            )
            for number, spread in enumerate(cut.spreads, 1)
        )


def _page_frame(spread: Spread) -> Mapping[str, object]:
    """Return the columns of one page, and its leading third-level headings: on a page without their parent they become second level."""
    headings = [block for block in chain(*spread) if isinstance(block, Heading | Menu) and not _unnamed(block)]
    return {"columns": spread, "raised": frozenset(takewhile(_is_third, headings))}


def _unnamed(block: Block) -> bool:
    return isinstance(block, Menu) and not block.label


def _is_third(block: Block) -> bool:
    return isinstance(block, Heading) and block.level > 2


def _frame(screen: Screen, look: Dimensions, language: str, cut: PagedScreen) -> Mapping[str, object]:
    """Return the template variables that all pages of a screen share."""
    fields = [block.field for block in screen.blocks if isinstance(block, Form) and block.field]
    board = keyboard(next(iter(fields), None))
    room = cut.measures.width - (look.send + look.gap if look.send else 0)
    return {
        "patience": MOVED if screen.kind == "moved" else ANSWERING if screen.personal else BROWSING,
        "attract": ATTRACT,
        "alert": screen.alert if screen.kind not in QUESTION_KINDS else None,
        "above": screen.trail[-1] if has_above(screen) else None,
        "foot": cut.foot,
        "taken": screen.kind in WITH_FOOT,
        "abreast": cut.abreast,
        "tiles": cut.measures.menus["sections"].columns,
        "shares": partial(columns, measures=cut.measures),
        "option_columns": partial(option_columns, width=room, look=look),
        "typed": any(isinstance(field, Entry | DateEntry) for field in fields),
        "keyed": entered_digits(screen.address),
        "keyboard": board,
        "board": rows(board, language, wide=look.wide),
        "shifted": SHIFTED,
        "digits": DIGITS,
    }


CHANNEL = TouchKiosk()
