"""Parts of every screen: the link home and the alert."""

from onestop.catalogue.catalogue import Catalogue, Section, Service
from onestop.language import Words, other_language, translated
from onestop.screen import Alert, Link, MenuItem


def home_link(words: Words) -> Link:
    return Link(words("Home"), "/")


def alert_of(catalogue: Catalogue, words: Words) -> Alert | None:
    """Return the current alert in one language, or None."""
    if not catalogue.alerts:
        return None
    warned = catalogue.alerts[0]
    title, text = translated(warned.titles, words.language), translated(warned.texts, words.language)
    number = catalogue.number(warned.target) if warned.target else ""
    return Alert(title, text, warned.target, number, other_language(warned.titles, words.language))


def section_link(section: Section, words: Words) -> Link:
    return Link(section.title(words.language), section.address, other_language(section.titles, words.language))


def service_link(service: Service, words: Words) -> Link:
    return Link(service.title(words.language), service.address, other_language(service.texts, words.language))


def service_item(thing: Section | Service, words: Words, around: str) -> MenuItem:
    """Return a section or service as a menu item of a screen in the language `around`."""
    language = words.language
    texts = thing.titles if isinstance(thing, Section) else thing.texts
    other = other_language(texts, language, around)
    return MenuItem(thing.title(language), thing.address, thing.number, summary=thing.summary(language), language=other)
