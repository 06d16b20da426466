"""The public screens of the catalogue: home, sections, services, the A to Z, search, and the QR code for a phone."""

from onestop.capability import Capability
from onestop.catalogue.screens import letters_screen, phone_screen, screen_at, search_screen
from onestop.screen import Screen
from onestop.site.context import Context


def sections_and_services(context: Context) -> Screen | None:
    return screen_at(context.site.catalogue, context.address.neutral, context.words, context.now)


def letters(context: Context) -> Screen | None:
    return letters_screen(context.site.catalogue, context.words, context.now, context.rest)


def search(context: Context) -> Screen | None:
    index = context.site.indexes[context.words.language]
    return search_screen(context.site.catalogue, index, context.rest, context.words, context.now)


def phone(context: Context) -> Screen | None:
    return phone_screen(context.site.catalogue, f"/{context.rest}", context.words, context.now)


CAPABILITY = Capability(
    "catalogue",
    screens={
        "/": sections_and_services,
        "/a-z": letters,
        "/a-z/": letters,
        "/search": search,
        "/search/": search,
        "/phone": phone,
        "/phone/": phone,
    },
    slow=frozenset({"/search/"}),
)
