"""Which screen an address asks for."""

from collections.abc import Callable, Mapping
from datetime import datetime

from onestop.catalogue.screens import letters_screen, phone_screen, screen_at, search_screen
from onestop.language import Words
from onestop.screen import Screen
from onestop.site.address import Address
from onestop.site.site import Site

Finder = Callable[[Site, str, Words, datetime], Screen | None]


def find_screen(site: Site, address: Address, now: datetime) -> Screen | None:
    """The screen at an address: the channel's own, or the catalogue's; None if there is none."""
    words = site.words_for(address)
    first, _, rest = address.neutral[1:].partition("/")
    own = address.channel.own_screen(address.neutral, words)
    if own is not None:
        return own
    return FINDERS.get(first, _catalogue)(site, address.neutral if first not in FINDERS else rest, words, now)


def slow(address: Address) -> bool:
    """Whether finding the screen may take so long in a large catalogue that the event loop must not wait for it."""
    return address.neutral.startswith("/search/")


def _catalogue(site: Site, neutral: str, words: Words, now: datetime) -> Screen | None:
    return screen_at(site.catalogue, neutral, words, now)


def _letters(site: Site, letter: str, words: Words, now: datetime) -> Screen | None:
    return letters_screen(site.catalogue, words, now, letter)


def _search(site: Site, query: str, words: Words, now: datetime) -> Screen | None:
    return search_screen(site.catalogue, site.indexes[words.language], query, words, now)


def _phone(site: Site, rest: str, words: Words, now: datetime) -> Screen | None:
    return phone_screen(site.catalogue, f"/{rest}", words, now)


FINDERS: Mapping[str, Finder] = {"a-z": _letters, "search": _search, "phone": _phone}
