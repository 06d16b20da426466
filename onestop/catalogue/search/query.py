"""A query: the words it has, and every word an index may be asked for in their place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onestop.catalogue.resident_words import ResidentWords
from onestop.catalogue.search.stems import stemmer
from onestop.catalogue.search.terms import EMPTY, as_one, content_words, digits, pairs, terms

WORDS_AT_MOST = 6
LONGEST_PHRASE = 4
SHORTEST_PART = 3
"""The fewest letters of a word that was written together with another."""

EXACT, AS_ONE, SAME, SAME_IN_PART = 1.8, 1.5, 0.85, 0.4
"""What finding counts for: the whole query as it is, two words of it as one, a word that means the same, and one of several words that
mean the same together."""

Known = Callable[[str], bool]
"""Returns whether a word, or another form of it, is in the index."""

Groups = Mapping[tuple[str, ...], Sequence[str]]
"""Phrases that mean the same, by the stems of one of them."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look for. `covers` are the places of the query's words it stands for; `counts` is what finding it counts for.

    `keyed` says that it is the telephone keys of a word.
    """

    word: str
    covers: tuple[int, ...]
    counts: float = 1.0
    keyed: bool = False


def same_meanings(residents: ResidentWords, language: str) -> tuple[Groups, Groups]:
    """Return the groups of phrases by the stems of each phrase, and by its telephone keys."""
    by_stems: dict[tuple[str, ...], list[str]] = {}
    by_keys: dict[tuple[str, ...], list[str]] = {}
    for group in residents.same:
        for phrase in group:
            others = [other for other in group if other != phrase]
            words = content_words(phrase)
            by_stems.setdefault(tuple(map(stemmer(language), words)), []).extend(others)
            by_keys.setdefault(tuple(map(digits, words)), []).extend(others)
    return by_stems, by_keys


def letter_terms(query: str, same: Groups, language: str, known: Known) -> list[Term]:
    """Return the terms of a query in letters."""
    written = content_words(query)[:WORDS_AT_MOST] or terms(query)[:WORDS_AT_MOST]
    words = [part for word in written for part in (_parts(word, known) or (word,))]
    stem = stemmer(language)
    whole = as_one(query)
    exact = [Term(whole, tuple(range(len(words))), EXACT)] if whole not in words else []
    return _best([*_terms(words, keyed=False), *exact, *_same(words, list(map(stem, words)), same)])


def key_terms(query: str, same: Groups) -> list[Term]:
    """Return the terms of a query in telephone keys; 0 and 1 have no letters and separate words."""
    keys = [part for word in terms(query) for part in word.replace("0", "1").split("1") if part]
    whole = "".join(keys)
    if len(keys) > 1:
        keys = [part for part in keys if len(part) > 1 and part not in _EMPTY_KEYS] or keys
    keys = keys[:WORDS_AT_MOST]
    exact = [Term(whole, tuple(range(len(keys))), EXACT, keyed=True)] if whole not in keys else []
    return _best([*_terms(keys, keyed=True), *exact, *_same(keys, keys, same)])


_EMPTY_KEYS = frozenset(digits(word) for word in EMPTY if len(word) < 5)


def _best(terms: Sequence[Term]) -> list[Term]:
    """Return each word once for the same words of the query, with the most it counts for: many phrases have a word in common."""
    found: dict[tuple[str, tuple[int, ...]], Term] = {}
    for term in terms:
        known = found.get((term.word, term.covers))
        if known is None or known.counts < term.counts:
            found[term.word, term.covers] = term
    return list(found.values())


def _terms(words: list[str], *, keyed: bool) -> Iterator[Term]:
    for place, word in enumerate(words):
        yield Term(word, (place,), keyed=keyed)
    for place, pair in enumerate(pairs(words)):
        yield Term(pair, (place, place + 1), AS_ONE, keyed)


def _same(words: Sequence[str], forms: Sequence[str], same: Groups) -> Iterator[Term]:
    """Yield the terms of phrases that mean the same as some of the words; `forms` are the words as `same` has them."""
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + LONGEST_PHRASE) + 1):
            for phrase in same.get(tuple(forms[start:end]), ()):
                yield from _of_phrase(content_words(phrase), tuple(range(start, end)))


def _of_phrase(words: list[str], covers: tuple[int, ...]) -> Iterator[Term]:
    if len(words) == 1:
        yield Term(words[0], covers, SAME)
    else:
        yield from (Term(pair, covers, SAME) for pair in pairs(words))
        yield from (Term(word, covers, SAME_IN_PART) for word in words)


def _parts(word: str, known: Known) -> tuple[str, str] | None:
    """Return the two words an unknown word was written together from, the shorter as long as possible, or None."""
    if known(word):
        return None
    splits = sorted(range(SHORTEST_PART, len(word) - SHORTEST_PART + 1), key=lambda place: abs(2 * place - len(word)))
    return next(((word[:place], word[place:]) for place in splits if known(word[:place]) and known(word[place:])), None)
