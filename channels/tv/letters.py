"""Letters by the digit keys of a remote control: each key has some signs, and a further press gives the next of them."""

from collections.abc import Mapping

GROUPS: Mapping[str, str] = {
    "1": "1.,'-@",
    "2": "abc2",
    "3": "def3",
    "4": "ghi4",
    "5": "jkl5",
    "6": "mno6",
    "7": "pqrs7",
    "8": "tuv8",
    "9": "wxyz9",
    "0": " 0",
}
"""The signs of each digit key in the order of its presses. Holding a key gives its digit."""
KEYS = tuple(sorted(GROUPS.items(), key=lambda group: group[0] == "0"))
"""The digit keys in the order of a remote control, each with its signs."""
RARE = 6
"""Presses assumed for a sign that no key has: it is left out or written in another way."""
_TAPS = {sign: place for signs in GROUPS.values() for place, sign in enumerate(signs, 1)}


def count_taps(text: str) -> int:
    """Return the presses that enter a text; a digit is one long press."""
    return sum(1 if sign.isdigit() else _TAPS.get(sign, RARE) for sign in text.lower())
