"""Parts of every screen: links and the alert."""

from onestop.catalogue.catalogue import Catalogue, Section, Service
from onestop.language import Words, other_language, translated
from onestop.screen import Alert, Link, MenuItem

ALERTS = "/alerts"
"""The neutral address of the screen of all alerts."""


def home_link(words: Words) -> Link:
    return Link(words("Home"), "/")


def alert_of(catalogue: Catalogue, words: Words) -> Alert | None:
    """Return the banner of the current alerts in one language, or None. Of several it has the titles, and leads to all of them."""
    found = alerts_in(catalogue, words)
    if len(found) < 2:
        return found[0] if found else None
    titles = " ".join(f"{alert.title} {alert.number}".strip() for alert in found)
    return Alert(titles, "", ALERTS, "", found[0].language)


def alerts_in(catalogue: Catalogue, words: Words) -> list[Alert]:
    """Return the current alerts in one language."""
    return [
        Alert(
            translated(alert.titles, words.language),
            translated(alert.texts, words.language),
            alert.target,
            catalogue.number(alert.target) if alert.target else "",
            other_language(alert.titles, words.language),
        )
        for alert in catalogue.alerts
    ]


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
