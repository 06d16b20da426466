"""A text that somebody has written in several languages."""

from collections.abc import Mapping

Said = Mapping[str, str]
"""One text by language code, the default language first."""


def said(texts: Said, language: str) -> str:
    """A text in `language`, or in the first language it was written in."""
    return texts.get(language) or next(iter(texts.values()), "")
