"""Interface texts, dates, times and money in each language the council speaks."""

from onestop.language.texts import Said, said
from onestop.language.words import Words, load_words

__all__ = ["Said", "Words", "load_words", "said"]
