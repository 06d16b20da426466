"""The plural forms of each language, by the tags of the CLDR: zero, one, two, few, many, other."""

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.plural import PluralRule

PLURAL_TAGS = ("zero", "one", "two", "few", "many")
"""The tags besides "other", which every language has."""


def plural_tag(language: str, number: int) -> str:
    """Return the tag of the form that a number takes: "two" for 2 in Welsh, "other" in English."""
    return _rule(language)(number)


def plural_tags(language: str) -> frozenset[str]:
    """Return the tags that a language distinguishes, without "other"."""
    return frozenset(_rule(language).tags)


@cache
def _rule(language: str) -> PluralRule:
    try:
        return Locale.parse(language).plural_form
    except (UnknownLocaleError, ValueError):
        return PluralRule({})
