"""The search index of one language: by words and typing errors, by number, and by the keys of a telephone."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from pathlib import Path

from onestop.catalogue.catalogue import Catalogue, Section
from onestop.catalogue.resident_words import UrgentAnswer
from onestop.catalogue.search.fields import Thing, all_things, words_digest
from onestop.catalogue.search.matches import Matches, has_form, key_matches, key_slips, matches, slips
from onestop.catalogue.search.query import Groups, Term, key_terms, letter_terms, same_meanings
from onestop.catalogue.search.ranking import FoundTerm, Segment, scores, word_weights
from onestop.catalogue.search.segments import IndexedThings, cached_segments, updated
from onestop.catalogue.search.terms import terms
from onestop.catalogue.search.urgent import UrgentWords

QUERY_LENGTH = 100
RESULTS_AT_MOST = 20
QUERIES_KEPT = 1000
"""How many queries an index remembers before it forgets all of them; each takes about half a kilobyte."""
WORTH_SHOWING = 0.08
"""The share of the best score that a result must have."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`language` is that of the title and summary."""

    address: str
    number: str
    title: str
    summary: str
    icon: str
    language: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a query finds: places of things, the best first; the words of it that nothing has; the urgent answer it calls for."""

    places: tuple[int, ...]
    missing: tuple[str, ...]
    urgent: UrgentAnswer | None


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """`things` are the sections and services in order, with the digests of their words.

    `segments` are a large one, and a small one of what has changed since. `numbers` are all numbers in order, `numbered` the
    places of their things. `same` are phrases that mean the same by their stems, `same_keys` by telephone keys. `findings` are those of
    queries that were searched for, by their words: they are forgotten with the index, at the next edition of the catalogue.
    """

    things: IndexedThings
    segments: tuple[Segment, ...]
    numbers: tuple[str, ...]
    numbered: tuple[int, ...]
    same: Groups
    same_keys: Groups
    urgent: UrgentWords
    findings: dict[tuple[str, ...], Finding] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def build(
        cls,
        catalogue: Catalogue,
        language: str,
        before: SearchIndex | None = None,
        cache: Path | None = None,
        digests: array[int] | None = None,
    ) -> SearchIndex:
        """Return the index of a catalogue.

        Only what is not in `before`, an index of the same language, is indexed anew. `cache` is the folder that keeps the index of
        a large catalogue for the next start. `digests` are those of all things if they are known.
        """
        digests = digests or _digests(catalogue, before)
        things = IndexedThings(all_things(catalogue), digests, language, catalogue.residents)
        segments = updated(before.segments[0] if before else None, things) or cached_segments(things, cache)
        numbered = sorted((thing.number, place) for place, thing in enumerate(things.things))
        numbers, places = tuple(number for number, _ in numbered), tuple(place for _, place in numbered)
        residents = catalogue.residents
        urgent = UrgentWords.build(residents, language)
        return cls(things, segments, numbers, places, *same_meanings(residents, language), urgent)

    @property
    def language(self) -> str:
        return self.things.language

    def find(self, query: str, limit: int = RESULTS_AT_MOST) -> tuple[SearchResult, ...]:
        """Return the best results first. A query of digits is a number, then whatever those telephone keys spell."""
        return self._results(self._finding(query).places[:limit])

    def missing_words(self, query: str) -> tuple[str, ...]:
        """Return the words of a query, as typed, that nothing in the catalogue has: for the author, who may add them."""
        return self._finding(query).missing

    def urgent_answer(self, query: str) -> UrgentAnswer | None:
        """Return the urgent answer that a query calls for, or None."""
        return self._finding(query).urgent

    def remembers(self, query: str) -> bool:
        """Return whether what a query finds is known without searching."""
        return tuple(terms(query[:QUERY_LENGTH])) in self.findings

    def nearest(self, address: str, limit: int = 5) -> tuple[SearchResult, ...]:
        """Return what may have been meant by an address that does not exist, or the neighbours of a number that nothing has.

        It is not remembered: an address may hold a secret.
        """
        if address[1:].isdecimal():
            return self._results(self._neighbours(address[1:], limit))
        words = " ".join(part for part in terms(address) if not part.isdecimal()) or address
        return self._results(self._search(words[:QUERY_LENGTH], limit)[0])

    def _finding(self, query: str) -> Finding:
        query = query[:QUERY_LENGTH]
        key = tuple(terms(query))
        found = self.findings.get(key)
        if found is None:
            if len(self.findings) >= QUERIES_KEPT:
                self.findings.clear()
            found = Finding(*self._search(query, RESULTS_AT_MOST), self.urgent.answer(query, self._has))
            self.findings[key] = found
        return found

    def _search(self, query: str, limit: int) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Return the places of what a query finds, and the words of it that nothing has."""
        words = terms(query)
        if words and all(word.isdecimal() for word in words):
            keyed = self._found(key_terms(query, self.same_keys))
            numbered = self._by_number("".join(words), limit)
            return _distinct((*numbered, *self._ranked(keyed, limit)), limit), ()
        named = [place for word in words if len(word) > 2 and word.isdecimal() for place in self._by_number(word, 1)]
        found = self._found(letter_terms(query, self.same, self.language, self._knows))
        return _distinct((*named, *self._ranked(found, limit)), limit), _missing(found)

    def _found(self, meant: Sequence[Term]) -> Sequence[FoundTerm]:
        return [FoundTerm(term, self._matches(term)) for term in meant]

    def _results(self, places: Sequence[int]) -> tuple[SearchResult, ...]:
        return tuple(self.result(self.things.things[place]) for place in places)

    def result(self, thing: Thing) -> SearchResult:
        icon, texts = (thing.icon, thing.titles) if isinstance(thing, Section) else ("", thing.texts)
        language = self.language if self.language in texts else next(iter(texts))
        return SearchResult(thing.address, thing.number, thing.title(language), thing.summary(language), icon, language)

    def _by_number(self, number: str, limit: int) -> tuple[int, ...]:
        start = bisect_left(self.numbers, number)
        end = bisect_left(self.numbers, number + ":", start)
        return self.numbered[start : min(end, start + limit)]

    def _neighbours(self, number: str, limit: int) -> tuple[int, ...]:
        """Return the places of the nearest numbers, in order, of the same length and preferably with the same first digit."""
        near = bisect_left(self.numbers, number)
        around = range(max(0, near - limit), min(len(self.numbers), near + limit))
        alike = [at for at in around if len(self.numbers[at]) == len(number)]
        alike.sort(key=lambda at: (self.numbers[at][0] != number[0], abs(int(self.numbers[at]) - int(number))))
        return tuple(self.numbered[at] for at in sorted(alike[:limit]))

    def _knows(self, word: str) -> bool:
        return any(has_form(segment.postings, word, self.language) for segment in self.segments)

    def _has(self, word: str) -> bool:
        """Return whether a text has the word as it is, or if it is of digits, a word with these keys."""
        return any(
            segment.postings.with_keys(word) if word.isdecimal() else segment.postings.word(word) is not None
            for segment in self.segments
        )

    def _matches(self, term: Term) -> Sequence[Matches]:
        """Return each segment's matches of a term; typing errors in a word of the query only if no segment has anything else."""
        look, correct = (key_matches, key_slips) if term.keyed else (matches, slips)
        typed_out = term.counts >= 1
        found = [look(segment.postings, term.word, self.language, beginnings=typed_out) for segment in self.segments]
        typed = len(term.covers) == 1 and term.counts == 1
        return found if any(found) or not typed else [correct(segment.postings, term.word) for segment in self.segments]

    def _ranked(self, found: Sequence[FoundTerm], limit: int) -> Sequence[int]:
        """Return places by how well a thing meets the whole query, and how short its title is.

        A word that nothing stands for does not count as missing.
        """
        found = [one for one in found if any(one.matches)]
        words = word_weights(found, self.segments, len(self.things.things))
        ranked = [
            (-score, len(self.things.things[place].title(self.language)), place)
            for number, segment in enumerate(self.segments)
            for score, place in scores(segment, [(one.term, one.matches[number]) for one in found], words)
        ]
        least = WORTH_SHOWING * min(ranked, default=(0.0,))[0]
        return [place for score, *_, place in nsmallest(limit, ranked) if score <= least]


