"""Postal addresses as people write them, in one form."""

import re

_POSTCODE = re.compile(
    r"(?<![A-Za-z])([A-Za-z]{1,2}[0-9][A-Za-z0-9]?)[ ,\u2010-\u2013-]*([0-9][A-Za-z]{2})(?![A-Za-z0-9])"
)


def has_postcode(text: str) -> bool:
    return _POSTCODE.search(text) is not None


def tidy_address(text: str) -> str | None:
    """Return one line that ends in its postcode, `12 High Street, EM4 2QT`; None if it names no house or no postcode."""
    line = ", ".join(part.strip(" ,") for part in text.splitlines() if part.strip(" ,"))
    found = list(_POSTCODE.finditer(line))
    if not found:
        return None
    postcode = found[-1]
    rest = f"{line[: postcode.start()].rstrip(' ,')}, {line[postcode.end() :].strip(' ,')}".strip(" ,")
    return f"{rest}, {postcode[1].upper()} {postcode[2].upper()}" if _names_a_house(rest) else None


def _names_a_house(rest: str) -> bool:
    """Return whether there is a number, or a house name before the street: two parts, or more words than a street has."""
    return any(sign.isdigit() for sign in rest) or "," in rest or len(rest.split()) > 2
