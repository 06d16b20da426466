"""Texts that authors have written in several languages."""

from collections.abc import Mapping

Translations = Mapping[str, str]
"""One text by language code, the default language first."""


def translated(texts: Translations, language: str) -> str:
    """Return the text in `language`, or else in the first language it has, or ""."""
    return texts.get(language) or next(iter(texts.values()), "")


def language_of(texts: Mapping[str, object], language: str) -> str:
    """Return the language of what a resident who reads `language` gets of these texts: it, or else the first they have."""
    return language if texts.get(language) else next(iter(texts), language)


def other_language(texts: Mapping[str, object], language: str, around: str = "") -> str:
    """Return the language of what a resident who reads `language` gets, or "" if it is that of the text around it."""
    found = language_of(texts, language)
    return "" if found == (around or language) else found
