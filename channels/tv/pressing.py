"""How many key presses of a remote control answer a question."""

from channels.tv.questions import ROWS
from onestop.screen import Choice, DateEntry, Entry, Field

SEND = 1
"""OK."""
BETWEEN = 2
"""Arrows from the day to the month, and on to the year."""
A_WORD = 30
"""Letters by the set's own keyboard on the screen: nobody should have to."""
TYPED = ("words", "line", "name", "email", "address", "spot")


def presses(field: Field) -> int:
    """The fewest that answer it: a digit chooses and moves on once its page is there; OK sends what has been keyed in."""
    if isinstance(field, Choice):
        chosen = [place for place, option in enumerate(field.options) if option.chosen]
        return SEND + len(chosen) if field.several else 1 + max(chosen, default=0) // ROWS
    if isinstance(field, DateEntry):
        return len(field.day + field.month + field.year) + BETWEEN + SEND
    if isinstance(field, Entry):
        return A_WORD if field.kind in TYPED else sum(letter.isdigit() for letter in field.value) + SEND
    return 0
