"""Choose the spacing of a kiosk page: as generous as fits, and tighter where a question would not fit one page."""

from collections.abc import Callable
from dataclasses import replace

from channels.kiosk.devices import Kiosk
from channels.kiosk.pagination import QUESTION_KINDS, PagedScreen, paginate_screen, single_page
from onestop.language import Words
from onestop.screen import Action, Block, Choice, Form, Note, Screen

BlockFilter = Callable[[Block], bool]


def fit_screen(screen: Screen, words: Words, kiosk: Kiosk) -> tuple[Kiosk, PagedScreen]:
    """Return the pages of a screen, and the device they are drawn for: the given kiosk or a denser version of it."""
    loose = paginate_screen(screen, words, kiosk.look)
    if loose.fits_one or not (screen.one_page or _has_form(screen)):
        return kiosk, loose
    for closer, kept in _candidates(kiosk, screen):
        cut = paginate_screen(_with(screen, kept), words, closer.look)
        if cut.fits_one:
            return closer, cut
    if not (screen.one_page or _loses_answers_across_pages(screen)):
        return _several_pages(screen, words, kiosk, loose)
    closest = kiosk.closer[-1]
    return closest, single_page(_with(screen, _is_essential), words, closest.look)


def _several_pages(screen: Screen, words: Words, kiosk: Kiosk, loose: PagedScreen) -> tuple[Kiosk, PagedScreen]:
    """Return the most generous density at which no page overflows: one option with its button may be higher than a page."""
    if loose.fits:
        return kiosk, loose
    cuts = ((closer, paginate_screen(screen, words, closer.look)) for closer in kiosk.closer)
    return next(((closer, cut) for closer, cut in cuts if cut.fits), (kiosk, loose))


def _candidates(kiosk: Kiosk, screen: Screen) -> tuple[tuple[Kiosk, BlockFilter], ...]:
    """Return densities to try with the blocks to keep, the most generous first. Optional blocks go before large text does."""
    first, *rest = kiosk.closer
    if not screen.one_page:
        return tuple(
            (closer, _any_block) for closer in (kiosk.closer if _loses_answers_across_pages(screen) else (first,))
        )
    return ((first, _any_block), (first, _is_essential), *((closer, _is_essential) for closer in rest))


def _with(screen: Screen, kept: BlockFilter) -> Screen:
    return replace(screen, blocks=tuple(block for block in screen.blocks if kept(block)))


def _any_block(block: Block) -> bool:
    return True


def _is_essential(block: Block) -> bool:
    """Return whether a block must stay when a question is asked again: not the link to another device, nor introductory notes."""
    return not isinstance(block, Action) and not (isinstance(block, Note) and block.kind == "note")


def _has_form(screen: Screen) -> bool:
    return screen.kind in QUESTION_KINDS and any(isinstance(block, Form) for block in screen.blocks)


def _loses_answers_across_pages(screen: Screen) -> bool:
    """Return whether splitting the question over pages would lose input: true for every field but a choice of one."""
    fields = [block.field for block in screen.blocks if isinstance(block, Form)]
    once = any(isinstance(field, Choice) and not field.several for field in fields)
    return screen.kind == "question" and bool(fields) and not once
