"""Which urgent answer a query calls for, in words or telephone keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onestop.catalogue.resident_words import ResidentWords, UrgentAnswer
from onestop.catalogue.search.spelling import one_letter_off
from onestop.catalogue.search.stems import mutated, stemmers
from onestop.catalogue.search.terms import digits, terms

WORDS_AT_MOST = 20
CORRECTED = range(6, 20)
"""Lengths of words whose typing errors are corrected."""
MORE_KEYS = 3
"""The most keys of an ending that a keyed word may have after its stem."""

Forms = frozenset[str]
Met = Callable[[Forms], bool]
"""Returns whether a word of a phrase, given by its forms, is in the query."""


@dataclass(frozen=True, slots=True)
class UrgentWords:
    """`answers` are urgent answers with their phrases; a phrase is the stems of each of its words, of which one is enough."""

    language: str
    answers: tuple[tuple[UrgentAnswer, tuple[tuple[Forms, ...], ...]], ...]
    stems: Forms

    @classmethod
    def build(cls, residents: ResidentWords, language: str) -> UrgentWords:
        reduce = stemmers(language)
        answers = tuple(
            (
                answer,
                tuple(
                    tuple(frozenset((*words, *(stem(word) for word in words for stem in reduce))) for words in phrase)
                    for phrase in answer.phrases
                ),
            )
            for answer in residents.urgent
        )
        stems = frozenset(form for _, phrases in answers for phrase in phrases for forms in phrase for form in forms)
        return cls(language, answers, stems)

    def answer(self, query: str) -> UrgentAnswer | None:
        """Return the first answer of which a phrase has all its words in the query, or None."""
        words = terms(query)[:WORDS_AT_MOST]
        if not self.answers or not words:
            return None
        if all(word.isdecimal() for word in words) and not self.has_number("".join(words)):
            return self._keyed([part for word in words for part in word.replace("0", "1").split("1") if part])
        found = frozenset(form for word in words for form in self._forms(word))
        return self._first(lambda forms: not forms.isdisjoint(found))

    def has_number(self, number: str) -> bool:
        """Return whether a number is itself an urgent word: 999."""
        return number.isdecimal() and number in self.stems

    def _forms(self, word: str) -> Forms:
        """Return the stems a word of a query may stand for; those of a corrected one if it has no other."""
        reduce = stemmers(self.language)
        forms = frozenset(stem(form) for form in (word, *mutated(word, self.language)) for stem in reduce)
        if len(word) in CORRECTED and forms.isdisjoint(self.stems):
            forms |= frozenset(slip for slip in one_letter_off(word) if slip in self.stems)
        return forms

    def _keyed(self, keys: Sequence[str]) -> UrgentAnswer | None:
        return self._first(lambda forms: any(_spells(part, form) for form in forms for part in keys))

    def _first(self, met: Met) -> UrgentAnswer | None:
        return next(
            (answer for answer, phrases in self.answers if any(phrase and all(map(met, phrase)) for phrase in phrases)),
            None,
        )


def _spells(keys: str, form: str) -> bool:
    spelled = digits(form)
    return keys == spelled or (
        len(form) > MORE_KEYS and keys.startswith(spelled) and len(keys) - len(spelled) <= MORE_KEYS
    )
