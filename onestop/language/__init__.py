"""Interface texts, dates, times and numbers in each language of the council."""

from onestop.language.texts import Translations, translated
from onestop.language.words import Words, english_name, load_words

__all__ = ["Translations", "Words", "english_name", "load_words", "translated"]
