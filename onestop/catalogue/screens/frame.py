"""Parts of every screen: the link home and the alert."""

from onestop.catalogue.catalogue import Catalogue
from onestop.language import Words, translated
from onestop.screen import Alert, Link


def home_link(words: Words) -> Link:
    return Link(words("Home"), "/")


def alert_of(catalogue: Catalogue, words: Words) -> Alert | None:
    """Return the current alert in one language, or None."""
    warned = catalogue.alert
    if warned is None:
        return None
    title, text = translated(warned.titles, words.language), translated(warned.texts, words.language)
    return Alert(title, text, warned.target, catalogue.number(warned.target) if warned.target else "")