def _distinct(places: Sequence[int], limit: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(places))[:limit]


def _missing(found: Sequence[FoundTerm]) -> tuple[str, ...]:
    """Return the words of a query for which nothing was found, not even as a part of something else."""
    met = {place for one in found if one.term.word.isdecimal() or any(one.matches) for place in one.term.covers}
    typed = (one.term for one in found if len(one.term.covers) == 1 and one.term.counts == 1)
    return tuple(term.word for term in typed if term.covers[0] not in met)


def build_indexes(
    catalogue: Catalogue, before: Mapping[str, SearchIndex], cache: Path | None = None
) -> Mapping[str, SearchIndex]:
    """Return the index of each language of a catalogue, as `SearchIndex.build` makes it. `before` are the indexes they replace."""
    digests = _digests(catalogue, next(iter(before.values()), None))
    return {
        code: SearchIndex.build(catalogue, code, before.get(code), cache, digests=digests)
        for code in catalogue.languages
    }


def _digests(catalogue: Catalogue, before: SearchIndex | None) -> array[int]:
    """Return the digests of the words of all things, in every language; those of unchanged objects are known from before."""
    residents = catalogue.residents
    same_words = before and before.things.residents == residents
    known = (
        dict(zip(map(id, before.things.things), before.things.digests, strict=True)) if before and same_words else {}
    )
    return array("Q", (known.get(id(thing)) or words_digest(thing, residents) for thing in all_things(catalogue)))
