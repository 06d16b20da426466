"""A text that somebody has written in several languages."""

from collections.abc import Mapping

Translations = Mapping[str, str]
"""One text by language code, the default language first."""


def translated(texts: Translations, language: str) -> str:
    """A text in `language`, or in the first language it was written in."""
    return texts.get(language) or next(iter(texts.values()), "")
