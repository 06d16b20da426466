"""Stems of words, and the initial mutations of Welsh."""

import threading
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

import snowballstemmer  # type: ignore[import-untyped]

from onestop.language import english_name

STEMS_KEPT = 4096
"""Single words, whoever asked for them: a stem takes 30 us."""

Stem = Callable[[str], str]

# Initial mutations of Welsh: each group of beginnings is one sound in different places. A soft mutation drops "g" altogether.
_BEGINNINGS = {
    "cy": tuple(
        tuple(forms.split())
        for forms in ("p b mh ph", "t d nh th", "c g ngh ch", "b f m", "d dd n", "g ng", "m f", "ll l", "rh r")
    )
}
_DROPPED = {"cy": ("g", "aeiloruwy")}

# Endings of Welsh nouns and verbs, and the fewest letters that must stand before one.
_WELSH_ENDINGS = tuple(
    sorted(
        (
            *(
                (ending, 3)
                for ending in [
                    "iau",
                    "ion",
                    "ydd",
                    "oedd",
                    "oedd",
                    "iaid",
                    "odd",
                    "asom",
                    "asoch",
                    "wyd",
                    "feydd",
                    "iadau",
                ]
            ),
            *(
                (ending, 3)
                for ending in ["au", "od", "yddion", "iadau", "aeth", "edd", "ennau", "ynnau", "ant", "iant"]
            ),
            *(
                (ending, 4)
                for ending in [
                    "i",
                    "ed",
                    "u",
                    "wch",
                    "ir",
                    "wn",
                    "ais",
                    "ol",
                    "us",
                    "en",
                    "yn",
                    "on",
                    "es",
                    "wr",
                    "wraig",
                ]
            ),
            *((ending, 4) for ending in ["io", "o", "a", "iwch", "ion", "iaf", "af", "ai"]),
        ),
        key=lambda pair: -len(pair[0]),
    )
)
# Vowels that change before an ending: "swn" has the adjective "swnllyd", "afon" the plural "afonydd", "car" "ceir", "plentyn" "plant".
_IRREGULAR = {
    "cy": {
        "plant": "plent", "blant": "plent", "phlant": "plent", "plentyn": "plent", "blentyn": "plent",
        "ceir": "car", "geir": "car", "cheir": "car", "cwn": "ci", "gwn": "ci", "chwn": "ci",
        "tai": "ty", "dai": "ty", "thai": "ty", "ffyrdd": "ffordd", "cerdyn": "card", "cardiau": "card",
        "ysgolion": "ysgol", "llygod": "llyg", "llygoden": "llyg", "coed": "coed", "coeden": "coed", "goeden": "coed",
    }
}  # fmt: skip


def mutated(word: str, language: str) -> Iterator[str]:
    """Yield the other mutated forms of a word: Welsh "bin" is also "fin" and "min", "gardd" also "ardd"."""
    for forms in _BEGINNINGS.get(language, ()):
        for form in forms:
            if word.startswith(form):
                yield from (other + word[len(form) :] for other in forms if other != form)
    letter, followers = _DROPPED.get(language, ("", ""))
    if letter and word[:1] == letter and word[1:2] in followers:
        yield word[1:]
    if letter and word[:1] in followers:
        yield letter + word


@cache
def stemmer(language: str) -> Stem:
    """Return the function that reduces a word to its stem: "collecting" and "collections" to "collect".

    Welsh has a light one; other languages without an algorithm have the English one.
    """
    if language in _IRREGULAR:
        return _welsh_stem
    name = english_name(language).lower()
    algorithm = name if name in snowballstemmer.algorithms() else "english"
    own = threading.local()

    @lru_cache(maxsize=STEMS_KEPT)
    def stem(word: str) -> str:
        # A Snowball stemmer keeps the word it works on in itself, and searches run in several threads.
        if not hasattr(own, "stem"):
            own.stem = snowballstemmer.stemmer(algorithm).stemWord
        found: str = own.stem(word)
        return found

    return stem


def stemmers(language: str) -> tuple[Stem, ...]:
    """Return the stemmers for the pages of a language: its own and the English one, since many of its services are in English."""
    return tuple(dict.fromkeys((stemmer(language), stemmer("en"))))


def _welsh_stem(word: str) -> str:
    known = _IRREGULAR["cy"].get(word)
    if known:
        return known
    for ending, least in _WELSH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word
