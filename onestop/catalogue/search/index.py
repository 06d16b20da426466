"""The search index of one language: by words and typing errors, by number, and by the keys of a telephone."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path

from onestop.catalogue.catalogue import Catalogue, Section
from onestop.catalogue.search.postings import Thing, all_things, words_digest
from onestop.catalogue.search.ranking import Matches, Segment
from onestop.catalogue.search.segments import cached_segments, updated
from onestop.catalogue.search.terms import EMPTY, terms

QUERY_LENGTH = 100
QUERY_WORDS = 6


@dataclass(frozen=True, slots=True)
class SearchResult:
    address: str
    number: str
    title: str
    summary: str
    icon: str


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """`things` are the sections and services in order, `digests` those of their words.

    `segments` are a large one, and a small one of what has changed since. `numbers` are all numbers in order, `numbered` the
    places of their things.
    """

    language: str
    things: tuple[Thing, ...]
    digests: array[int]
    segments: tuple[Segment, ...]
    numbers: tuple[str, ...]
    numbered: tuple[int, ...]

    @classmethod
    def build(
        cls, catalogue: Catalogue, language: str, before: SearchIndex | None = None, cache: Path | None = None
    ) -> SearchIndex:
        """Return the index of a catalogue.

        Only what is not in `before`, an index of the same language, is indexed anew. `cache` is the folder that keeps the index of
        a large catalogue for the next start.
        """
        things = all_things(catalogue)
        digests = _digests(things, before)
        segments = updated(before.segments[0] if before else None, things, digests, language)
        if not segments:
            segments = cached_segments(things, digests, language, cache)
        numbered = sorted((thing.number, place) for place, thing in enumerate(things))
        numbers, places = tuple(number for number, _ in numbered), tuple(place for _, place in numbered)
        return cls(language, things, digests, segments, numbers, places)

    def find(self, query: str, limit: int = 20) -> tuple[SearchResult, ...]:
        """Return the best results first. A query of digits is a number, then whatever those telephone keys spell."""
        words = terms(query[:QUERY_LENGTH])[: 2 * QUERY_WORDS]
        if words and all(word.isdigit() for word in words):
            return self._results((*self._by_number("".join(words), limit), *self._by_keys(words, limit)), limit)
        named = [place for word in words if len(word) > 2 and word.isdigit() for place in self._by_number(word, 1)]
        words = [word for word in words if word not in EMPTY][:QUERY_WORDS] or words[:QUERY_WORDS]
        return self._results((*named, *self._ranked([self._matches(word) for word in words], limit)), limit)

    def nearest(self, address: str, limit: int = 5) -> tuple[SearchResult, ...]:
        """Return what may have been meant by an address that does not exist."""
        return self.find(" ".join(part for part in terms(address) if not part.isdigit()) or address, limit)

    def _results(self, places: Sequence[int], limit: int) -> tuple[SearchResult, ...]:
        return tuple(self._result(self.things[place]) for place in list(dict.fromkeys(places))[:limit])

    def _result(self, thing: Thing) -> SearchResult:
        icon = thing.icon if isinstance(thing, Section) else ""
        return SearchResult(thing.address, thing.number, thing.title(self.language), thing.summary(self.language), icon)

    def _by_number(self, number: str, limit: int) -> tuple[int, ...]:
        start = bisect_left(self.numbers, number)
        end = bisect_left(self.numbers, number + ":", start)
        return self.numbered[start : min(end, start + limit)]

    def _by_keys(self, words: Sequence[str], limit: int) -> Sequence[int]:
        """Keys 0 and 1 have no letters: they separate words."""
        keys = [part for word in words for part in word.replace("0", "1").split("1") if part]
        if len(keys) > 1:
            keys = [part for part in keys if len(part) > 1]
        return self._ranked(
            [[segment.key_matches(part) for segment in self.segments] for part in keys[:QUERY_WORDS]], limit
        )

    def _matches(self, word: str) -> Sequence[Matches]:
        """Return each segment's matches of a word; typing errors only if no segment has anything else."""
        found = [segment.matches(word, self.language) for segment in self.segments]
        return found if any(found) else [segment.slips(word) for segment in self.segments]

    def _ranked(self, words: Sequence[Sequence[Matches]], limit: int) -> Sequence[int]:
        """Return places by how many words of the query a thing has, how much those weigh, and how short its title is.

        `words` has the matches of each word in each segment. A word that nothing matches does not count as missing.
        """
        known = [matches for matches in words if any(matches)]
        scores = (
            (missing, weight, len(self.things[place].title(self.language)), place)
            for number, segment in enumerate(self.segments)
            for missing, weight, place in segment.scores([matches[number] for matches in known])
        )
        return [place for *_, place in nsmallest(limit, scores)]


def _digests(things: Sequence[Thing], before: SearchIndex | None) -> array[int]:
    """Return the digests of the words of all things; those of unchanged objects are known from before."""
    known = dict(zip(map(id, before.things), before.digests, strict=True)) if before else {}
    return array("Q", (known.get(id(thing)) or words_digest(thing) for thing in things))
