"""How much fits a television page: the plane's sizes in px, as the style sheets draw them."""

from dataclasses import replace

from channels.heights import Face, Grid, Measures
from channels.measure import lines
from channels.tv.questions import form_height
from onestop.screen import Action, Code, Form, Reference, Screen, Search

WIDTH = 1024.0
BODY, CHOICES = 420, 430
"""From under the title to the foot; what is made for choosing may come closer to it."""
LINES, WORDS = 9, 80
"""Of running text."""
ROW, ROWS, LINE = 62, 6, 38
TITLE, TITLE_LINE = 40, 48
ALERT, ALERT_LINE = 26, 34
ALERT_LOST, WAYS = 70, 330
"""Px in the line of the alert that its mark takes, and the ways to other pages."""
LEAST = 160
"""A page is as high at least, however long its title and its alert."""

_PLAIN = Face(28, LINE, before=10)
_CHOICES = Grid(ROW, 0, 1, ROWS, label=WIDTH - 82 - 20 - 80)
TEXT = Measures(
    WIDTH,
    BODY,
    {
        "paragraph": _PLAIN,
        "lead": _PLAIN,
        "item": replace(_PLAIN, inset=44),
        "note": Face(28, LINE, before=14, inset=28),
        "fact": _PLAIN,
        "cell": Face(26, 32, before=10, padding=10),
        "caption": Face(26, 32),
        "heading": Face(28, LINE, before=14),
        "subheading": Face(28, LINE, before=14),
        # A menu's label is a heading of its own.
        "menu": Face(28, LINE, before=10, padding=14),
    },
    {
        "sections": Grid(ROW, 0, 2, 9, label=500 - 82 - 20),
        "services": _CHOICES,
        "related": _CHOICES,
        "letters": Grid(72, 0, 9, 45),
    },
    cell=24,
    label=0.3,
    most_words=WORDS,
    most_lines=LINES,
    fixed={Action: 10 + ROW, Search: 10 + ROW, Code: 400, Reference: 10 + LINE + 10 + 80},
)
BESIDE_PAD = 610.0
"""The width of what was found, beside the pad of digits."""
BY_KIND = {
    **dict.fromkeys(("section", "letters", "question", "check"), replace(TEXT, height=CHOICES)),
    # A line about numbers stands below what there is.
    "home": replace(TEXT, height=CHOICES - LINE - 10),
    "search": replace(
        TEXT,
        height=CHOICES,
        width=BESIDE_PAD,
        menus=dict.fromkeys(TEXT.menus, replace(_CHOICES, label=BESIDE_PAD - 82 - 20 - 80)),
    ),
    # Text stands beside a code to scan, not below it.
    "phone": replace(TEXT, width=600.0, fixed={Code: 0}),
    "move": replace(TEXT, width=600.0, fixed={Code: 0, Reference: 10 + 2 * LINE + 10 + 80}),
}


def measures_for(screen: Screen, *, several: bool) -> Measures:
    """A page of this screen, one of `several` or the only one: what its title, its progress and its alert leave."""
    found = BY_KIND.get(screen.kind, TEXT)
    lost = (
        max(0, lines(screen.title, TITLE, WIDTH, True) - 1) * TITLE_LINE
        + _alert(screen, WAYS if several else 0)
        + (LINE if screen.progress else 0)
    )
    forms = [form_height(block, found) for block in screen.blocks if isinstance(block, Form)]
    fixed = found.fixed if not forms else {**found.fixed, Form: max(forms)}
    return replace(found, height=max(LEAST, found.height - lost), fixed=fixed)


def _alert(screen: Screen, ways: float) -> float:
    """Px that the alert takes above the line that is kept for it."""
    if screen.alert is None:
        return 0
    home = screen.kind == "home"
    said = f"{screen.alert.title} {screen.alert.text}" if home else f"{screen.alert.title} {screen.alert.number}"
    return max(0, lines(said, ALERT, WIDTH - ALERT_LOST - ways) - 1) * ALERT_LINE
