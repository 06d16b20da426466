"""What is on the keyboards a kiosk draws: the keys of each, row by row, by what is asked for and in which language."""

from collections.abc import Mapping
from dataclasses import dataclass

from onestop.screen import DateEntry, Entry, Field

Row = tuple[str, ...]
Rows = tuple[Row, ...]

SHIFT, CLEAR, SPACE, ERASE = "shift", "clear", "space", "erase"
"""The keys that write nothing."""
DIGITS = ("123", "456", "789")
LAST_DIGIT = "0"
SHIFTED: Mapping[str, str] = {",": "!", ".": "?", "-": "/", "'": "&", "3": "£"}
"""What a key that has no capital writes instead of one."""
WITH_ACCENTS = "âêîôûŵŷáéïö"


@dataclass(frozen=True, slots=True)
class Board:
    """`letters` are rows of single keys; the `last` row begins with `before`. Beside letters stand digits."""

    letters: tuple[str, ...]
    last: Row
    accents: tuple[str, ...] = ()
    """The languages whose letters with accents have a row; "" is every language."""


BOARDS: Mapping[str, Board] = {
    "words": Board(("qwertyuiop", "asdfghjkl'", "zxcvbnm,.-"), (SHIFT, CLEAR, SPACE), ("cy",)),
    # Somebody's name keeps its accents in whatever language they read.
    "name": Board(("qwertyuiop", "asdfghjkl'", "zxcvbnm,.-"), (SHIFT, CLEAR, SPACE), ("",)),
    "email": Board(("qwertyuiop", "asdfghjkl'", "zxcvbnm.-_"), (CLEAR, "+", "@", ".co.uk", ".com")),
}
PADS: Mapping[str, Row] = {
    "digits": (CLEAR, LAST_DIGIT, ERASE),
    "money": (CLEAR, ".", LAST_DIGIT, ERASE),
    "phone": (CLEAR, "+", LAST_DIGIT, ERASE),
}
"""The last row of each pad of digits."""
KEYBOARDS: Mapping[str, str] = {
    "name": "name",
    "email": "email",
    "phone": "phone",
    "money": "money",
    "number": "digits",
    "code": "digits",
}
"""Which keyboard each kind of entry needs, if not that for words."""


def keyboard(field: Field | None) -> str:
    """The name of the keyboard a field is filled in with."""
    if isinstance(field, DateEntry):
        return "digits"
    return KEYBOARDS.get(field.kind, "words") if isinstance(field, Entry) else "words"


def rows(name: str, language: str, *, wide: bool) -> Rows:
    """The keys of a keyboard: where it is wide the digits stand beside the letters, else above them."""
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
    """How many rows it has in the language that needs most."""
    accents = BOARDS[name].accents if name in BOARDS else ()
    return len(rows(name, next(iter(accents), ""), wide=wide))
