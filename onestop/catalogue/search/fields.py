"""The texts of a section or service that are searched, each with the weight of its words."""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from onestop.catalogue.body import plain_text
from onestop.catalogue.catalogue import Catalogue, Section, Service, ServiceText
from onestop.catalogue.resident_words import ResidentWords
from onestop.catalogue.search.terms import EDITION, as_one, content_words, pairs, terms

WEIGHT_BITS = 6
HEAVIEST = (1 << WEIGHT_BITS) - 1
OTHER_LANGUAGE = 0.6
"""What a text of another language counts for: somebody may search for "library" on a Welsh page."""
HALF = 4.0
"""The weight of a word at which it counts for half of what a word can."""
PAIRED = ("title", "words", "heading")
"""Fields that are also found as one word, and so are each two neighbouring words of them: "counciltax"."""
ALONE = 1.4
"""What a keyword of one word counts more than a word of a longer phrase."""

Thing = Section | Service


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """A word's weight in a field of the `usual` number of words; `by_length` is how much of it depends on that number.

    Words at most `most` times count.
    """

    weight: float
    usual: int
    by_length: float = 0.3
    most: int = 2


FIELDS: Mapping[str, FieldWeight] = {
    "section": FieldWeight(16, 3),
    "title": FieldWeight(9, 5),
    "words": FieldWeight(9, 24, 0.1, 1),
    "summary": FieldWeight(3.5, 14),
    "heading": FieldWeight(2, 14),
    "facts": FieldWeight(1.2, 30),
    "body": FieldWeight(0.9, 320, 0.5, 4),
}


def all_things(catalogue: Catalogue) -> tuple[Thing, ...]:
    return (*catalogue.sections, *catalogue.services)


def words_digest(thing: Thing, residents: ResidentWords) -> int:
    """Return 64 bits that stand for every text `weights` looks at, in every language."""
    if isinstance(thing, Section):
        words: Any = (dict(thing.titles), dict(thing.summaries))
    else:
        words = [
            (text.title, text.summary, text.words, text.headings, text.body, *_facts(text))
            for text in thing.texts.values()
        ]
    own = residents.services.get(thing.address, {})
    # marshal's first format is faster than repr, and depends on nothing but the values.
    seen = marshal.dumps((EDITION, words, [(code, tuple(phrases)) for code, phrases in own.items()]), 0)
    return int.from_bytes(blake2b(seen, digest_size=8).digest(), "big")


def weights(thing: Thing, language: str, residents: ResidentWords) -> Mapping[str, int]:
    """Return every word of a thing, 1 to `HEAVIEST` by how often and where it occurs, as BM25F does it."""
    heavy: dict[str, float] = {}
    for field, share, text in _texts(thing, language, residents):
        words = content_words(text) or terms(text)
        rule = FIELDS[field]
        length = 1 - rule.by_length + rule.by_length * len(words) / rule.usual
        each = share * rule.weight / length
        for word, times in Counter(words).items():
            heavy[word] = heavy.get(word, 0.0) + each * min(times, rule.most)
        if field in PAIRED:
            for joined in {*pairs(words), as_one(text)}:
                heavy[joined] = heavy.get(joined, 0.0) + each
    return {word: max(1, round(HEAVIEST * weight / (weight + HALF))) for word, weight in heavy.items()}


def _texts(thing: Thing, language: str, residents: ResidentWords) -> Iterable[tuple[str, float, str]]:
    """Yield the field, the share of the field's weight, and the text."""
    if isinstance(thing, Section):
        yield from (("section", 1.0, thing.title(language)), ("summary", 0.7, thing.summary(language)))
    else:
        own = thing.text(language)
        yield from _of_text(own)
        yield from (
            (f, OTHER_LANGUAGE * share, text)
            for other in thing.texts.values()
            if other is not own
            for f, share, text in _of_text(other)
            if f != "body"
        )
    for code, phrases in residents.services.get(thing.address, {}).items():
        share = 1.0 if code == language else OTHER_LANGUAGE
        yield from (("words", share * (ALONE if " " not in phrase else 1), phrase) for phrase in phrases)


def _of_text(text: ServiceText) -> Iterable[tuple[str, float, str]]:
    yield ("title", 1.0, text.title)
    yield from (("words", ALONE if " " not in phrase else 1.0, phrase) for phrase in text.words)
    yield ("summary", 1.0, text.summary)
    yield from (("heading", 1.0, heading) for heading in text.headings)
    yield ("facts", 1.0, " ".join(_facts(text)))
    yield ("body", 1.0, plain_text(text.body))


def _facts(text: ServiceText) -> Sequence[str]:
    team = (text.contact.team,) if text.contact else ()
    return (text.eligibility, text.cost, *text.need, *team, *(f"{place.name} {place.address}" for place in text.places))
