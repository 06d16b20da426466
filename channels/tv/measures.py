"""How much fits a television page: the plane's sizes in px, as the style sheets draw them."""

from dataclasses import replace

from channels.heights import Face, Grid, Measures
from channels.measure import lines
from onestop.screen import Action, Code, Menu, Screen, Search

WIDTH = 1024.0
BODY = 378
"""Nine lines of running text with what lies between them."""
CHOICES = 424
"""What a screen made for choosing has: its rows may go down to the foot."""
ROW = 62
LINE = 38
TITLE, TITLE_LINE = 40, 48
ALERT, ALERT_LINE, ALERT_ROOM = 26, 34, 640.0
LABEL_LOST = 110.0
"""Px of a menu row that its label has not: its digit, its number, and the sides."""
ROWS = 6
LEAST = 160

_PLAIN = Face(28, LINE, before=10)
FACES = {
    "paragraph": _PLAIN,
    "lead": _PLAIN,
    "item": Face(28, LINE, before=10, inset=44),
    "note": Face(28, LINE, before=14, inset=28),
    "fact": Face(28, LINE, before=10),
    "cell": Face(26, 32, before=10, padding=10),
    "caption": Face(28, LINE, padding=0),
    "heading": Face(30, LINE, before=14),
    "subheading": Face(28, LINE, before=14),
    "menu": Face(28, LINE, before=10),
}
GRIDS = {
    "sections": Grid(ROW, 0, 2, 10),
    "services": Grid(ROW, 0, 1, ROWS),
    "related": Grid(ROW, 0, 1, ROWS),
    "letters": Grid(72, 0, 9, 36),
}
TEXT = Measures(
    WIDTH,
    BODY,
    FACES,
    GRIDS,
    cell=24,
    label=0.3,
    most_words=80,
    fixed={Action: 10 + ROW, Search: 10 + ROW, Code: 340},
)
BESIDE_CODE = replace(TEXT, width=600.0, fixed={Code: 0})
"""Text that stands beside a code to scan."""
BESIDE_PAD = 610.0
"""The width of what was found, beside the pad of digits."""


def measures_for(screen: Screen) -> Measures:
    """A page of this screen, with what its title, its alert and its longest label leave."""
    found = BY_KIND.get(screen.kind, TEXT)
    lost = (lines(screen.title, TITLE, WIDTH, True) - 1) * TITLE_LINE + alert_lines(screen) * ALERT_LINE
    return replace(found, height=max(LEAST, found.height - max(lost, 0)), menus=_grids(screen, found))


def alert_lines(screen: Screen) -> int:
    """Lines of the alert above the first, which has a place of its own."""
    if screen.alert is None:
        return 0
    said = f"{screen.alert.title} {screen.alert.text}" if screen.kind == "home" else screen.alert.title
    return max(lines(said, ALERT, WIDTH - 160 if screen.kind == "home" else ALERT_ROOM, True) - 1, 0)


def _grids(screen: Screen, measures: Measures) -> dict[str, Grid]:
    """Rows as high as the label with the most lines needs."""
    grids = dict(measures.menus)
    for block in screen.blocks:
        if isinstance(block, Menu) and block.kind != "letters":
            grid = measures.menus[block.kind]
            room = measures.width / grid.columns - LABEL_LOST - (0 if grid.columns > 1 else 60)
            most = max((lines(item.label, 28, room) for item in block.items), default=1)
            grids[block.kind] = replace(grid, row=ROW + (most - 1) * LINE)
    return grids


BY_KIND = {
    "home": replace(TEXT, height=CHOICES),
    "section": replace(TEXT, height=CHOICES),
    "letters": replace(TEXT, height=CHOICES),
    "search": replace(TEXT, height=CHOICES, width=BESIDE_PAD),
    "phone": BESIDE_CODE,
}
