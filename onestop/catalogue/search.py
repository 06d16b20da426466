"""What a resident may be looking for: by words and slips of the finger, by number, by telephone keys."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from onestop.catalogue.catalogue import Catalogue, Section
from onestop.catalogue.postings import Postings, Thing, all_things, post
from onestop.catalogue.terms import EMPTY, one_letter_off, terms

QUERY_LENGTH = 100
QUERY_WORDS = 6
WORDS_LOOKED_AT = 600
THINGS_LOOKED_AT = 800
"""However large the catalogue, a search looks at so many of its words and things: the likeliest ones."""

WHOLE, BEGUN, SLIPPED = 1.0, 0.7, 0.5
"""What a word counts for if it stands there, if it only begins so, if it is one letter off."""

Matches = Mapping[int, float]
"""Words by their number, with what they count for."""


@dataclass(frozen=True, slots=True)
class Found:
    address: str
    number: str
    title: str
    summary: str
    icon: str


@dataclass(frozen=True, slots=True)
class Index:
    language: str
    things: tuple[Thing, ...]
    postings: Postings
    numbers: tuple[str, ...]
    numbered: tuple[int, ...]

    @classmethod
    def build(cls, catalogue: Catalogue, language: str) -> "Index":
        things = all_things(catalogue)
        numbered = sorted((thing.number, place) for place, thing in enumerate(things))
        return cls(
            language,
            things,
            post(things, language),
            tuple(number for number, _ in numbered),
            tuple(place for _, place in numbered),
        )

    def find(self, query: str, limit: int = 20) -> tuple[Found, ...]:
        """The best answers first. A query of digits is a number, and then what those keys of a telephone spell."""
        words = terms(query[:QUERY_LENGTH])[: 2 * QUERY_WORDS]
        if words and all(word.isdigit() for word in words):
            return self._shown((*self._by_number("".join(words), limit), *self._by_keys(words, limit)), limit)
        words = [word for word in words if word not in EMPTY][:QUERY_WORDS] or words[:QUERY_WORDS]
        return self._shown(self._ranked([self._matches(word) for word in words], limit), limit)

    def nearest(self, address: str, limit: int = 5) -> tuple[Found, ...]:
        """What somebody may have meant who asked for an address that is not there."""
        return self.find(" ".join(part for part in terms(address) if not part.isdigit()) or address, limit)

    def _shown(self, places: Sequence[int], limit: int) -> tuple[Found, ...]:
        return tuple(self._found(self.things[place]) for place in list(dict.fromkeys(places))[:limit])

    def _found(self, thing: Thing) -> Found:
        icon = thing.icon if isinstance(thing, Section) else ""
        return Found(thing.address, thing.number, thing.title(self.language), thing.summary(self.language), icon)

    def _by_number(self, number: str, limit: int) -> tuple[int, ...]:
        start = bisect_left(self.numbers, number)
        end = bisect_left(self.numbers, number + ":", start)
        return self.numbered[start : min(end, start + limit)]

    def _by_keys(self, words: Sequence[str], limit: int) -> Sequence[int]:
        """0 and 1 have no letters on them: they stand between words."""
        keys = [part for word in words for part in word.replace("0", "1").split("1") if part][:QUERY_WORDS]
        return self._ranked([self._keyed(part) for part in keys], limit)

    def _keyed(self, keys: str) -> Matches:
        found = self.postings.keyed_beginning(keys)
        vocabulary = self.postings.vocabulary
        return {number: WHOLE if len(vocabulary[number]) == len(keys) else BEGUN for number in _sample(found)}

    def _matches(self, word: str) -> Matches:
        """The words of the catalogue that a word of the query may mean."""
        matches = dict.fromkeys(_sample(self.postings.beginning(word)), BEGUN)
        for whole in (word, word.removesuffix("s"), word.removesuffix("es"), word + "s"):
            number = self.postings.word(whole)
            if number is not None and len(whole) > 1:
                matches[number] = WHOLE
        if not matches and len(word) > 3:
            slips = (self.postings.word(slip) for slip in one_letter_off(word))
            matches = {number: SLIPPED for number in slips if number is not None}
        return matches

    def _ranked(self, matches: Sequence[Matches], limit: int) -> Sequence[int]:
        """Things by how many words of the query they have, how much those weigh, and their order in the catalogue."""
        matches = [matched for matched in matches if matched]
        candidates = set(_candidates(self.postings, matches))
        scored = ((self._score(place, matches), place) for place in candidates)
        return [place for _, place in nsmallest(limit, scored)]

    def _score(self, place: int, matches: Sequence[Matches]) -> tuple[int, float, int]:
        best = [0.0] * len(matches)
        for word, weight in self.postings.words(place):
            for index, matched in enumerate(matches):
                counts = matched.get(word)
                if counts and best[index] < counts * weight:
                    best[index] = counts * weight
        return (-sum(1 for score in best if score), -sum(best), len(self.things[place].title(self.language)))


def _sample(numbers: Sequence[int]) -> Sequence[int]:
    """All of them, or so many spread evenly."""
    return numbers[:: -(-len(numbers) // WORDS_LOOKED_AT)] if len(numbers) > WORDS_LOOKED_AT else numbers


def _candidates(postings: Postings, matches: Sequence[Matches]) -> Iterator[int]:
    """Things that have the rarest word, as many as may be looked at, then those with the next one."""
    left = THINGS_LOOKED_AT
    rarest = sorted(matches, key=lambda matched: sum(postings.count(word) for word in matched))
    for ahead, matched in enumerate(rarest):
        budget = left // (len(rarest) - ahead) if ahead else left * 3 // 4
        words = sorted(matched, key=lambda word: -matched[word])
        each = max(1, budget // max(1, len(words)))
        for place, word in enumerate(words):
            most = max(each, budget // 2) if place < 2 else each
            for thing, _ in postings.things(word, most):
                yield thing
                left -= 1
        if left <= 0:
            return
