"""Postal addresses as people write them, in one form."""

import re
import unicodedata

_POSTCODE = re.compile(
    r"(?<!\w)([A-Za-z]{1,2}[0-9][A-Za-z0-9]?)[ ,.\n/_\u2010-\u2013-]*([0-9])[ .-]?([A-Za-z]{2})(?!\w)"
)
_LONE_LETTER = re.compile(r"(?<!\w)[^\W\d_][^\w,\n]+$")
"""One letter, and no comma or new line between it and what follows."""


def has_postcode(text: str) -> bool:
    return _POSTCODE.search(_plain(text)) is not None


def _plain(text: str) -> str:
    """Return the text with ordinary letters and digits in place of wide ones."""
    return unicodedata.normalize("NFKC", text)


def _with_plain_postcode(text: str) -> str:
    """Return the text with its last postcode written as EM4 2QT, also if it is on two lines."""
    found = list(_POSTCODE.finditer(text))
    if not found:
        return text
    last = found[-1]
    return f"{text[: last.start()]}{last[1]} {last[2]}{last[3]}{text[last.end() :]}"


def has_split_postcode(text: str) -> bool:
    """Return whether the postcode may be in parts, like `E M4 2QT`: EM4 2QT, or M4 2QT behind a letter of the address."""
    found = list(_POSTCODE.finditer(text := _plain(text)))
    return bool(found) and found[-1][1][1].isdigit() and _LONE_LETTER.search(text[: found[-1].start()]) is not None


def tidy_address(text: str) -> str | None:
    """Return one line that ends in its postcode, `12 High Street, EM4 2QT`; None if it names no house or no postcode."""
    line = ", ".join(part.strip(" ,") for part in _with_plain_postcode(_plain(text)).splitlines() if part.strip(" ,"))
    found = list(_POSTCODE.finditer(line))
    if not found:
        return None
    postcode = found[-1]
    after = line[postcode.end() :].lstrip(" ,.;)]").rstrip(" ,.;([")
    rest = ", ".join(filter(None, (line[: postcode.start()].rstrip(" ,;(["), after)))
    tidy = f"{postcode[1]} {postcode[2]}{postcode[3]}".upper()
    rest = re.sub(rf"[ ,]+{tidy}$", "", rest, flags=re.IGNORECASE)
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


MOST_LINES = 7


def letter_lines(line: str) -> tuple[str, ...]:
    """Return three to seven lines of an address for a letter, the last its postcode; none if it has no postcode or no two other lines.

    GOV.UK Notify takes that many.
    """
    house, postcode = address_parts(line)
    parts = [part.strip() for part in house.split(",") if part.strip()]
    if not postcode or len(parts) < 2:
        return ()
    first = parts[: MOST_LINES - 2]
    rest = ", ".join(parts[MOST_LINES - 2 :])
    return (*first, *((rest,) if rest else ()), postcode)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).upper()


def _names_a_house(rest: str) -> bool:
    """Return whether there is a number, or a house name before the street: two parts, or more words than a street has."""
    return any(sign.isdigit() for sign in rest) or "," in rest or len(rest.split()) > 2
