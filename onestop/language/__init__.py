"""Interface texts, dates, times and money in each language the council speaks."""

from onestop.language.words import Words, load_words

__all__ = ["Words", "load_words"]
