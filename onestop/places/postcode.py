"""Postcodes as people type them: any spaces, any case, O for 0 and I for 1."""

import re
from dataclasses import dataclass

# The six shapes of outward codes and their inward codes; the first letter is never Q, V or X, the second never I, J or Z, and the
# last two never C, I, K, M, O or V. No district is written with a nought before its number. Whether a postcode exists, only the
# gazetteer can tell.
OUTWARD = re.compile(r"(?!\D+0[0-9])[A-PR-UWYZ](?:[0-9][0-9A-HJKPSTUW]?|[A-HK-Y][0-9](?:[0-9]|[ABEHMNPRVWXY])?)")
INWARD = re.compile(r"[0-9][ABD-HJLNP-UW-Z]{2}")
_TYPED = re.compile(r"[A-Za-z0-9]{2,4}[\W_]*[A-Za-z0-9]{3}\Z")
_DIGIT = str.maketrans("OoIiLl", "001111")
_LETTER = str.maketrans("01", "OI")
LEAST, MOST = 5, 7


@dataclass(frozen=True, slots=True)
class PostcodeInText:
    """A postcode that ends a text, and the text before it."""

    postcode: str
    before: str


def parse_postcode(text: str) -> str | None:
    """Return the postcode without its space, put right, or None if the text cannot be one."""
    letters = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    if not LEAST <= len(letters) <= MOST or not letters.isascii():
        return None
    inward = letters[-3].translate(_DIGIT) + letters[-2:].translate(_LETTER)
    if not INWARD.fullmatch(inward):
        return None
    return next((out + inward for out in _outwards(letters[:-3]) if OUTWARD.fullmatch(out)), None)


def find_postcode(text: str) -> PostcodeInText | None:
    """Return the postcode at the end of an address, with the words before it; None if there is none."""
    words = re.split(r"[\s,]+", text.strip(" ,.;"))
    for taken in (2, 1, 3):
        found = parse_postcode("".join(words[-taken:])) if len(words) >= taken else None
        if found and _TYPED.fullmatch(" ".join(words[-taken:])):
            return PostcodeInText(found, " ".join(words[:-taken]))
    return None


def _outwards(letters: str) -> list[str]:
    """Return the spellings an outward code may have meant, those with the fewest characters changed first."""
    found = [letters]
    for area in (1, 2):
        if len(letters) > area:
            rest = letters[area:]
            digits = rest.translate(_DIGIT)
            found += [letters[:area].translate(_LETTER) + one for one in (digits, digits[:1] + rest[1:])]
    return sorted(found, key=lambda one: sum(map(str.__ne__, one, letters)))
