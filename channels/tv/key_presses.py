"""The number of remote control key presses that answer a question."""

from collections.abc import Mapping

from channels.tv.letters import count_taps
from onestop.screen import Choice, DateEntry, Entry, EntryKind, Field

SHOWN = 6
"""The fewest options of a page that has a row "More" below them."""
SEND = 1
"""One press of OK, or of the digit of a button."""
BETWEEN = 2
"""Arrow presses from the day to the month and on to the year."""
ANSWERS = 6
"""The fewest answers of a page of the check that has a row "More"."""
TO_LETTERS = 1
"""The digit that chooses to type here, among the ways to answer in letters."""
NEEDS_TYPING: Mapping[EntryKind, bool] = {
    "words": True,
    "line": True,
    "name": True,
    "email": True,
    "address": True,
    "spot": True,
    "phone": False,
    "number": False,
    "money": False,
    "code": False,
}
"""Whether a kind of entry takes letters, for which a remote control has no keys."""


def field_presses(field: Field) -> int:
    """Return the fewest presses that answer a field: one digit chooses an option and submits, OK submits entered digits."""
    if isinstance(field, Choice):
        chosen = [place for place, option in enumerate(field.options) if option.chosen]
        if field.several:
            # Arrow presses down to the last chosen option, and OK for each.
            return max(chosen, default=0) + len(chosen) + SEND
        return SEND + max(chosen, default=0) // SHOWN
    if isinstance(field, DateEntry):
        return len(field.day + field.month + field.year) + BETWEEN + SEND
    if isinstance(field, Entry):
        if NEEDS_TYPING[field.kind]:
            return TO_LETTERS + count_taps(field.value) + SEND
        return sum(letter.isdigit() for letter in field.value) + SEND
    return 0


def button_presses(field: Field, place: int) -> int:
    """Return the presses to use the button at index `place` instead of the field.

    The ways to answer in letters are numbered rows. On a number or a date, arrows pass the field and "Continue" first.
    """
    if isinstance(field, Entry) and NEEDS_TYPING[field.kind]:
        return SEND
    return 2 + place + SEND if isinstance(field, Entry | DateEntry) else SEND


def page_turn_presses(answers: int) -> int:
    """Return the most presses to page through the answers: the button that sends them stands below the last one."""
    return (answers - 1) // ANSWERS
