"""Matches: the words of an index that a word of a query stands for, and what each counts for."""

from collections.abc import Mapping, Sequence

from onestop.catalogue.search.postings import SPELLED, Postings
from onestop.catalogue.search.spelling import distance, one_letter_off, skeleton
from onestop.catalogue.search.stems import mutated, stemmers

WORDS_LOOKED_AT = 600
"""A bound on the work of one query, however large the catalogue: so many words that begin alike are looked at."""

WHOLE, MUTATED, STEMMED, BEGUN, BEGUN_BESIDE, SLIPPED, MISSPELT = 1.0, 0.9, 0.95, 0.7, 0.3, 0.6, 0.5
"""What a match counts for: the word itself, a mutated form, one with its stem, one that begins so, one that begins so where there is
a better one, one that is a typing error away, one that sounds alike."""

Matches = Mapping[int, float]
"""Numbers of words in a vocabulary, with what each counts for."""

_KEYS = "23456789"


def matches(postings: Postings, word: str, language: str, *, beginnings: bool = True) -> Matches:
    """Return the words that a word of a query is, is a form of, or begins."""
    found: dict[int, float] = {}
    for stem in stemmers(language):
        for form in (word, *mutated(word, language)):
            found |= dict.fromkeys(postings.with_stem(stem(form)), STEMMED if form == word else STEMMED * MUTATED)
    for form in (*mutated(word, language), word):
        number = postings.word(form)
        if number is not None:
            found[number] = WHOLE if form == word else MUTATED
    return _begun(found, postings.beginning(word)) if beginnings else found


def key_matches(postings: Postings, keys: str, language: str, *, beginnings: bool = True) -> Matches:
    """Return the words that the keys of a telephone keypad may spell, and other forms of those they spell in full."""
    found: dict[int, float] = {}
    spelled = _sample(postings.with_keys(keys))
    for number in spelled:
        for stem in stemmers(language):
            found |= dict.fromkeys(postings.with_stem(stem(postings.vocabulary[number])), STEMMED)
    found |= dict.fromkeys(spelled, WHOLE)
    return _begun(found, postings.keyed_beginning(keys)) if beginnings else found


def _begun(found: dict[int, float], beginning: Sequence[int]) -> Matches:
    """Add the words that begin so; the shorter the rest of a word, the better."""
    counts = BEGUN_BESIDE if found else BEGUN
    return dict.fromkeys(_sample(beginning), counts) | found


def slips(postings: Postings, word: str) -> Matches:
    """Return the words that are one typing error away from a word of a query, or else those that sound like it."""
    if len(word) not in SPELLED:
        return {}
    # No word of the vocabulary begins with more of it than this, so no error farther on makes one.
    known = next((n for n in range(1, len(word) + 1) if not postings.beginning(word[:n])), len(word) + 1)
    numbers = (postings.word(slip) for slip in one_letter_off(word, known))
    found = {number: SLIPPED for number in numbers if number is not None}
    alike = _sample(postings.with_skeleton(skeleton(word)))
    return found or {
        number: MISSPELT for number in alike if distance(word, postings.vocabulary[number]) <= len(word) // 3
    }


def key_slips(postings: Postings, keys: str) -> Matches:
    """Return the words whose keys are one wrong, missing, doubled or swapped key away."""
    if len(keys) not in SPELLED:
        return {}
    known = next((n for n in range(1, len(keys) + 1) if not postings.keyed_beginning(keys[:n])), len(keys) + 1)
    return {
        number: SLIPPED for slip in one_letter_off(keys, known, _KEYS) for number in _sample(postings.with_keys(slip))
    }


def has_form(postings: Postings, word: str, language: str) -> bool:
    """Return whether the word or another form of it is in the vocabulary."""
    return postings.word(word) is not None or any(postings.with_stem(stem(word)) for stem in stemmers(language))


def _sample(numbers: Sequence[int]) -> Sequence[int]:
    """Return all of them, or as many as a query may look at, spread evenly."""
    return numbers[:: -(-len(numbers) // WORDS_LOOKED_AT)] if len(numbers) > WORDS_LOOKED_AT else numbers
