"""The on-screen keyboards of a kiosk: the keys of each row, by kind of field and language."""

from collections.abc import Mapping
from dataclasses import dataclass

from onestop.screen import DateEntry, Entry, EntryKind, Field

Row = tuple[str, ...]
Rows = tuple[Row, ...]

SHIFT, CLEAR, SPACE, ERASE = "shift", "clear", "space", "erase"
"""Keys that enter no character."""
DIGITS = ("123", "456", "789")
LAST_DIGIT = "0"
SHIFTED: Mapping[str, str] = {",": "!", ".": "?", "-": "/", "'": "&", "3": "£"}
"""Characters that shift gives on keys without a capital letter."""
WITH_ACCENTS = "âêîôûŵŷáéïö"


@dataclass(frozen=True, slots=True)
class Board:
    """`letters` are the rows of single-character keys, `last` is the bottom row. Digits stand beside or above the letters."""

    letters: tuple[str, ...]
    last: Row
    accents: tuple[str, ...] = ()
    """Languages in which the keyboard has a row of accented letters; "" stands for every language."""


BOARDS: Mapping[str, Board] = {
    "words": Board(("qwertyuiop", "asdfghjkl'", "zxcvbnm,.-"), (SHIFT, CLEAR, SPACE), ("cy",)),
    # A name may have accents whatever the language of the interface.
    "name": Board(("qwertyuiop", "asdfghjkl'", "zxcvbnm,.-"), (SHIFT, CLEAR, SPACE), ("",)),
    "email": Board(("qwertyuiop", "asdfghjkl'", "zxcvbnm.-_"), (CLEAR, "+", "@", ".co.uk", ".com")),
}
PADS: Mapping[str, Row] = {
    "digits": (CLEAR, LAST_DIGIT, ERASE),
    "money": (CLEAR, ".", LAST_DIGIT, ERASE),
    "phone": (CLEAR, "+", LAST_DIGIT, ERASE),
}
"""The bottom row of each number pad."""
KEYBOARDS: Mapping[EntryKind, str] = {
    "words": "words",
    "line": "words",
    "address": "words",
    "spot": "words",
    "name": "name",
    "email": "email",
    "phone": "phone",
    "money": "money",
    "number": "digits",
    "code": "digits",
}
"""The keyboard of each kind of entry."""


def keyboard(field: Field | None) -> str:
    """Return the name of the keyboard for a field."""
    if isinstance(field, DateEntry):
        return "digits"
    return KEYBOARDS[field.kind] if isinstance(field, Entry) else "words"


def rows(name: str, language: str, *, wide: bool) -> Rows:
    """Return the keys of a keyboard, row by row: digits stand beside the letters if the display is `wide`, else above them."""
    if name in PADS:
        return (*map(tuple, DIGITS), PADS[name])
    board = BOARDS[name]
    accents = (tuple(WITH_ACCENTS),) if {"", language} & set(board.accents) else ()
    if wide:
        *above, below = (tuple(keys + digits) for keys, digits in zip(board.letters, DIGITS, strict=True))
        return (*above, *accents, (*below, ERASE), (*board.last, LAST_DIGIT))
    *above, below = map(tuple, board.letters)
    return (tuple("".join(DIGITS) + LAST_DIGIT), *above, *accents, (*below, ERASE), board.last)


def most_rows(name: str, *, wide: bool) -> int:
    """Return the number of rows in the language that has the most."""
    accents = BOARDS[name].accents if name in BOARDS else ()
    return len(rows(name, next(iter(accents), ""), wide=wide))
