"""Postal addresses as people write them, in one form."""

import re

from onestop.journeys.values.visible_text import plain_signs

_POSTCODE = re.compile(r"(?<!\w)([A-Za-z]{1,2}[0-9][A-Za-z0-9]?)[\W_]*([0-9])([ .-]?)([A-Za-z]{2})(?!\w)")
_ORDINAL = re.compile(r"1st|2nd|3rd|[04-9]th", re.IGNORECASE)
_WORD_BEHIND = re.compile(r"[ .'\u2019]*[^\W\d_]")
_LIKE_POSTCODE = re.compile(
    r"(?<!\w)([A-Za-z]{1,2})([0-9OoIilL][A-Za-z0-9]?)([\W_]*)([0-9OoIilL])([A-Za-z]{2})[\W_]*\Z"
)
"""A postcode at the end of a text with a letter that looks like the digit that it stands for: SW1A OAA."""
_DIGIT_FOR = str.maketrans("OoIilL", "001111")
_LONE_LETTER = re.compile(r"(?<!\w)[^\W\d_][^\w,\n]+$")
"""One letter, and no comma or new line between it and what follows."""

_NUMBER = re.compile(r"(?<![\w-])\d+[A-Za-z]?(?:-\d+[A-Za-z]?)?\s*$")
"""The number of a house at the end of a text."""
_NUMBERED = re.compile(r"((?:.*, )?\d+[A-Za-z]?(?:-\d+[A-Za-z]?)?) ([^\d,][^,]*)")
"""A house with its number, and the street behind it."""
AddressFields = tuple[str, str, str, str]
"""House, street, town and postcode, each as it was entered."""


def has_postcode(text: str) -> bool:
    return bool(_postcodes(_plain(text)))


def _postcodes(text: str) -> list[re.Match[str]]:
    """Return what is a postcode, and not part of an address: Flat B1, 5 St Mary's Road; Unit A1, 2nd floor."""
    return [found for found in _POSTCODE.finditer(text) if not _may_be_words(found)]


def _may_be_words(found: re.Match[str]) -> bool:
    outward, digit, gap, letters = found.groups()
    ordinal = _ORDINAL.fullmatch(digit + letters) is not None
    if ordinal and outward[0].isupper() and letters.islower():
        return True
    return bool(ordinal or gap) and _WORD_BEHIND.match(found.string, found.end()) is not None


def _plain(text: str) -> str:
    """Return the text with ordinary letters and digits in place of wide ones, and a digit where a postcode has one."""
    plain = plain_signs(text)
    like = None if _postcodes(plain) else _LIKE_POSTCODE.search(plain)
    if like is None or not any(map(str.isdecimal, like[2] + like[4])):
        return plain
    area, district, apart, digit, letters = like.groups()
    number = district.translate(_DIGIT_FOR)
    if number[0] == "0" and number[1:].isdecimal():
        return plain  # no district is written with a nought before its number: the letter is one too many
    right = f"{area}{number}{apart}{digit.translate(_DIGIT_FOR)}{letters}"
    return f"{plain[: like.start()]}{right}{plain[like.end(5) :]}"


def _with_plain_postcode(text: str) -> str:
    """Return the text with its last postcode written as EM4 2QT, also if it is on two lines."""
    found = _postcodes(text)
    if not found:
        return text
    last = found[-1]
    return f"{text[: last.start()]}{last[1]} {last[2]}{last[4]}{text[last.end() :]}"


def has_split_postcode(text: str) -> bool:
    """Return whether the postcode may be in parts, like `E M4 2QT`: EM4 2QT, or M4 2QT behind a letter of the address."""
    found = _postcodes(text := _plain(text))
    return bool(found) and found[-1][1][1].isdigit() and _LONE_LETTER.search(text[: found[-1].start()]) is not None


def tidy_address(text: str) -> str | None:
    """Return one line that ends in its postcode, `12 High Street, EM4 2QT`; None if it names no house or no postcode."""
    line = ", ".join(part.strip(" ,") for part in _with_plain_postcode(_plain(text)).splitlines() if part.strip(" ,"))
    found = _postcodes(line)
    if not found:
        return None
    postcode = found[-1]
    after = line[postcode.end() :].lstrip(" ,.;)]").rstrip(" ,.;([")
    rest = ", ".join(filter(None, (line[: postcode.start()].rstrip(" ,;(["), after)))
    tidy = f"{postcode[1]} {postcode[2]}{postcode[4]}".upper()
    rest = re.sub(rf"[ ,]+{tidy}$", "", rest, flags=re.IGNORECASE)
    return f"{rest}, {tidy}" if _names_a_house(rest) else None


def address_parts(line: str) -> tuple[str, str]:
    """Return an address without its postcode, and the postcode, if it ends in one: ("12 High Street", "EM4 2QT")."""
    found = _postcodes(line)
    if not found or line[found[-1].end() :].strip(" ,"):
        return line, ""
    return line[: found[-1].start()].rstrip(" ,"), found[-1][0]


def split_address(line: str) -> AddressFields:
    """Return what the fields of an address hold: ("12", "High Street", "Eastmere", "EM4 2QT"). `join_address` is the inverse."""
    whole, postcode = address_parts(line)
    *before, last = whole.split(", ")
    town = last if before and not any(map(str.isdigit, last)) else ""
    rest = ", ".join(before) if town else whole
    numbered = _NUMBERED.fullmatch(rest)
    house, street = (numbered[1], numbered[2]) if numbered else (rest, "")
    found = (house, street, town, postcode)
    return found if join_address(*found) == line else (whole, "", "", postcode)


def join_address(house: str, street: str, town: str, postcode: str) -> str:
    """Return an address that was entered in four fields as one line. What stands in two of them, as when a whole address was pasted or
    filled in by the browser, counts once.
    """
    apart = " " if _NUMBER.search(house) and street else ", "
    first = apart.join(filter(None, (house, "" if _has(house, street) else street)))
    line = ", ".join(filter(None, (first, "" if _has(first, town) else town)))
    before, same = address_parts(line)
    again = bool(postcode) and _letters(postcode) == _letters(same)
    return ", ".join(filter(None, (before if again else line, postcode)))


def _has(line: str, part: str) -> bool:
    """Return whether a line already has a part of the address, in any case: "12 High Street" has "High Street"."""
    wanted = part.strip().casefold()
    return bool(wanted) and any(f" {one.strip()}".endswith(f" {wanted}") for one in line.casefold().split(","))


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
