"""Whole numbers and amounts of money, as people write them and as they are shown."""

import re

from onestop.journeys.values.visible_text import plain_line

# A separator counts only before groups of three digits: "2,5" is neither 25 nor 2.5.
_GROUPED = r"[0-9]{1,3}(?P<separator>[,' ])[0-9]{3}(?:(?P=separator)[0-9]{3})*"
# "1.000" is a thousand to some, and one to others: it is refused.
_WHOLE = re.compile(rf"(?P<whole>[+-]?(?:[0-9]+|{_GROUPED}))(?:\.0{{0,2}})?")
_POUNDS = re.compile(rf"(?:(?P<whole>[0-9]+|{_GROUPED})(?:\.(?P<pence>[0-9]{{1,2}})?)?|\.(?P<only>[0-9]{{1,2}}))")
_PENCE = re.compile(r"([0-9]+) ?(?:p|pence|penny|[cg]einiog)")
_CURRENCY = re.compile(r"^(?:£|gbp) ?|(?: ?(?:pounds?|[pb]unt|(?:o )?[pb]unnoedd|£)| gbp)$")
_POINT = str.maketrans("\u00b7\u2027\u2219\u22c5", "....")
"""The raised point, which was once usual in prices: £12·50."""
LARGEST = 10**12
"""What a number with more digits counts as: above every limit that an author may set."""


def parse_whole(text: str) -> int | None:
    """Return `12`, `1,234`, `12.0` or `-3` as a number, or None."""
    found = _WHOLE.fullmatch(plain_line(text))
    return _whole(found["whole"]) if found else None


def parse_pence(text: str) -> int | None:
    """Return `£1,234.50`, `12.5`, `.99` or `50p` in pence, or None."""
    plain = plain_line(text).translate(_POINT).lower()
    if found := _PENCE.fullmatch(plain):
        return _whole(found[1])
    found = _POUNDS.fullmatch(_CURRENCY.sub("", plain))
    if not found:
        return None
    return _whole(found["whole"] or "0") * 100 + int((found["pence"] or found["only"] or "0").ljust(2, "0"))


def _whole(text: str) -> int:
    """Return the number of a text of digits, with a sign and separators. LARGEST stands for more: reading them takes quadratic time."""
    sign = -1 if text.startswith("-") else 1
    digits = re.sub(r"[^0-9]", "", text).lstrip("0")
    return sign * (LARGEST if len(digits) > 12 else int(digits or "0"))


def say_pence(pence: int) -> str:
    """Return `£1,234.50`, and `£12` without empty pence."""
    return f"£{pence // 100:,}" if pence % 100 == 0 else f"£{pence // 100:,}.{pence % 100:02}"


def type_pence(pence: int) -> str:
    """Return the amount as one types it: `12.50`, `12`."""
    return say_pence(pence).removeprefix("£").replace(",", "")
