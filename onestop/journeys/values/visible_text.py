"""Submitted text without characters that cannot be seen: the one rule for every kind of answer."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"
"""Zero-width (non-)joiner: they change how the letters of several scripts, and emoji, are drawn."""
_JOINED = f"[^\x00-\x7f{_JOINERS}]"
_USELESS_JOINERS = re.compile(f"(?<!{_JOINED})[{_JOINERS}]|[{_JOINERS}](?!{_JOINED})")
"""Joiners that do not stand between two characters that they can join, which those of ASCII are not."""
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Drawn as nothing, although Unicode does not class them as format characters."""
_DROPPED = ("Cc", "Cf", "Co", "Cs")
_SELECTORS = re.compile(r"[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def visible_lines(text: str) -> str:
    """Return the text in NFC with its lines kept, every kind of space a plain one, and nothing invisible in it."""
    text = _SELECTORS.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    # Once for each different character: an answer may have 40,000.
    text = text.translate({ord(sign): _shown(sign) for sign in set(text)})
    return _USELESS_JOINERS.sub("", text).strip()


def visible_line(text: str) -> str:
    """Return the same in one line with single spaces."""
    return " ".join(visible_lines(text).split())


def _shown(sign: str) -> str:
    """Return the character to show for one: a space for any kind of space, "" for what is invisible."""
    category = unicodedata.category(sign)
    if sign == "\t" or category == "Zs":
        return " "
    kept = sign == "\n" or sign in _JOINERS
    return sign if kept or not (sign in _BLANK or category in _DROPPED) else ""
