"""What every screen has around it: the way home, and the alert."""

from onestop.catalogue.catalogue import Catalogue
from onestop.language import Words, translated
from onestop.screen import Alert, Link


def home_link(words: Words) -> Link:
    return Link(words("Home"), "/")


def alert_of(catalogue: Catalogue, words: Words) -> Alert | None:
    """The alert that is on, in one language."""
    warned = catalogue.alert
    if warned is None:
        return None
    title, text = translated(warned.titles, words.language), translated(warned.texts, words.language)
    return Alert(title, text, warned.target, catalogue.number(warned.target) if warned.target else "")
