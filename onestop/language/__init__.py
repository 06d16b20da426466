"""Interface texts, dates, times and numbers in each language of the council."""

from onestop.language.direction import direction, isolated
from onestop.language.plurals import PLURAL_TAGS, plural_tag, plural_tags
from onestop.language.texts import Translations, language_of, other_language, translated
from onestop.language.words import Words, english_name, load_words

__all__ = [
    "PLURAL_TAGS",
    "Translations",
    "Words",
    "direction",
    "english_name",
    "isolated",
    "language_of",
    "load_words",
    "other_language",
    "plural_tag",
    "plural_tags",
    "translated",
]
