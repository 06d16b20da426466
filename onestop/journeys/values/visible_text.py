"""Text as it was typed, without what cannot be seen in it."""

import re
import unicodedata

_UNSEEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\ufeff]")


def tidy_lines(text: str) -> str:
    """The text without what cannot be seen, its lines kept."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


def tidy_line(text: str) -> str:
    """The text in one line."""
    return " ".join(tidy_lines(text.replace("\t", " ")).split())
