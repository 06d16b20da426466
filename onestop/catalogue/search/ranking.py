"""Ranking: which things a query finds in one table of postings, and in which order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onestop.catalogue.search.postings import HEAVIEST, WEIGHT_BITS, Postings
from onestop.catalogue.search.terms import mutated, one_letter_off, stemmer

WORDS_LOOKED_AT = 600
THINGS_LOOKED_AT = 800
THINGS_COMPARED = 8000
"""Bounds on the work of one query, however large the catalogue: the likeliest words and things are looked at."""

WHOLE, STEMMED, BEGUN, SLIPPED = 1.0, 0.74, 0.7, 0.5
"""What a match counts for: the word itself, one with its stem, one that begins so, one that is a typing error away."""

Matches = Mapping[int, float]
"""Numbers of words in a vocabulary, with what each counts for."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Postings of some things, named by `addresses` and `digests` of their words.

    `places` are the things' places in the catalogue; -1 is one that has changed or gone.
    """

    postings: Postings
    addresses: Sequence[str]
    digests: Sequence[int]
    places: Sequence[int]

    def matches(self, word: str, language: str) -> Matches:
        """Return the words of the vocabulary that a word of a query is, is a form of, or begins."""
        matches = dict.fromkeys(_sample(self.postings.beginning(word)), BEGUN)
        for number in _sample(self.postings.with_stem(stemmer(language)(word))):
            matches[number] = STEMMED
        for whole in (word, *mutated(word, language)):
            exact = self.postings.word(whole)
            if exact is not None and len(whole) > 1:
                matches[exact] = WHOLE
        return matches

    def slips(self, word: str) -> Matches:
        """Return the words that are one typing error away from a word of a query."""
        if len(word) <= 3:
            return {}
        # No word of the vocabulary begins with more of it than this, so no error farther on makes one.
        known = next((n for n in range(1, len(word) + 1) if not self.postings.beginning(word[:n])), len(word) + 1)
        slips = (self.postings.word(slip) for slip in one_letter_off(word, known))
        return {number: SLIPPED for number in slips if number is not None}

    def key_matches(self, keys: str) -> Matches:
        """Return the words that the keys of a telephone keypad may spell."""
        found = self.postings.keyed_beginning(keys)
        vocabulary = self.postings.vocabulary
        return {number: WHOLE if len(vocabulary[number]) == len(keys) else BEGUN for number in _sample(found)}

    def scores(self, matches: Sequence[Matches]) -> Iterable[tuple[int, float, int]]:
        """Yield the missing words, the negative weight and the place of each likely thing; `matches` are by word of the query."""
        wanted: dict[int, list[tuple[int, float]]] = {}
        for index, matched in enumerate(matches):
            for word, counts in matched.items():
                wanted.setdefault(word, []).append((index, counts))
        for thing in set(_candidates(self.postings, [matched for matched in matches if matched])):
            place = self.places[thing]
            if place >= 0:
                best = [0.0] * len(matches)
                for entry in self.postings.words(thing):
                    for index, counts in wanted.get(entry >> WEIGHT_BITS, ()):
                        best[index] = max(best[index], counts * (entry & HEAVIEST))
                yield best.count(0.0), -sum(best), place


def _sample(numbers: Sequence[int]) -> Sequence[int]:
    """Return all of them, or as many as a query may look at, spread evenly."""
    return numbers[:: -(-len(numbers) // WORDS_LOOKED_AT)] if len(numbers) > WORDS_LOOKED_AT else numbers


def _candidates(postings: Postings, matches: Sequence[Matches]) -> Iterable[int]:
    """Return things with every word of the query if there are any, the rarest word deciding, then things with one of them."""
    if not matches:
        return ()
    rarest, *others = sorted(matches, key=lambda matched: sum(postings.count(word) for word in matched))
    found = _things(postings, rarest, THINGS_COMPARED if others else THINGS_LOOKED_AT)
    for other in others:
        allowed = set(_things(postings, other, THINGS_COMPARED))
        found = [thing for thing in found if thing in allowed] or found
    left = THINGS_LOOKED_AT // (2 * len(matches))
    return (
        *found[: THINGS_LOOKED_AT // 2],
        *(thing for matched in matches for thing in _things(postings, matched, left)),
    )


def _things(postings: Postings, matched: Matches, most: int) -> list[int]:
    """Return at most so many things that have one of the words, those with whole words before those with beginnings."""
    things: list[int] = []
    each = max(1, most // (2 * max(1, len(matched))))
    for place, word in enumerate(sorted(matched, key=lambda word: -matched[word])):
        things += postings.things(word, max(each, most // 4) if place < 2 else each)
    return things[:most]
