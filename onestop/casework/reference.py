"""Reference numbers: ten digits that can be keyed in on a remote and read out on the telephone, the last one a check."""

import re
import unicodedata
from random import Random

# A quasigroup after Damm: one wrong digit, or two neighbours exchanged, never ends at 0.
TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
DIGITS = 10
ALIKE = str.maketrans("OoIlL|", "001111")
BETWEEN = re.compile(r"[\s.,:/_#()\u2010-\u2015-]+")


def new_reference(chance: Random) -> str:
    """A reference at random. It never begins with 0, which a spreadsheet would take away."""
    digits = str(chance.randrange(100_000_000, 1_000_000_000))
    return digits + str(_ending(digits))


def is_reference(digits: str) -> bool:
    """Whether these are ten digits whose check is right."""
    return (
        len(digits) == DIGITS and digits.isascii() and digits.isdecimal() and digits[0] != "0" and _ending(digits) == 0
    )


def parse_reference(text: str) -> str | None:
    """The reference in what somebody typed, however they grouped it or took a letter for a digit; None if there is none."""
    plain = unicodedata.normalize("NFKC", text)
    # "Reference no. 123": words in front go first, unless the first digit itself was typed as a letter.
    readings = (re.sub(r"^\D*", "", plain), plain)
    found = (BETWEEN.sub("", reading.translate(ALIKE)) for reading in readings)
    return next((digits for digits in found if is_reference(digits)), None)


def grouped(digits: str) -> str:
    """As it is shown and read aloud: 123 456 7890."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def _ending(digits: str) -> int:
    state = 0
    for digit in digits:
        state = TABLE[state][int(digit)]
    return state
