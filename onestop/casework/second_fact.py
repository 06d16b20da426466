"""The second fact that, beside the reference, finds a case again: a PIN, a postcode or a date of birth, all as digits."""

import re
import unicodedata

from onestop.places.keypad import keyed_short
from onestop.places.postcode import parse_postcode

DATE = re.compile(r"\D*(\d{1,2})\D+(\d{1,2})\D+(\d{4})\D*")
MOST = 60
"""Characters of a second fact as somebody types it."""


def fact_digits(text: str) -> str:
    """Return the digits that stand for a second fact as it was typed or answered; "" if there are none.

    A postcode is keyed as on a remote control, without the letters it begins with: "4278" for EM4 2QT. A date is day, month and year.
    """
    plain = unicodedata.normalize("NFKC", text)[:MOST]
    if found := DATE.fullmatch(plain):
        return f"{found[1]:0>2}{found[2]:0>2}{found[3]}"
    postcode = parse_postcode(plain)
    return keyed_short(postcode) if postcode else re.sub(r"[^0-9]", "", plain)
