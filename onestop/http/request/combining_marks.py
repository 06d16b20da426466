"""Limit of the combining marks in submitted text."""

import re
import unicodedata

MAX_MARKS = 30
"""Combining marks in a row: the Stream-Safe Text Format of UAX #15. Normalising a longer run takes quadratic time."""


def limit_marks(text: str) -> str:
    """Return the text with at most MAX_MARKS combining marks in a row; further ones are dropped."""
    if text.isascii():
        return text
    # Looked up once for each different character: an answer may have 40,000.
    marks = "".join(re.escape(character) for character in set(text) if unicodedata.combining(character))
    return re.sub(f"([{marks}]{{{MAX_MARKS}}})[{marks}]+", r"\1", text) if marks else text
