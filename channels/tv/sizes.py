"""Font sizes and row heights of a television page in px, in the default and the larger text mode."""

from dataclasses import dataclass

PLANE, SAFE = 720, 36
"""Height of the graphics plane in px, and the margin at top and bottom that overscan may hide."""
SPARE = 8
"""Px kept free above the foot."""
RULE, BETWEEN = 4, 10
"""Px of the rule under the head, and of the margin between blocks."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in px.

    `text` and `line` are font size and line height, likewise for titles and table cells; `edge` is the font size of head and foot.
    A colour mark in the foot is `colour` wide, with `aside` around its label; `key` is the padding of a digit of the number pad;
    `tick` is the height of a checkbox row. A question shows at most `options` options, a menu at most `rows` rows. Words of more than
    `longest` characters may have to be broken. `numbers`: whether home has a line about keying in numbers.
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
        """Px of a menu row: a line and the padding of the focus."""
        return self.line + 16

    @property
    def body(self) -> int:
        """Px between a title of one line and the foot."""
        around = SAFE + self.line + RULE + BETWEEN + self.title_line + self.line + SAFE
        return PLANE - around - SPARE


USUAL = Sizes(
    28, 38, 40, 48, 26, 32, edge=28, colour=28, aside=12, key=18, tick=42, options=6, rows=8, longest=24, numbers=True
)
# Text grows by two sevenths. The foot has six items side by side, so it grows by one seventh and its colour marks shrink; checkbox
# rows grow less too, because six of them must fit a page.
LARGE = Sizes(
    36, 48, 48, 58, 34, 42, edge=32, colour=20, aside=9, key=12, tick=44, options=4, rows=6, longest=18, numbers=False
)
