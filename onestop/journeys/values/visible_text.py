"""Submitted text without characters that cannot be seen: the one rule for every kind of answer."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"
"""Zero-width (non-)joiner: they change how the letters of several scripts, and emoji, are drawn."""
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Drawn as nothing, although Unicode does not class them as format characters."""
_DROPPED = ("Cc", "Cf", "Co", "Cs")
_SELECTORS = re.compile(r"[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def visible_lines(text: str) -> str:
    """Return the text in NFC with its lines kept, every kind of space a plain one, and nothing invisible in it."""
    text = _SELECTORS.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    shown = (" " if sign == "\t" or unicodedata.category(sign) == "Zs" else sign for sign in text)
    kept = [sign for sign in shown if sign == "\n" or sign in _JOINERS or not _is_invisible(sign)]
    signs = (sign for place, sign in enumerate(kept) if sign not in _JOINERS or _joins(kept, place))
    return "".join(signs).strip()


def visible_line(text: str) -> str:
    """Return the same in one line with single spaces."""
    return " ".join(visible_lines(text).split())


def _is_invisible(sign: str) -> bool:
    return sign in _BLANK or unicodedata.category(sign) in _DROPPED


def _joins(signs: list[str], place: int) -> bool:
    """Return whether a joiner stands between two characters that it can join, which those of ASCII are not."""
    around = signs[place - 1 : place] + signs[place + 1 : place + 2]
    return len(around) == 2 and all(not sign.isascii() and sign not in _JOINERS for sign in around)
