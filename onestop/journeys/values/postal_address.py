"""Postal addresses as people write them, in one form."""

import re

_POSTCODE = re.compile(r"(?<!\w)([A-Za-z]{1,2}[0-9][A-Za-z0-9]?)[ ,\u2010-\u2013-]*([0-9]) ?([A-Za-z]{2})(?!\w)")
_LONE_LETTER = re.compile(r"(?<!\w)[^\W\d_][^\w,\n]+$")
"""One letter, and no comma or new line between it and what follows."""


def has_postcode(text: str) -> bool:
    return _POSTCODE.search(text) is not None


def has_split_postcode(text: str) -> bool:
    """Return whether the postcode may be in parts, like `E M4 2QT`: EM4 2QT, or M4 2QT behind a letter of the address."""
    found = list(_POSTCODE.finditer(text))
    return bool(found) and found[-1][1][1].isdigit() and _LONE_LETTER.search(text[: found[-1].start()]) is not None


def tidy_address(text: str) -> str | None:
    """Return one line that ends in its postcode, `12 High Street, EM4 2QT`; None if it names no house or no postcode."""
    line = ", ".join(part.strip(" ,") for part in text.splitlines() if part.strip(" ,"))
    found = list(_POSTCODE.finditer(line))
    if not found:
        return None
    postcode = found[-1]
    rest = f"{line[: postcode.start()].rstrip(' ,')}, {line[postcode.end() :].strip(' ,')}".strip(" ,")
    tidy = f"{postcode[1]} {postcode[2]}{postcode[3]}".upper()
    return f"{rest}, {tidy}" if _names_a_house(rest) else None


def address_parts(line: str) -> tuple[str, str]:
    """Return an address without its postcode, and the postcode, if it ends in one: ("12 High Street", "EM4 2QT")."""
    found = list(_POSTCODE.finditer(line))
    if not found or line[found[-1].end() :].strip(" ,"):
        return line, ""
    return line[: found[-1].start()].rstrip(" ,"), found[-1][0]


def join_address(line: str, postcode: str) -> str:
    """Return an address that was entered in two fields as one line; a postcode that is in both counts once."""
    house, same = address_parts(line)
    again = bool(postcode) and _letters(postcode) == _letters(same)
    return ", ".join(filter(None, (house if again else line, postcode)))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).upper()


def _names_a_house(rest: str) -> bool:
    """Return whether there is a number, or a house name before the street: two parts, or more words than a street has."""
    return any(sign.isdigit() for sign in rest) or "," in rest or len(rest.split()) > 2
