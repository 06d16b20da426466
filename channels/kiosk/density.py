"""How close everything on a kiosk's page must stand: as loosely as it fits, and a question on one page wherever that can be."""

from collections.abc import Callable
from dataclasses import replace

from channels.kiosk.devices import Kiosk
from channels.kiosk.pagination import ASKED, Cut, cut_screen, whole
from onestop.language import Words
from onestop.screen import Action, Block, Choice, Form, Note, Screen

Kept = Callable[[Block], bool]


def fitted_screen(screen: Screen, words: Words, kiosk: Kiosk) -> tuple[Kiosk, Cut]:
    """The screen in pages, and the kiosk they are drawn for: itself, or one on which more fits a page."""
    loose = cut_screen(screen, words, kiosk.look)
    if loose.fits_one or not (screen.one_page or _asks(screen)):
        return kiosk, loose
    for closer, kept in _ways(kiosk, screen):
        cut = cut_screen(_with(screen, kept), words, closer.look)
        if cut.fits_one:
            return closer, cut
    if not (screen.one_page or _forgets(screen)):
        return kiosk, loose
    closest = kiosk.closer[-1]
    return closest, whole(_with(screen, _needed), words, closest.look)


def _ways(kiosk: Kiosk, screen: Screen) -> tuple[tuple[Kiosk, Kept], ...]:
    """From the loosest to the closest. What may be left out of an answer goes before the visitor's larger letters do."""
    first, *rest = kiosk.closer
    if not screen.one_page:
        return tuple((closer, _anything) for closer in (kiosk.closer if _forgets(screen) else (first,)))
    return ((first, _anything), (first, _needed), *((closer, _needed) for closer in rest))


def _with(screen: Screen, kept: Kept) -> Screen:
    return replace(screen, blocks=tuple(block for block in screen.blocks if kept(block)))


def _anything(block: Block) -> bool:
    return True


def _needed(block: Block) -> bool:
    """Not the way to another apparatus, nor what was told before the question was: both were there the first time."""
    return not isinstance(block, Action) and not (isinstance(block, Note) and block.kind == "note")


def _asks(screen: Screen) -> bool:
    return screen.kind in ASKED and any(isinstance(block, Form) for block in screen.blocks)


def _forgets(screen: Screen) -> bool:
    """Whether what is entered on one page would be forgotten on the next: all but a choice of one."""
    fields = [block.field for block in screen.blocks if isinstance(block, Form)]
    once = any(isinstance(field, Choice) and not field.several for field in fields)
    return screen.kind == "question" and bool(fields) and not once
