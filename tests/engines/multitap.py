"""Texts as presses of a remote control's digit keys, each of which writes several signs."""

from channels.tv.letters import GROUPS

WRITTEN = "!document.querySelector('.w i').textContent.trim()"
"""A script: whether the sign pressed last is written, so that the same key begins another sign."""


def taps(sign: str) -> list[str]:
    """Return the presses of a digit key that write a sign."""
    return next([key] * (signs.index(sign) + 1) for key, signs in GROUPS.items() if sign in signs)
