"""What a resident may be looking for: by words and slips of the finger, by number, by telephone keys."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from onestop.catalogue.catalogue import Catalogue, Section
from onestop.catalogue.search.postings import HEAVIEST, WEIGHT_BITS, Postings, Thing, all_things, post
from onestop.catalogue.search.terms import EMPTY, mutated, one_letter_off, terms

QUERY_LENGTH = 100
QUERY_WORDS = 6
WORDS_LOOKED_AT = 600
THINGS_LOOKED_AT = 800
THINGS_COMPARED = 8000
"""However large the catalogue, a search looks at so many of its words and things: the likeliest ones."""

WHOLE, BEGUN, SLIPPED = 1.0, 0.7, 0.5
"""What a word counts for if it stands there, if it only begins so, if it is one letter off."""

Matches = Mapping[int, float]
"""Words by their number, with what they count for."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    address: str
    number: str
    title: str
    summary: str
    icon: str


@dataclass(frozen=True, slots=True)
class SearchIndex:
    language: str
    things: tuple[Thing, ...]
    postings: Postings
    numbers: tuple[str, ...]
    numbered: tuple[int, ...]

    @classmethod
    def build(cls, catalogue: Catalogue, language: str) -> "SearchIndex":
        things = all_things(catalogue)
        numbered = sorted((thing.number, place) for place, thing in enumerate(things))
        return cls(
            language,
            things,
            post(things, language),
            tuple(number for number, _ in numbered),
            tuple(place for _, place in numbered),
        )

    def find(self, query: str, limit: int = 20) -> tuple[SearchResult, ...]:
        """The best answers first. A query of digits is a number, and then what those keys of a telephone spell."""
        words = terms(query[:QUERY_LENGTH])[: 2 * QUERY_WORDS]
        if words and all(word.isdigit() for word in words):
            return self._shown((*self._by_number("".join(words), limit), *self._by_keys(words, limit)), limit)
        named = [place for word in words if len(word) > 2 and word.isdigit() for place in self._by_number(word, 1)]
        words = [word for word in words if word not in EMPTY][:QUERY_WORDS] or words[:QUERY_WORDS]
        return self._shown((*named, *self._ranked([self._matches(word) for word in words], limit)), limit)

    def nearest(self, address: str, limit: int = 5) -> tuple[SearchResult, ...]:
        """What somebody may have meant who asked for an address that is not there."""
        return self.find(" ".join(part for part in terms(address) if not part.isdigit()) or address, limit)

    def _shown(self, places: Sequence[int], limit: int) -> tuple[SearchResult, ...]:
        return tuple(self._found(self.things[place]) for place in list(dict.fromkeys(places))[:limit])

    def _found(self, thing: Thing) -> SearchResult:
        icon = thing.icon if isinstance(thing, Section) else ""
        return SearchResult(thing.address, thing.number, thing.title(self.language), thing.summary(self.language), icon)

    def _by_number(self, number: str, limit: int) -> tuple[int, ...]:
        start = bisect_left(self.numbers, number)
        end = bisect_left(self.numbers, number + ":", start)
        return self.numbered[start : min(end, start + limit)]

    def _by_keys(self, words: Sequence[str], limit: int) -> Sequence[int]:
        """0 and 1 have no letters on them: they stand between words."""
        keys = [part for word in words for part in word.replace("0", "1").split("1") if part]
        if len(keys) > 1:
            keys = [part for part in keys if len(part) > 1]
        return self._ranked([self._keyed(part) for part in keys[:QUERY_WORDS]], limit)

    def _keyed(self, keys: str) -> Matches:
        found = self.postings.keyed_beginning(keys)
        vocabulary = self.postings.vocabulary
        return {number: WHOLE if len(vocabulary[number]) == len(keys) else BEGUN for number in _sample(found)}

    def _matches(self, word: str) -> Matches:
        """The words of the catalogue that a word of the query may mean."""
        matches = dict.fromkeys(_sample(self.postings.beginning(word)), BEGUN)
        for whole in (word, word.removesuffix("s"), word.removesuffix("es"), word + "s", *mutated(word, self.language)):
            number = self.postings.word(whole)
            if number is not None and len(whole) > 1:
                matches[number] = WHOLE
        if not matches and len(word) > 3:
            slips = (self.postings.word(slip) for slip in one_letter_off(word))
            matches = {number: SLIPPED for number in slips if number is not None}
        return matches

    def _ranked(self, matches: Sequence[Matches], limit: int) -> Sequence[int]:
        """Things by how many words of the query they have, how much those weigh, and how short their titles are."""
        matches = [matched for matched in matches if matched]
        meant: dict[int, list[tuple[int, float]]] = {}
        for index, matched in enumerate(matches):
            for word, counts in matched.items():
                meant.setdefault(word, []).append((index, counts))
        candidates = set(_candidates(self.postings, matches))
        scored = ((self._score(place, meant, len(matches)), place) for place in candidates)
        return [place for _, place in nsmallest(limit, scored)]

    def _score(self, place: int, meant: Mapping[int, list[tuple[int, float]]], words: int) -> tuple[int, float, int]:
        best = [0.0] * words
        for entry in self.postings.words(place):
            for index, counts in meant.get(entry >> WEIGHT_BITS, ()):
                best[index] = max(best[index], counts * (entry & HEAVIEST))
        return (best.count(0.0), -sum(best), len(self.things[place].title(self.language)))


def _sample(numbers: Sequence[int]) -> Sequence[int]:
    """All of them, or so many spread evenly."""
    return numbers[:: -(-len(numbers) // WORDS_LOOKED_AT)] if len(numbers) > WORDS_LOOKED_AT else numbers


def _candidates(postings: Postings, matches: Sequence[Matches]) -> Iterable[int]:
    """Things that have every word if there are any, the rarest word deciding; then things that have one of them."""
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
    """So many things that have one of the words, whole words before those that only begin so."""
    things: list[int] = []
    each = max(1, most // (2 * max(1, len(matched))))
    for place, word in enumerate(sorted(matched, key=lambda word: -matched[word])):
        things += postings.things(word, max(each, most // 4) if place < 2 else each)
    return things[:most]
