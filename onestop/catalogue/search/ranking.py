"""Ranking: which things a query finds in one table of postings, and how well."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log
from operator import itemgetter

from onestop.catalogue.search.fields import HEAVIEST
from onestop.catalogue.search.matches import BEGUN_BESIDE, Matches
from onestop.catalogue.search.postings import Postings
from onestop.catalogue.search.query import Term

ENTRIES_LOOKED_AT = 800
THINGS_COMPARED = 80
"""Bounds on the work of one query, however large the catalogue: the heaviest entries of a term, and the likeliest things."""

IN_PASSING = 0.2
"""The share of its weight that a word of the query keeps if no text is about it."""
IN_FULL = 0.4 * HEAVIEST
"""The quality at which a word of the query counts as covered in full."""


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

    def quality(self, segments: Sequence[Segment]) -> float:
        """Return the best that it counts for in any thing, 0 to 1."""
        most = max(
            counts * segment.postings.most(word)
            for segment, matches in zip(segments, self.matches, strict=True)
            for word, counts in matches.items()
        )
        return min(1.0, most * self.term.counts / HEAVIEST)


def word_weights(found: Sequence[FoundTerm], segments: Sequence[Segment], things: int) -> dict[int, float]:
    """Return what each word of the query that anything stands for weighs: the rarer, the more (the idf of BM25).

    A word that nothing is about, since it is in no title and no keyword, weighs less however rare it is.
    """
    frequencies: dict[int, int] = {}
    topical: dict[int, float] = {}
    for one in sorted(found, key=lambda one: len(one.term.covers) > 1 or one.term.counts < 1):
        if any(one.matches):
            frequency = min(things, max(1, one.frequency(segments)))
            most = one.quality(segments)
            for place in one.term.covers:
                frequencies.setdefault(place, frequency)
                topical[place] = max(most, topical.get(place, 0.0))
    return {
        place: (log(1 + (things - count + 0.5) / (count + 0.5)) + 0.1)
        * (IN_PASSING + (1 - IN_PASSING) * topical[place])
        for place, count in frequencies.items()
    }


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
    met = covered = whole = 0.0
    for place, weight in words.items():
        quality = best[place]
        whole += weight
        met += weight * quality
        covered += weight if quality >= IN_FULL else weight * quality / IN_FULL
    return met * covered / (whole or 1.0)


def _likeliest(segment: Segment, terms: Sequence[tuple[Term, Matches]], words: Mapping[int, float]) -> Iterable[int]:
    """Return the things that have the most of the query, judged by the heaviest entries of each term."""
    best: dict[int, dict[int, float]] = {place: {} for place in words}
    for term, matches in terms:
        # Most terms stand for one word of the query: what they find needs no dictionary of its own.
        found = best[term.covers[0]] if len(term.covers) == 1 else {}
        _add_heaviest(found, segment.postings, matches, term.counts)
        for known in (best[place] for place in term.covers if best[place] is not found):
            for thing, quality in found.items():
                if known.get(thing, 0.0) < quality:
                    known[thing] = quality
    rough: dict[int, list[float]] = {}
    for place, found in best.items():
        weight = words[place]
        for thing, quality in found.items():
            both = rough.get(thing)
            if both is None:
                rough[thing] = [weight * quality, weight]
            else:
                both[0] += weight * quality
                both[1] += weight
    there = ((both[0] * both[1], thing) for thing, both in rough.items() if segment.places[thing] >= 0)
    return [thing for _, thing in nlargest(THINGS_COMPARED, there, key=itemgetter(0))]


def _add_heaviest(found: dict[int, float], postings: Postings, matches: Matches, counts: float) -> None:
    """Add the things in which a term weighs most, with what it does there."""
    left = ENTRIES_LOOKED_AT
    each = max(20, 4 * ENTRIES_LOOKED_AT // max(1, len(matches)))
    for word, share in sorted(matches.items(), key=itemgetter(1), reverse=True):
        scale, looked_at = share * counts, 0
        for thing, weight in postings.things(word, min(left, each)):
            looked_at += 1
            quality = scale * weight
            if found.get(thing, 0.0) < quality:
                found[thing] = quality
        left -= looked_at
        if left <= 0:
            break
