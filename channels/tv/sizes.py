"""Font sizes and row heights of a television page in px, in the default and the larger text mode."""

from dataclasses import dataclass

PLANE, SAFE = 720, 36
"""Height of the graphics plane in px, and the margin at top and bottom that overscan may hide."""
WIDTH = 1024
"""Px of the safe area's width."""
BETWEEN = 8
"""Px of the margin between blocks."""
ABOVE, BELOW = 6, 8
"""Px between the head and the first block, and between the last block and the edge of the panel."""
UNDER = 8
"""Px between the panel and the foot."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in px.

    `text` and `line` are font size and line height, likewise for titles, table cells and the names of parts; `head` is the line of
    the head, `head_title` and `head_width` the font size and the width of a title in it, `edge` the font size of the foot. The
    parts of a service stand in a column of `parts` px, or in a row if that is 0. A colour mark in the foot is `colour` wide, with
    `aside` around its label; `key` is the padding of a digit of the number pad; `tick` is the height of a checkbox row, `tile` that
    of a section at home. A question shows at most `options` options, a menu at most `rows` rows. Words of more than `longest`
    characters may have to be broken. `numbers`: whether home has a line about keying in numbers.
    """

    text: int
    line: int
    title: int
    title_line: int
    cell: int
    cell_line: int
    part: int
    part_line: int
    parts: int
    head: int
    head_title: int
    head_width: int
    edge: int
    colour: int
    aside: int
    key: int
    tick: int
    tile: int
    options: int
    rows: int
    longest: int
    numbers: bool

    @property
    def row(self) -> int:
        """Px of a menu row: a line and the padding of the focus."""
        return self.line + 16

    @property
    def close_row(self) -> int:
        """Px of a row among search results, below the number pad."""
        return self.line + 8

    @property
    def page(self) -> int:
        """Px between the head and the foot."""
        return PLANE - SAFE - self.head - ABOVE - BELOW - UNDER - self.line - SAFE

    @property
    def body(self) -> int:
        """Px between a title of one line and the foot."""
        return self.page - BETWEEN - self.title_line

    @property
    def foot_link(self) -> int:
        """Px on both sides of "More" and of "Back" in the foot, which six items in larger text fill."""
        return self.aside if self.parts else 8

    @property
    def foot_digit(self) -> int:
        """Px on both sides of a digit in the foot."""
        return self.aside // 2

    @property
    def panel(self) -> int:
        """Px of width beside the parts of a service."""
        return WIDTH - self.parts - 28 if self.parts else WIDTH

    @property
    def part_row(self) -> int:
        """Px of the row of parts, where they stand in a row."""
        return 0 if self.parts else self.part_line + 14


USUAL = Sizes(
    28, 36, 40, 48, 26, 32, 24, 26, parts=208, head=40, head_title=30, head_width=536, edge=28, colour=28, aside=12,
    key=18, tick=42, tile=92, options=6, rows=8, longest=24, numbers=True,
)  # fmt: skip
# Text grows by two sevenths. The foot has six items side by side, so it grows by one seventh and its colour marks shrink; checkbox
# rows grow less too, because six of them must fit a page.
LARGE = Sizes(
    36, 46, 48, 56, 34, 42, 32, 36, parts=0, head=44, head_title=36, head_width=460, edge=32, colour=20, aside=9,
    key=12, tick=44, tile=84, options=4, rows=6, longest=18, numbers=False,
)  # fmt: skip
