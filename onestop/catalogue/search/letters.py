"""The A to Z: services by the first letter of their title, in the alphabet of its language."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from onestop.catalogue.catalogue import Service
from onestop.catalogue.search.terms import fold
from onestop.language import language_of

OTHER = "0-9"
FIRST = 0x80
"""What the first letter of an alphabet is sorted as: after every sign of ASCII."""
LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
ALPHABETS: Mapping[str, str] = {
    "cy": "a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "ur": "ا ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ہ ھ ء ی ے",
}
"""The letters of languages whose own alphabet is not the order of Unicode, as their dictionaries have it. Welsh has its digraphs, and
letters of borrowed words in their Latin places. Any other language has the letters of its titles, without accents.
"""


class PlainLetters(dict[int, str]):
    """A table for str.translate: a character stands for itself if it is a letter of the alphabet, else it is folded."""

    def __init__(self, letters: Iterable[str]) -> None:
        super().__init__()
        self.letters = frozenset(letters)

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        found = self[code] = sign if sign in self.letters else fold(sign) or sign
        return found


class LetterPlace(NamedTuple):
    """The letter that a title is under, and what it is sorted by."""

    letter: str
    key: str


@dataclass(frozen=True, slots=True)
class Alphabet:
    """`keys` are what its letters are sorted as, `single` those of one character, for str.translate; `pattern` finds the letters of a
    title, and `plain` is what stands for a character.
    """

    keys: Mapping[str, str]
    single: Mapping[int, str]
    pattern: re.Pattern[str]
    plain: PlainLetters

    def letters(self, title: str) -> list[str]:
        """Return a title as its letters: "Chwarae" in Welsh is ch, w, a, r, a, e. What is in no alphabet stands alone, folded."""
        small = unicodedata.normalize("NFC", title.lower())
        return self.pattern.findall(small.translate(self.plain))

    def key(self, letters: Sequence[str]) -> str:
        """Return what sorts letters as this alphabet does: signs first, then its letters, then those of other scripts."""
        joined = "".join(letters)
        if len(joined) == len(letters):
            return joined.translate(self.single)
        return "".join([self.keys.get(letter, letter) for letter in letters])


@cache
def alphabet(language: str) -> Alphabet:
    """Return the alphabet of a language, the Latin one if it has no table."""
    own = ALPHABETS.get(language, LATIN).split()
    letters = dict.fromkeys((*own, *LATIN.split()))
    longest = "|".join(letter for letter in own if len(letter) > 1)
    pattern = re.compile(f"{longest}|." if longest else ".", re.DOTALL)
    keys = {letter: chr(FIRST + rank) for rank, letter in enumerate(letters)}
    ascii_signs = {code: chr(code) for code in range(FIRST)}
    single = {ord(letter): key for letter, key in keys.items() if len(letter) == 1}
    return Alphabet(keys, ascii_signs | single, pattern, PlainLetters(keys))


def by_letter(services: Sequence[Service], language: str) -> Mapping[str, tuple[Service, ...]]:
    """Return services by the first letter of their title in one language, letters and titles sorted as in its dictionaries."""
    return sorted_by_letter([(place_in_a_to_z(service, language), service) for service in services], language)


def place_in_a_to_z(service: Service, language: str) -> LetterPlace:
    """Return where a service stands. A title that is not translated keeps the letters of its own language: "Child care" is under C in
    Welsh too.
    """
    own = alphabet(language_of(service.texts, language)).letters(service.title(language))
    return LetterPlace(own[0] if own and own[0].isalpha() else OTHER, alphabet(language).key(own))


def sorted_by_letter(
    services: Iterable[tuple[LetterPlace, Service]], language: str
) -> Mapping[str, tuple[Service, ...]]:
    """Return what `by_letter` does, for services whose places are known."""
    found: dict[str, list[tuple[str, Service]]] = {}
    for (first, key), service in services:
        found.setdefault(first, []).append((key, service))
    shown = alphabet(language)
    ordered = sorted(found.items(), key=lambda pair: (pair[0] != OTHER, shown.key([pair[0]])))
    return {letter: tuple(service for _, service in sorted(pairs, key=itemgetter(0))) for letter, pairs in ordered}


def capital(letter: str) -> str:
    """Return a letter as it begins a word: "Ll" in Welsh."""
    return letter[:1].upper() + letter[1:]
