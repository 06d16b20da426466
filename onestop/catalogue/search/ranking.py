"""Ranking: which things a query finds in one table of postings, and how well."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log

from onestop.catalogue.search.fields import HEAVIEST
from onestop.catalogue.search.matches import BEGUN_BESIDE, Matches
from onestop.catalogue.search.postings import Postings
from onestop.catalogue.search.query import Term

ENTRIES_LOOKED_AT = 800
THINGS_COMPARED = 80
"""Bounds on the work of one query, however large the catalogue: the heaviest entries of a term, and the likeliest things."""

COVERED = 0.4
"""The share of the heaviest weight at which a word of the query counts as covered in full."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Postings of some things, named by `addresses` and `digests` of their words.

    `places` are the things' places in the catalogue; -1 is one that has changed or gone.
    """

    postings: Postings
    addresses: Sequence[str]
    digests: Sequence[int]
    places: Sequence[int]


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term of a query with its matches in each segment."""

    term: Term
    matches: Sequence[Matches]

    def frequency(self, segments: Sequence[Segment]) -> int:
        """Return in how many things it occurs; beginnings of other words do not count if it occurs itself."""
        return sum(
            segment.postings.count(word)
            for segment, matches in zip(segments, self.matches, strict=True)
            for word, counts in matches.items()
            if counts > BEGUN_BESIDE
        )


def word_weights(found: Sequence[FoundTerm], segments: Sequence[Segment], things: int) -> dict[int, float]:
    """Return what each word of the query that anything stands for weighs: the rarer, the more (the idf of BM25)."""
    frequencies: dict[int, int] = {}
    for one in sorted(found, key=lambda one: len(one.term.covers) > 1 or one.term.counts < 1):
        if any(one.matches):
            frequency = min(things, max(1, one.frequency(segments)))
            for place in one.term.covers:
                frequencies.setdefault(place, frequency)
    return {place: log(1 + (things - count + 0.5) / (count + 0.5)) + 0.1 for place, count in frequencies.items()}


def scores(
    segment: Segment, terms: Sequence[tuple[Term, Matches]], words: Mapping[int, float]
) -> Iterable[tuple[float, int]]:
    """Yield the score and the place of each likely thing; `words` are what the words of the query weigh."""
    wanted: dict[int, list[tuple[tuple[int, ...], float]]] = {}
    for term, matches in terms:
        for word, counts in matches.items():
            wanted.setdefault(word, []).append((term.covers, counts * term.counts))
    best = {thing: dict.fromkeys(words, 0.0) for thing in _likeliest(segment, terms, words)}
    for word, ways in wanted.items():
        for thing, weight in segment.postings.among(word, best):
            found = best[thing]
            for covers, counts in ways:
                quality = counts * weight
                for place in covers:
                    if found[place] < quality:
                        found[place] = quality
    for thing, found in best.items():
        yield _score(found, words), segment.places[thing]


def _score(best: Mapping[int, float], words: Mapping[int, float]) -> float:
    """Return a score by how well each word of the query is met, and by how much of the whole query is."""
    met = sum(weight * best[place] for place, weight in words.items())
    covered = sum(weight * min(1.0, best[place] / (COVERED * HEAVIEST)) for place, weight in words.items())
    return met * covered / (sum(words.values()) or 1.0)


def _likeliest(segment: Segment, terms: Sequence[tuple[Term, Matches]], words: Mapping[int, float]) -> Iterable[int]:
    """Return the things that have the most of the query, judged by the heaviest entries of each term."""
    best: dict[int, dict[int, float]] = {place: {} for place in words}
    for term, matches in terms:
        for thing, quality in _heaviest(segment.postings, matches, term.counts).items():
            for place in term.covers:
                if best[place].get(thing, 0.0) < quality:
                    best[place][thing] = quality
    rough: dict[int, list[float]] = {}
    for place, found in best.items():
        weight = words[place]
        for thing, quality in found.items():
            both = rough.setdefault(thing, [0.0, 0.0])
            both[0] += weight * quality
            both[1] += weight
    there = (thing for thing in rough if segment.places[thing] >= 0)
    return nlargest(THINGS_COMPARED, there, key=lambda thing: rough[thing][0] * rough[thing][1])


def _heaviest(postings: Postings, matches: Matches, counts: float) -> Mapping[int, float]:
    """Return the things in which a term weighs most, and what it does there."""
    found: dict[int, float] = {}
    left = ENTRIES_LOOKED_AT
    each = max(20, 4 * ENTRIES_LOOKED_AT // max(1, len(matches)))
    for word, share in sorted(matches.items(), key=lambda match: -match[1]):
        for thing, weight in postings.things(word, min(left, each)):
            quality = share * counts * weight
            if found.get(thing, 0.0) < quality:
                found[thing] = quality
        left -= min(postings.count(word), each)
        if left <= 0:
            break
    return found
