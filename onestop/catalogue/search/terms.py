"""Terms: the words of a text without case and accents, their forms, and their digits on a telephone keypad."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

import snowballstemmer  # type: ignore[import-untyped]

from onestop.language import english_name

LETTERS = "abcdefghijklmnopqrstuvwxyz"
KEYS = str.maketrans(LETTERS, "22233344455566677778889999")

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHE = re.compile(r"['’]")

# Stop words, English and Welsh.
_ENGLISH = """
    a about an and are as at be but by can do for from get have how i if in into is it me my need no not of on or our
    out please so that the their there they this to up us want we what when where which who will with you your"""
_WELSH = """
    ac am ar at beth ble chi cael dy ei eich eu fel fi gan gyda hwn hyn ir mae mewn o oes os pa pan pwy rwy rydw sut
    sydd un wedi wrth y ydy yn yr"""
# Initial mutations of Welsh: each group of beginnings is one sound in different places.
_BEGINNINGS = {
    "cy": tuple(
        tuple(forms.split())
        for forms in ("p b mh ph", "t d nh th", "c g ngh ch", "b f m", "d dd n", "g ng", "m f", "ll l", "rh r")
    )
}
EMPTY = frozenset((*_ENGLISH.split(), *_WELSH.split()))


def fold(text: str) -> str:
    """Return a text in lower case without accents."""
    if text.isascii():
        return text.lower()
    return "".join(part for part in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(part))


def terms(text: str) -> list[str]:
    """Return the words of a text, folded: "Renew your driver's licence" is renew, your, drivers, licence."""
    return _WORD.findall(_APOSTROPHE.sub("", fold(text)))


def digits(word: str) -> str:
    """Return the telephone keys of a word: "repairs" is 7372477."""
    return word.translate(KEYS)


def mutated(word: str, language: str) -> Iterator[str]:
    """Yield the other mutated forms of a word: Welsh "bin" is also "fin" and "min"."""
    for forms in _BEGINNINGS.get(language, ()):
        for form in forms:
            if word.startswith(form):
                yield from (other + word[len(form) :] for other in forms if other != form)


def one_letter_off(word: str, places: int | None = None) -> Iterator[str]:
    """Yield every word at one typing error's distance: a letter left out, added, changed, or two swapped.

    Only errors at the first so many `places` if they are given.
    """
    for place in range(len(word) + 1 if places is None else places):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
            if len(tail) > 1:
                yield head + tail[1] + tail[0] + tail[2:]
            for letter in LETTERS:
                yield head + letter + tail[1:]
        for letter in LETTERS:
            yield head + letter + tail


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Return the function that reduces a word to its stem: "collecting" and "collections" to "collect".

    Languages without an algorithm, as Welsh, have the English one: their pages are searched for English words, too.
    """
    name = english_name(language).lower()
    stem: Callable[[str], str] = snowballstemmer.stemmer(
        name if name in snowballstemmer.algorithms() else "english"
    ).stemWord
    return stem
