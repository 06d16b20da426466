"""Postings: which words occur in which services and the reverse, packed into arrays."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate
from typing import Any

from onestop.catalogue.search.fields import HEAVIEST, WEIGHT_BITS
from onestop.catalogue.search.spelling import skeleton
from onestop.catalogue.search.stems import Stem
from onestop.catalogue.search.terms import digits

WORTH_BISECTING = 6
"""How many entries of a word are read in the time in which a word is looked up among those of one thing."""
SPELLED = range(5, 24)
"""Lengths of words whose spelling is corrected."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The `vocabulary` is sorted; a word's number is its place in it.

    `keyed` is the same by telephone keys, `stems` by stem, `skeletons` by consonants. The things of a word are in `word_things` from
    its entry in `word_starts` on, the heaviest first; the words of a thing, by number, are in `thing_words`. An entry packs a number and a
    weight into one integer.
    """

    vocabulary: tuple[str, ...]
    keyed: tuple[str, ...]
    keyed_words: array[int]
    stems: tuple[str, ...]
    stemmed_words: array[int]
    skeletons: tuple[str, ...]
    skeleton_words: array[int]
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

    def with_keys(self, keys: str) -> Sequence[int]:
        """Return the numbers of all words that have these keys."""
        return self.keyed_words[bisect_left(self.keyed, keys) : bisect_right(self.keyed, keys)]

    def with_stem(self, stem: str) -> Sequence[int]:
        """Return the numbers of all words that have this stem."""
        return self.stemmed_words[bisect_left(self.stems, stem) : bisect_right(self.stems, stem)]

    def with_skeleton(self, consonants: str) -> Sequence[int]:
        """Return the numbers of all words that have these consonants."""
        return self.skeleton_words[bisect_left(self.skeletons, consonants) : bisect_right(self.skeletons, consonants)]

    def things(self, word: int, most: int) -> Iterator[tuple[int, int]]:
        """Yield at most so many things in which a word occurs with its weight, those where it weighs most first."""
        start, end = self.word_starts[word], self.word_starts[word + 1]
        return (
            (entry & _THING, HEAVIEST - (entry >> _THING_BITS))
            for entry in self.word_things[start : min(end, start + most)]
        )

    def count(self, word: int) -> int:
        return self.word_starts[word + 1] - self.word_starts[word]

    def most(self, word: int) -> int:
        """Return the word's weight in the thing where it weighs most."""
        return HEAVIEST - (self.word_things[self.word_starts[word]] >> _THING_BITS)

    def among(self, word: int, things: Collection[int]) -> Iterator[tuple[int, int]]:
        """Yield those of some things in which a word occurs, each with the word's weight there."""
        start, end = self.word_starts[word], self.word_starts[word + 1]
        if end - start <= WORTH_BISECTING * len(things):
            for entry in self.word_things[start:end]:
                if (thing := entry & _THING) in things:
                    yield thing, HEAVIEST - (entry >> _THING_BITS)
            return
        for thing in things:
            end = self.thing_starts[thing + 1]
            place = bisect_left(self.thing_words, word << WEIGHT_BITS, self.thing_starts[thing], end)
            if place < end and (entry := self.thing_words[place]) >> WEIGHT_BITS == word:
                yield thing, entry & HEAVIEST


_THING_BITS = 32 - WEIGHT_BITS
_THING = (1 << _THING_BITS) - 1


def post(things: Sequence[Mapping[str, int]], stemmers: Sequence[Stem]) -> Postings:
    """Return the postings of some things, each given by its words and their weights."""
    numbers: dict[str, int] = {}
    thing_entries = [
        array("I", (numbers.setdefault(word, len(numbers)) << WEIGHT_BITS | weight for word, weight in weights.items()))
        for weights in things
    ]
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
        thing_entries[thing_number] = array("I", sorted(words))
    word_starts, word_things = _packed([array("I", sorted(entries)) for entries in found])
    thing_starts, thing_words = _packed(thing_entries)
    return Postings(
        vocabulary,
        *_by(vocabulary, lambda word: {digits(word)}),
        *_by(vocabulary, lambda word: set() if word.isdigit() else {stem(word) for stem in stemmers}),
        *_by(vocabulary, lambda word: {skeleton(word)} if len(word) in SPELLED and word.isalpha() else set()),
        word_starts,
        word_things,
        thing_starts,
        thing_words,
    )


def _by(vocabulary: Sequence[str], keys: Callable[[str], set[str]]) -> tuple[tuple[str, ...], array[int]]:
    """Return the keys of all words, sorted, and the word each belongs to."""
    pairs = sorted((key, number) for number, word in enumerate(vocabulary) for key in keys(word))
    return tuple(key for key, _ in pairs), array("I", (number for _, number in pairs))


def _packed(entries: Sequence[array[int]]) -> tuple[array[int], array[int]]:
    together: array[int] = array("I")
    for part in entries:
        together.extend(part)
    return array("L", accumulate((len(part) for part in entries), initial=0)), together


def packed(postings: Postings) -> list[tuple[str, object]]:
    """Return postings as plain values, to be written to a cache."""
    parts = (getattr(postings, field.name) for field in fields(Postings))
    return [(part.typecode, part.tobytes()) if isinstance(part, array) else ("", part) for part in parts]


def unpacked(parts: Sequence[tuple[str, Any]]) -> Postings:
    made: list[Any] = [array(code, part) if code else part for code, part in parts]
    return Postings(*made)
