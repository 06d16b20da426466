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
_LIKE_ASCII = {
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043",
    "'": "\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4",
    '"': "\u201c\u201d\u201f\u2033",
    "/": "\u2044\u2215",
    ".": "\u066b",
    ",": "\u066c",
}
"""What keyboards and word processors write in place of a sign of ASCII."""
_TYPOGRAPHIC = {ord(sign): plain for plain, signs in _LIKE_ASCII.items() for sign in signs}
MOST = 5000
"""Characters of a text in plain signs: one sign may stand for eighteen, and no answer may be as long."""


def visible_lines(text: str) -> str:
    """Return the text in NFC with its lines kept, every kind of space a plain one, and nothing invisible in it."""
    text = _SELECTORS.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    # Once for each different character: an answer may have 40,000.
    text = text.translate({ord(sign): _shown(sign) for sign in set(text)})
    return _USELESS_JOINERS.sub("", text).strip()


def visible_line(text: str) -> str:
    """Return the same in one line with single spaces."""
    return " ".join(visible_lines(text).split())


def plain_line(text: str) -> str:
    """Return the text in one line as plain signs, dashes and apostrophes: for answers that are read as a code, an address or a number."""
    # A prime and an acute accent have compatibility forms that begin with a space.
    return plain_signs(visible_line(text).translate(_TYPOGRAPHIC))


def plain_signs(text: str) -> str:
    """Return the text with ASCII digits for those of any script and ordinary letters for wide ones. A superscript and a fraction are no
    digits: 5² is not 52, and 12½ not 121/2. Of a text that is longer than any answer only the beginning is returned.
    """
    plain = text[:MOST].translate({ord(sign): _plain(sign) for sign in set(text[:MOST])})
    return unicodedata.normalize("NFC", plain[:MOST])


def has_base(text: str) -> bool:
    """Return whether there is more in the text than marks that are drawn upon the letter before them."""
    return any(sign != " " and not unicodedata.category(sign).startswith("M") for sign in text)


def _plain(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    return sign if category == "No" else unicodedata.normalize("NFKC", sign)


def _shown(sign: str) -> str:
    """Return the character to show for one: a space for any kind of space, "" for what is invisible or no character."""
    category = unicodedata.category(sign)
    if sign == "\t" or category == "Zs":
        return " "
    kept = sign == "\n" or sign in _JOINERS
    return sign if kept or not (sign in _BLANK or category in _DROPPED or _is_noncharacter(sign)) else ""


def _is_noncharacter(sign: str) -> bool:
    """Return whether Unicode will never assign the code point. XML allows neither U+FFFE nor U+FFFF."""
    return ord(sign) & 0xFFFE == 0xFFFE or "\ufdd0" <= sign <= "\ufdef"
