"""The direction of scripts, and numbers that keep theirs inside a text of the other."""

import re
from functools import cache

from babel import Locale

MARK = "\u200e"
"""The left-to-right mark: digits after it are of a left-to-right run (rule W7 of Unicode's UAX #9), so groups keep their order."""
RIGHT_TO_LEFT_MARK = "\u200f"
NUMBER = re.compile(r"\u200e?(?<![\w£€$+.,:/-])[£€$+]?\d[\d.,:/\u2013-]*(?:[ \u00a0]\d[\d.,:/\u2013-]*)*")


@cache
def direction(language: str) -> str:
    """Return "rtl" for a language that is written from right to left, else "ltr"."""
    return str(Locale(language).text_direction)


def isolated(text: str) -> str:
    """Return a text of a right-to-left language in which the parts of each number, price, time or telephone number keep their order."""
    return NUMBER.sub(lambda found: MARK + found[0].removeprefix(MARK), text)


def begun(text: str) -> str:
    """Return a text of a right-to-left language so that it is one run in a line of the other direction too, if it begins with a number."""
    return RIGHT_TO_LEFT_MARK + text if text[:1].isdigit() else text
