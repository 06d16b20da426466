"""What is on the keys of the keyboards a kiosk draws: rows of characters by what is asked for and in which language."""

from collections.abc import Mapping

Rows = tuple[str, ...]

LETTERS: Rows = ("1234567890", "qwertyuiop", "asdfghjkl'", "zxcvbnm-")
MORE: Mapping[str, Rows] = {"cy": ("âêîôûŵŷáéïö",)}
"""Letters that a language has besides, in a row of their own above the last."""
DIGITS: Rows = ("123", "456", "789")


def rows(language: str) -> Rows:
    """The keyboard for words."""
    return (*LETTERS[:-1], *MORE.get(language, ()), LETTERS[-1])
