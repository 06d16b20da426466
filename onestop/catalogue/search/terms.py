"""Terms: the words of a text without case and accents, and their digits on a telephone keypad."""

import re
import unicodedata
from itertools import pairwise

EDITION = 3
"""Of the rules in this module: a cached index made by another edition is made anew."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
KEYS = str.maketrans(LETTERS, "22233344455566677778889999")

# Marks that stand above or below a letter in scripts of India are part of a word, but not of what \w matches.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0900-\u0dff])*")
_APOSTROPHE = re.compile(r"['’‘`´]")
_UNDIVIDED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)
"""Latin letters that Unicode does not take apart into a letter and an accent."""
_ACCENTS = frozenset(
    (
        *range(0x300, 0x370),
        *range(0x610, 0x61B),
        0x640,
        *range(0x64B, 0x660),
        0x670,
        *range(0x6D6, 0x6EE),
        0x200C,
        0x200D,
    )
)
"""Accents of Latin, Greek and Cyrillic letters; vowel signs, the stretching sign and the joiners of Arabic ones, which few people type."""
_SAME = str.maketrans("يىكهةۂأإآٱئؤ", "ییکہہہاااایو")
"""Arabic letters as an Arabic keyboard has them, and as an Urdu one does."""

# Stop words, English and Welsh.
_ENGLISH = """
    a about am an and any are as at be been but by can could did do does for from get got had has have hello help hi how i id if im
    in into is it its ive just like me mine my need not now of on or our out please should so some that thats the their them then
    there they this to too up us want was we what whats when where which who whos why will with would you your"""
_WELSH = """
    ac am ar at beth ble chi cael dw dwi dy ei eich dda eisiau ein eu fel fi fy fyd gan gwelwch gyda gydar help hwn hyn hynny i ir mae
    maer mewn mi ni o oes os pa pam pan pryd pwy roi rwy rwyf rwyn rydw rydym sut sy sydd un wedi wrth wyf y ydw ydy yw yn yng ym yr"""
EMPTY = frozenset((*_ENGLISH.split(), *_WELSH.split()))


def fold(text: str) -> str:
    """Return a text in lower case without accents; digits are 0 to 9, and Arabic letters are those of Urdu."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.lower().translate(_UNDIVIDED).translate(_SAME))
    plain = "".join(_digit(part) for part in apart if ord(part) not in _ACCENTS)
    return unicodedata.normalize("NFC", plain)


def _digit(sign: str) -> str:
    """Return a digit of any script as one of ours: a number may be typed as ۲۱۴."""
    value = unicodedata.decimal(sign, None)
    return sign if value is None or sign.isascii() else str(value)


def terms(text: str) -> list[str]:
    """Return the words of a text, folded: "Renew your driver's licence" is renew, your, drivers, licence."""
    return _WORD.findall(_APOSTROPHE.sub("", fold(text)))


def content_words(text: str) -> list[str]:
    """Return the words of a text that are not stop words."""
    return [word for word in terms(text) if word not in EMPTY]


def pairs(words: list[str]) -> list[str]:
    """Return each two neighbouring words as one: "council tax bill" gives counciltax and taxbill."""
    return [first + second for first, second in pairwise(words)]


def as_one(text: str) -> str:
    """Return a text as one word, stop words and all: "Where do I vote?" is wheredoivote."""
    return "".join(terms(text))


def digits(word: str) -> str:
    """Return the telephone keys of a word: "repairs" is 7372477."""
    return word.translate(KEYS)
