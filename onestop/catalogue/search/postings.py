"""Postings: which words occur in which services and the reverse, packed into arrays."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from itertools import accumulate
from typing import Any

from onestop.catalogue.catalogue import Catalogue, Section, Service
from onestop.catalogue.search.terms import EMPTY, digits, stemmer, terms

IN_TITLE, IN_WORDS, IN_SUMMARY, IN_HEADINGS, SECTION_TITLE = 12, 9, 4, 2, 15
ELSEWHERE = 1
"""The weight of words of another language's title: somebody may search for "library" on a Welsh page."""
WEIGHT_BITS = 4
HEAVIEST = (1 << WEIGHT_BITS) - 1

Thing = Section | Service


@dataclass(frozen=True, slots=True)
class Postings:
    """The `vocabulary` is sorted; a word's number is its place in it. `keyed` is the same by telephone keys, `stems` by stem.

    The things of a word are in `word_things` from its entry in `word_starts` on, the heaviest first; the words of a thing are in
    `thing_words`. An entry packs a number and a weight into one integer.
    """

    vocabulary: tuple[str, ...]
    keyed: tuple[str, ...]
    keyed_words: array[int]
    stems: tuple[str, ...]
    stemmed_words: array[int]
    word_starts: array[int]
    word_things: array[int]
    thing_starts: array[int]
    thing_words: array[int]

    def word(self, word: str) -> int | None:
        place = bisect_left(self.vocabulary, word)
        return place if place < len(self.vocabulary) and self.vocabulary[place] == word else None

    def beginning(self, start: str) -> range:
        """Return the numbers of all words that begin with `start`."""
        return range(bisect_left(self.vocabulary, start), bisect_left(self.vocabulary, start + "\uffff"))

    def keyed_beginning(self, keys: str) -> Sequence[int]:
        """Return the numbers of all words whose keys begin with `keys`."""
        return self.keyed_words[bisect_left(self.keyed, keys) : bisect_left(self.keyed, keys + "\uffff")]

    def with_stem(self, stem: str) -> Sequence[int]:
        """Return the numbers of all words that have this stem."""
        return self.stemmed_words[bisect_left(self.stems, stem) : bisect_right(self.stems, stem)]

    def things(self, word: int, most: int) -> list[int]:
        """Return at most so many things in which a word occurs, those where it weighs most first."""
        start, end = self.word_starts[word], self.word_starts[word + 1]
        return [entry & _THING for entry in self.word_things[start : min(end, start + most)]]

    def count(self, word: int) -> int:
        return self.word_starts[word + 1] - self.word_starts[word]

    def words(self, thing: int) -> array[int]:
        """Return the words of a thing, as entries: a word's number above its weight."""
        return self.thing_words[self.thing_starts[thing] : self.thing_starts[thing + 1]]


_THING_BITS = 32 - WEIGHT_BITS
_THING = (1 << _THING_BITS) - 1


def post(things: Sequence[Thing], language: str) -> Postings:
    """Return the postings of all words of some things in one language."""
    numbers: dict[str, int] = {}
    thing_entries: list[array[int]] = []
    for thing in things:
        weights = _weights(thing, language)
        entries = (numbers.setdefault(word, len(numbers)) << WEIGHT_BITS | w for word, w in weights.items())
        thing_entries.append(array("I", entries))
    vocabulary = tuple(sorted(numbers))
    place = array("I", bytes(4 * len(numbers)))
    for number, word in enumerate(vocabulary):
        place[numbers[word]] = number
    found: list[array[int]] = [array("I") for _ in vocabulary]
    for thing_number, words in enumerate(thing_entries):
        for index, entry in enumerate(words):
            number, weight = place[entry >> WEIGHT_BITS], entry & HEAVIEST
            words[index] = number << WEIGHT_BITS | weight
            found[number].append((HEAVIEST - weight) << _THING_BITS | thing_number)
    keyed = sorted((digits(word), number) for number, word in enumerate(vocabulary))
    stem = stemmer(language)
    stemmed = sorted((stem(word), number) for number, word in enumerate(vocabulary) if not word.isdigit())
    word_starts, word_things = _packed([array("I", sorted(entries)) for entries in found])
    thing_starts, thing_words = _packed(thing_entries)
    return Postings(
        vocabulary,
        tuple(keys for keys, _ in keyed),
        array("I", (number for _, number in keyed)),
        tuple(stem for stem, _ in stemmed),
        array("I", (number for _, number in stemmed)),
        word_starts,
        word_things,
        thing_starts,
        thing_words,
    )


def _packed(entries: Sequence[array[int]]) -> tuple[array[int], array[int]]:
    together: array[int] = array("I")
    for part in entries:
        together.extend(part)
    return array("L", accumulate((len(part) for part in entries), initial=0)), together


def _weights(thing: Thing, language: str) -> Mapping[str, int]:
    """Return every word of a thing with the weight of the heaviest text it occurs in."""
    weights: dict[str, int] = {}
    for weight, text in _texts(thing, language):
        for word in terms(text):
            if weights.get(word, 0) < weight and word not in EMPTY:
                weights[word] = weight
    return weights


def _texts(thing: Thing, language: str) -> Iterable[tuple[int, str]]:
    if isinstance(thing, Section):
        return ((SECTION_TITLE, thing.title(language)), (IN_SUMMARY, thing.summary(language)))
    text = thing.text(language)
    return (
        (IN_TITLE, text.title),
        (IN_WORDS, " ".join(text.words)),
        (IN_SUMMARY, text.summary),
        (IN_HEADINGS, " ".join(text.headings)),
        *((ELSEWHERE, f"{other.title} {' '.join(other.words)}") for other in thing.texts.values() if other is not text),
    )


def all_things(catalogue: Catalogue) -> tuple[Thing, ...]:
    return (*catalogue.sections, *catalogue.services)


def words_digest(thing: Thing) -> int:
    """Return 64 bits that stand for every word `post` looks at, in every language."""
    if isinstance(thing, Section):
        words = repr((thing.titles, thing.summaries))
    else:
        texts = thing.texts.values()
        words = "\0".join(
            part for text in texts for part in (text.title, text.summary, *text.words, "\0", *text.headings, "\0")
        )
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big")


def packed(postings: Postings) -> list[tuple[str, object]]:
    """Return postings as plain values, to be written to a cache."""
    parts = (getattr(postings, field.name) for field in fields(Postings))
    return [(part.typecode, part.tobytes()) if isinstance(part, array) else ("", part) for part in parts]


def unpacked(parts: Sequence[tuple[str, Any]]) -> Postings:
    made: list[Any] = [array(code, part) if code else part for code, part in parts]
    return Postings(*made)
