"""Reference numbers: ten digits, easy to type with a remote and to read out on the telephone, the last one a check digit."""

import re
import unicodedata
from random import Random

# Quasigroup of Damm's check digit algorithm (H. M. Damm, 2004): it detects every wrong digit and every swap of neighbours.
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
    """Return a random reference. It never begins with 0, which a spreadsheet would drop."""
    digits = str(chance.randrange(100_000_000, 1_000_000_000))
    return digits + str(check_digit(digits))


def is_reference(digits: str) -> bool:
    """Return whether these are ten digits with a valid check digit."""
    return (
        len(digits) == DIGITS
        and digits.isascii()
        and digits.isdecimal()
        and digits[0] != "0"
        and check_digit(digits) == 0
    )


def parse_reference(text: str) -> str | None:
    """Parse a reference as somebody typed it, grouped in any way, with O for 0 and I or l for 1; None if it is not valid."""
    plain = unicodedata.normalize("NFKC", text)
    # Drop words in front ("Reference no. 123"), unless the first digit was typed as a letter.
    readings = (re.sub(r"^\D*", "", plain), plain)
    found = (BETWEEN.sub("", reading.translate(ALIKE)) for reading in readings)
    return next((digits for digits in found if is_reference(digits)), None)


def grouped(digits: str) -> str:
    """Return it as it is displayed and read aloud: 123 456 7890."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def check_digit(digits: str) -> int:
    """Return the digit that makes the reference valid when it is appended; 0 for a reference that is whole and valid."""
    state = 0
    for digit in digits:
        state = TABLE[state][int(digit)]
    return state
