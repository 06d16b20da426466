"""What is on the keys of the keyboards a kiosk draws: rows of characters by what is asked for and in which language."""

from collections.abc import Mapping

Rows = tuple[str, ...]

LETTERS: Rows = ("qwertyuiop", "asdfghjkl'", "zxcvbnm-")
MORE: Mapping[str, Rows] = {"cy": ("âêîôûŵŷáéïö",)}
"""Letters that a language has besides, in a row of their own above the last."""
DIGITS: Rows = ("123", "456", "789")
LAST_DIGIT = "0"


def rows(language: str, *, wide: bool) -> Rows:
    """The keyboard for words: digits above the letters, or at their side; the last digit is then in the row of the space."""
    more = MORE.get(language, ())
    if not wide:
        return ("".join(DIGITS) + LAST_DIGIT, *LETTERS[:-1], *more, LETTERS[-1])
    beside = tuple(letters + digits for letters, digits in zip(LETTERS, DIGITS, strict=True))
    return (*beside[:-1], *more, beside[-1])
