"""The public screens of the catalogue: home, sections, services, the A to Z, search, the accessibility statement, and the QR code for a
phone.
"""

from dataclasses import replace

from onestop.capabilities.missed_words import MissedWords
from onestop.capability import Capability
from onestop.casework.reference import grouped, parse_reference
from onestop.catalogue.catalogue import STATEMENT, Service
from onestop.catalogue.screens import RESULTS, letters_screen, phone_screen, reference_screen, screen_at, search_screen
from onestop.catalogue.screens.alerts import alerts_screen
from onestop.catalogue.screens.frame import ALERTS
from onestop.catalogue.screens.helped import helped_form
from onestop.catalogue.screens.home import home_screen
from onestop.catalogue.statement.statement import statement_screen
from onestop.screen import Heading, Menu, MenuItem, Screen, split_ending
from onestop.site.context import Context

MISSED = MissedWords()


def sections_and_services(context: Context) -> Screen | None:
    if context.address.neutral == "/":
        return home_screen(
            context.site.catalogue, context.words, context.now, area=bool(context.site.local.schedule.rounds)
        )
    screen = screen_at(context.site.catalogue, context.address.neutral, context.words, context.now)
    service = context.site.catalogue.find(context.address.neutral)
    if screen is None or not isinstance(service, Service) or context.channel.packet:
        return screen
    own = context.words.of(screen.language)
    text, ending = split_ending(screen.blocks)
    return replace(screen, blocks=(*text, Heading(own("Did this help?")), helped_form(service, own), *ending))


def letters(context: Context) -> Screen | None:
    screen = letters_screen(context.site.catalogue, context.words, context.now, context.rest)
    if screen is None or context.rest or context.site.local.statement is None:
        return screen
    also = Menu((MenuItem(context.words("Accessibility"), STATEMENT),), "related")
    return replace(screen, blocks=(*screen.blocks, also))


def statement(context: Context) -> Screen | None:
    found = context.site.local.statement
    return statement_screen(found, context.site.catalogue, context.words) if found else None


def search(context: Context) -> Screen | None:
    index = context.site.indexes[context.words.language]
    query, typed = _query(context)
    if digits := parse_reference(query):
        return reference_screen(context.site.catalogue, grouped(digits), query, context.words)
    MISSED.add(context.words.language, index.missing_words(query))
    return search_screen(context.site.catalogue, index, query, context.words, context.now, typed=typed)


def is_new_search(context: Context) -> bool:
    """Return whether a query must be searched for, which takes milliseconds in a large catalogue."""
    return not context.site.indexes[context.words.language].remembers(_query(context)[0])


def _query(context: Context) -> tuple[str, bool]:
    """Return the query in an address, and whether it is one of telephone keys that is complete."""
    keys = context.rest.removesuffix(RESULTS)
    typed = keys != context.rest and keys.isdecimal()
    return keys if typed else context.rest, typed


def alerts(context: Context) -> Screen | None:
    return alerts_screen(context.site.catalogue, context.words)


def phone(context: Context) -> Screen | None:
    return phone_screen(context.site.catalogue, f"/{context.rest}", context.words, context.now)


CAPABILITY = Capability(
    "catalogue",
    screens={
        "/": sections_and_services,
        ALERTS: alerts,
        "/a-z": letters,
        "/a-z/": letters,
        STATEMENT: statement,
        "/search": search,
        "/search/": search,
        "/phone": phone,
        "/phone/": phone,
    },
    slow={"/search/": is_new_search},
    tables=frozenset({"missed_words"}),
    running=lambda parts, database: MISSED.running(parts.clock, database),
)
