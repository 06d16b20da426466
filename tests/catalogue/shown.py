"""A screen as it is at noon on the day of the tests, and what stands on it."""

from datetime import UTC, datetime

from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens import (
    screen_at,
)
from onestop.language import Words
from onestop.screen import (
    Menu,
    Paragraph,
    Screen,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def shown(catalogue: Catalogue, address: str, words: Words, now: datetime = NOON) -> Screen:
    screen = screen_at(catalogue, address, words, now)
    assert screen
    return screen


def menu_of(screen: Screen) -> Menu:
    return next(block for block in screen.blocks if isinstance(block, Menu))


def text_of(screen: Screen) -> str:
    return " ".join(run.text for block in screen.blocks if isinstance(block, Paragraph) for run in block.text)
