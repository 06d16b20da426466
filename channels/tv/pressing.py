"""How many key presses of a remote control answer a question."""

from onestop.screen import Choice, DateEntry, Entry, Field

CHOSEN = 2
"""Its digit and OK."""
A_WORD = 30
"""Letters by the set's own keyboard on the screen: nobody should have to."""
DIGITS = {"number": 3, "money": 5, "phone": 11}


def presses(field: Field) -> int:
    """The fewest that answer it: digits are keyed in, OK sends them, an arrow leads from one box to the next."""
    if isinstance(field, Choice):
        return CHOSEN + 1 if field.several else CHOSEN
    if isinstance(field, DateEntry):
        return 8 + 2 + 1
    if isinstance(field, Entry):
        return (field.most if field.kind == "code" else DIGITS.get(field.kind, A_WORD)) + 1
    return 0
