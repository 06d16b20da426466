"""Interface texts, dates, times and money in each language the council speaks."""

from onestop.language.texts import Translations, translated
from onestop.language.words import Words, load_words

__all__ = ["Translations", "Words", "load_words", "translated"]
