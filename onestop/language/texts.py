"""Texts that authors have written in several languages."""

from collections.abc import Mapping

Translations = Mapping[str, str]
"""One text by language code, the default language first."""


def translated(texts: Translations, language: str) -> str:
    """Return the text in `language`, or else in the first language it has, or ""."""
    return texts.get(language) or next(iter(texts.values()), "")
