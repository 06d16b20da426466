"""How much fits a television page: the plane's sizes in px, as the style sheets draw them."""

from dataclasses import replace
from math import inf

from channels.heights import Face, Grid, Measures
from channels.measure import lines
from channels.tv.questions import form_height
from channels.tv.weight import first_weight, room, weigh
from onestop.language import Words
from onestop.screen import Action, Code, Form, Reference, Screen, Search

WIDTH = 1024.0
BODY = 502
"""From under a title of one line to above the foot."""
LINES, WORDS = 9, 80
"""Of running text."""
ROW, ROWS, LINE = 54, 9, 38
TITLE, TITLE_LINE = 40, 48
ALERT, ALERT_LINE = 28, 38
ALERT_LOST = 60
"""Px in the line of the alert that its mark takes."""
PACKET = 1400
"""Bytes of every answer, headers included: less than the 1,460 that a segment of TCP carries on an Ethernet of 1,500."""
MANY = 100_000
LIGHTEST = 80.0
"""What a page may weigh at least, however long its title and its alert."""
LEAST = 160
"""A page is as high at least, however long its title and its alert."""

_PLAIN = Face(28, LINE, before=10)
_CHOICES = Grid(ROW, 0, 1, ROWS - 1, label=WIDTH - 82 - 20 - 80)
TEXT = Measures(
    WIDTH,
    BODY,
    {
        "paragraph": _PLAIN,
        "lead": _PLAIN,
        "item": replace(_PLAIN, inset=44),
        "note": Face(28, LINE, before=10, inset=28),
        "fact": _PLAIN,
        "cell": Face(26, 32, before=10, padding=10),
        "caption": Face(26, 32),
        "heading": Face(28, LINE, before=10),
        "subheading": Face(28, LINE, before=10),
        # A menu's label is a heading of its own.
        "menu": Face(28, LINE, before=10),
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
    weigh=weigh,
    fixed={Action: 10 + ROW, Search: 10 + ROW, Code: 400, Reference: 10 + LINE + 10 + 80},
)
PAD = 2 * 48.0
"""Two rows of keys above what was found."""
BY_KIND = {
    # A line about numbers stands below what there is.
    "home": replace(TEXT, height=BODY - LINE - 10),
    # The last row may be the way to the next page.
    **dict.fromkeys(("section", "letters", "search"), replace(TEXT, height=BODY - ROW)),
    # Text stands beside a code to scan, not below it.
    "phone": replace(TEXT, width=600.0, fixed={Code: 0}),
    "move": replace(TEXT, width=600.0, fixed={Code: 0, Reference: 10 + 2 * LINE + 10 + 80}),
}


def measures_for(screen: Screen, words: Words) -> Measures:
    """A page of this screen: what its title and its progress leave, and on the first its alert."""
    found = BY_KIND.get(screen.kind, TEXT)
    lost = max(0, lines(screen.title, TITLE, WIDTH, True) - 1) * TITLE_LINE + (10 + LINE if screen.progress else 0)
    forms = [form_height(block, found) for block in screen.blocks if isinstance(block, Form)]
    fixed = found.fixed if not forms else {**found.fixed, Form: max(forms)}
    if screen.whole:
        return replace(found, height=inf, most_words=MANY, most_lines=MANY, fixed=fixed)
    return replace(
        found,
        height=max(LEAST, found.height - lost),
        fixed=fixed,
        # Home is one page: what is offered first is seen at once.
        most_weight=inf if screen.kind == "home" else max(LIGHTEST, room(screen, words, PACKET)),
        first=(_alert(screen) + (PAD if screen.kind == "search" else 0), first_weight(screen)),
    )


def _alert(screen: Screen) -> float:
    """Px that the alert takes above the strip."""
    if screen.alert is None:
        return 0
    said = f"{screen.alert.title} {screen.alert.number}"
    return 10 + max(1, lines(said, ALERT, WIDTH - ALERT_LOST)) * ALERT_LINE
