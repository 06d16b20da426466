"""The A to Z: services by the first letter of their title."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from onestop.catalogue.catalogue import Service
from onestop.catalogue.search.terms import fold

OTHER = "0-9"


def by_letter(services: Sequence[Service], language: str) -> Mapping[str, tuple[Service, ...]]:
    """Return services by the first letter of their title in one language, letters and titles sorted."""
    titled = sorted(((fold(service.title(language)), service) for service in services), key=lambda pair: pair[0])
    grouped = groupby(titled, key=lambda pair: _letter(pair[0]))
    letters: dict[str, list[Service]] = {}
    for letter, pairs in grouped:
        letters.setdefault(letter, []).extend(service for _, service in pairs)
    return {letter: tuple(found) for letter, found in letters.items()}


def _letter(title: str) -> str:
    first = title[:1]
    return first if "a" <= first <= "z" else OTHER
