"""What every screen has around it: the way home, and the alert."""

from onestop.catalogue.catalogue import Catalogue
from onestop.language import Words, said
from onestop.screen import Alert, Link


def home_link(words: Words) -> Link:
    return Link(words("Home"), "/")


def alert_of(catalogue: Catalogue, words: Words) -> Alert | None:
    """The alert that is on, in one language."""
    warned = catalogue.alert
    if warned is None:
        return None
    title, text = said(warned.titles, words.language), said(warned.texts, words.language)
    return Alert(title, text, warned.target, catalogue.number(warned.target) if warned.target else "")
