"""Which of some addresses a person means who has typed more than a postcode or a street."""

import re
from collections.abc import Sequence

from onestop.places.premises import LocatedPremises

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_RANGE = re.compile(r"(\d+)[a-z]?-(\d+)[a-z]?")
_NUMBER = re.compile(r"\d{1,6}")


def matching(listed: Sequence[LocatedPremises], typed: str) -> Sequence[LocatedPremises]:
    """Return the addresses whose house was typed, and of those the flats that were typed; all of them if none was."""
    words = frozenset(_WORD.findall(typed.casefold()))
    houses = [one for one in listed if _is_house(one.premises.house, words)]
    flats = [one for one in houses if one.premises.flat and _words(one.premises.flat) <= words]
    return flats or houses or listed


def meant(listed: Sequence[LocatedPremises], typed: str) -> LocatedPremises | None:
    """Return the only address that was typed in full: its house, its flat, and its street if any was typed. Else None."""
    words = _words(typed)
    found = [one for one in matching(listed, typed) if _is_house(one.premises.house, words)]
    if len(found) != 1 or not _words(found[0].premises.flat) <= words:
        return None
    one = found[0]
    rest = words - _words(one.premises.house) - _words(one.premises.flat)
    return one if not rest or _words(one.street) <= rest else None


def _is_house(house: str, words: frozenset[str]) -> bool:
    """Return whether every word of a house was typed, or its name or number alone; of 1-3 any number in the range."""
    parts = house.casefold().split(", ")
    if any(there and there <= words for there in map(_words, parts)):
        return True
    found = _RANGE.fullmatch(parts[-1])
    return bool(found) and any(
        _NUMBER.fullmatch(word) and int(found[1]) <= int(word) <= int(found[2]) for word in words if found
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def split_house(typed: str) -> tuple[str, str]:
    """Return the words before a street's name that have a digit, and the rest: "flat 2 14a" and "quay street"."""
    words = typed.replace(",", " ").split()
    numbers = [place for place, word in enumerate(words) if any(letter.isdigit() for letter in word)]
    after = numbers[-1] + 1 if numbers else 0
    return " ".join(words[:after]), " ".join(words[after:])
