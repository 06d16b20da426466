"""How many key presses of a remote control answer a question."""

from onestop.screen import Choice, DateEntry, Entry, Field

SHOWN = 3
"""Options that a page shows at least; the row below them is the way to more."""
SEND = 1
"""OK, or the digit of a button."""
BETWEEN = 2
"""Arrows from the day to the month, and on to the year."""
A_WORD = 30
"""Letters by the set's own keyboard on the screen: nobody should have to."""
TYPED = ("words", "line", "name", "email", "address", "spot")


def field_presses(field: Field) -> int:
    """The fewest that answer it: a digit chooses and moves on once its page is there; OK sends what has been keyed in."""
    if isinstance(field, Choice):
        chosen = [place for place, option in enumerate(field.options) if option.chosen]
        if field.several:
            # Arrows go down to the last of them, OK ticks each.
            return max(chosen, default=0) + len(chosen) + SEND
        return SEND + max(chosen, default=0) // SHOWN
    if isinstance(field, DateEntry):
        return len(field.day + field.month + field.year) + BETWEEN + SEND
    if isinstance(field, Entry):
        return A_WORD if field.kind in TYPED else sum(letter.isdigit() for letter in field.value) + SEND
    return 0


def button_presses(field: Field, place: int) -> int:
    """Those that take another way than the field. Beside words the first of the other ways has the focus; digits of a number or a
    day are written, so arrows go down past it and past "Continue"."""
    if isinstance(field, Entry) and field.kind in TYPED:
        return place + SEND
    return 2 + place + SEND if isinstance(field, Entry | DateEntry) else SEND


def page_turn_presses(answers: int) -> int:
    """Those that turn the pages on which the answers are checked: none, what sends them stands on the first (laying.py, "check")."""
    return 0
