"""Which urgent answer a query calls for, in words or telephone keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onestop.catalogue.resident_words import Phrase, ResidentWords, UrgentAnswer
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
Known = Callable[[str], bool]
"""Returns whether the catalogue has a word, or one with these telephone keys."""


@dataclass(frozen=True, slots=True)
class UrgentForms:
    """An urgent answer with its phrases and exceptions; a phrase is the stems of each of its words, of which one is enough."""

    answer: UrgentAnswer
    phrases: tuple[tuple[Forms, ...], ...]
    exceptions: tuple[tuple[Forms, ...], ...]

    def fits(self, met: Met) -> bool:
        """Return whether all words of a phrase are met, and all of no exception."""
        return _any_met(self.phrases, met) and not _any_met(self.exceptions, met)


@dataclass(frozen=True, slots=True)
class UrgentWords:
    """The urgent answers of a language in their order, and the stems of all their phrases."""

    language: str
    answers: tuple[UrgentForms, ...]
    stems: Forms

    @classmethod
    def build(cls, residents: ResidentWords, language: str) -> UrgentWords:
        reduce = stemmers(language)

        def forms(phrases: Sequence[Phrase]) -> tuple[tuple[Forms, ...], ...]:
            return tuple(
                tuple(frozenset((*words, *(stem(word) for word in words for stem in reduce))) for words in phrase)
                for phrase in phrases
            )

        answers = tuple(UrgentForms(one, forms(one.phrases), forms(one.exceptions)) for one in residents.urgent)
        stems = frozenset(form for one in answers for phrase in one.phrases for word in phrase for form in word)
        return cls(language, answers, stems)

    def answer(self, query: str, known: Known) -> UrgentAnswer | None:
        """Return the first answer of which a phrase has all its words in the query, or None.

        Words and keys that the catalogue knows are taken as they are: "starting school" is no typing error of "starving".
        """
        words = terms(query)[:WORDS_AT_MOST]
        if not self.answers or not words:
            return None
        if all(word.isdecimal() for word in words) and not self.has_number("".join(words)):
            return self._keyed([part for word in words for part in word.replace("0", "1").split("1") if part], known)
        found = frozenset(form for word in words for form in self._forms(word, known))
        return self._first(lambda forms: not forms.isdisjoint(found))

    def has_number(self, number: str) -> bool:
        """Return whether a number is itself an urgent word: 999."""
        return number.isdecimal() and number in self.stems

    def _forms(self, word: str, known: Known) -> Forms:
        """Return the stems a word of a query may stand for; those of a corrected one if it has no other."""
        reduce = stemmers(self.language)
        forms = frozenset(stem(form) for form in (word, *mutated(word, self.language)) for stem in reduce)
        if len(word) in CORRECTED and forms.isdisjoint(self.stems) and not known(word):
            forms |= frozenset(slip for slip in one_letter_off(word) if slip in self.stems)
        return forms

    def _keyed(self, keys: Sequence[str], known: Known) -> UrgentAnswer | None:
        endings = [(part, 0 if known(part) else MORE_KEYS) for part in keys]
        return self._first(lambda forms: any(_spells(part, form, more) for form in forms for part, more in endings))

    def _first(self, met: Met) -> UrgentAnswer | None:
        return next((one.answer for one in self.answers if one.fits(met)), None)


def _any_met(phrases: Sequence[Sequence[Forms]], met: Met) -> bool:
    return any(phrase and all(map(met, phrase)) for phrase in phrases)


def _spells(keys: str, form: str, more: int) -> bool:
    """Return whether keys spell a form, or a longer one with up to `more` keys of an ending."""
    spelled = digits(form)
    return keys == spelled or (len(form) > MORE_KEYS and keys.startswith(spelled) and len(keys) - len(spelled) <= more)
