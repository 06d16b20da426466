"""How large everything with letters in it is drawn on a television, as it is usually and as a resident may ask for it."""

from dataclasses import dataclass

PLANE, SAFE = 720, 36
"""Px of the plane from top to bottom, and of it what some sets cut off at each end."""
SPARE = 8
"""Px between the last line and the foot that no page uses."""
RULE, BETWEEN = 4, 10
"""Px of the line under the head, and between a block and the next."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Px. Text is `text` high in lines of `line`, titles and tables likewise; the head and the foot are written in `edge`.

    A colour of the foot is `colour` wide, and `aside` stands at each side of its word and before the next; `key` stands at each side
    of a digit of the pad. What is ticked takes a row of `tick`. A question shows at most `options`; a menu has at most `rows`. A word
    of more than `longest` characters may have to be broken. `numbers`: whether home has room for a line about them.
    """

    text: int
    line: int
    title: int
    title_line: int
    cell: int
    cell_line: int
    edge: int
    colour: int
    aside: int
    key: int
    tick: int
    options: int
    rows: int
    longest: int
    numbers: bool

    @property
    def row(self) -> int:
        """Px of what is chosen from: a line, and the room to see that it is in focus."""
        return self.line + 16

    @property
    def body(self) -> int:
        """Px from under a title of one line to above the foot."""
        around = SAFE + self.line + RULE + BETWEEN + self.title_line + self.line + SAFE
        return PLANE - around - SPARE


USUAL = Sizes(
    28, 38, 40, 48, 26, 32, edge=28, colour=28, aside=12, key=18, tick=42, options=6, rows=8, longest=24, numbers=True
)
# Everything that is read grows by two sevenths. The foot has four words and two ways beside each other, so it grows by one seventh
# and gives of its colours; so does what is ticked, of which six stand on a page.
LARGE = Sizes(
    36, 48, 48, 58, 34, 42, edge=32, colour=20, aside=9, key=12, tick=44, options=4, rows=6, longest=18, numbers=False
)
